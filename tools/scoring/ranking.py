"""One request as it is worked out: what is shared by all, what was found, and the list made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.results import RecommendRequest
from core.types import Constraints, Event
from tools.deps import Trends
from tools.scoring.candidates import Candidates
from tools.scoring.features import Said
from tools.scoring.model import PRIOR, Model
from tools.scoring.outlook import Interests
from tools.scoring.profile import Profile
from tools.scoring.signals import Floats
from tools.scoring.slate.dial import weights_at
from tools.scoring.slate.discovery import seed_of
from tools.scoring.slate.likeness import Kinship, looks
from tools.scoring.slate.order import Arranged, Material, arrange, distinct
from tools.scoring.world import World


@dataclass(frozen=True)
class Shared:
    """What is the same for everybody at one moment, read once for a request or a batch.

    Attributes:
        general: features over items; rising: (items,) ratios. obey: (items,) items within no limits at all.
        kinship: what makes items repeat each other.
        trends: what ``general`` and ``rising`` were computed from.
    """

    world: World
    model: Model
    general: dict[str, Floats]
    rising: Floats
    obey: NDArray[np.bool_]
    kinship: Kinship
    trends: Trends


@dataclass(frozen=True)
class Ahead:
    """What was computed for many people at once: one person's part of it."""

    profile: Profile
    content: Floats
    interests: Interests | None


@dataclass(frozen=True)
class Ranked:
    """Candidates in the order of their score, with the computation; scores have the slate's parts in them."""

    request: RecommendRequest
    history: Sequence[Event]
    limits: Constraints
    profile: Profile
    said: Said
    candidates: Candidates
    features: dict[str, Floats]
    contributions: NDArray[np.float64]
    scores: NDArray[np.float64]
    slate: Arranged

    def first(self, kinship: Kinship, k: int) -> list[int]:
        """Rows of the first ``k`` candidates, without second entries of one title."""
        return distinct(self.slate.order, kinship.twin[self.candidates.positions], k)


def with_items(found: Candidates, items: Sequence[int]) -> Candidates:
    """The candidates and some positions that nothing brought."""
    missed = np.setdiff1d(np.array(items, np.int32), found.positions)
    if not len(missed):
        return found
    places = np.searchsorted(found.positions, missed)
    return Candidates(np.insert(found.positions, places, missed), np.insert(found.origin, places, np.uint32(0)))


def listed(
    shared: Shared,
    request: RecommendRequest,
    profile: Profile,
    said: Said,
    found: Candidates,
    features: dict[str, Floats],
    parts: NDArray[np.float64],
    scores: NDArray[np.float64],
) -> Arranged:
    """The list of a request: candidates in the order in which they serve the person best.

    Args:
        parts: (candidates, features) contributions. scores: (candidates,) without the list's own parts.
    """
    world, weights = shared.world, shared.model.ranker.weights
    # Whoever asks for topics gets those, in whatever proportion they usually like them.
    calibrated = said.interests is not None and not request.topics
    wanted = weights_at(request.adventure, weights["calibration"] / PRIOR["calibration"], calibrated)
    if request.adventure is None and (request.seen_too or request.query.strip() or request.topics):
        # Whoever asks for something in particular, or for what they know too, is not shown something else instead.
        wanted = replace(wanted, kept=0)
    if request.seen_too:
        # As many of a kind as they usually take.
        wanted = replace(wanted, repeats=0.0)
    own = [column for column, name in enumerate(weights) if name.partition("*")[0] not in shared.general]
    known = features["popular_ever"] if features["popular_ever"].any() else features["renown"]
    material = Material(
        positions=found.positions,
        scores=scores,
        personal=parts[:, own].sum(axis=1),
        popularity=known[found.positions],
        topics=world.topics[found.positions],
        wanted=said.interests.shares if said.interests is not None and calibrated else None,
        looks=looks(world, found.positions) if wanted.diversity else None,
        usual=features["forecast"][found.positions],
        own=features["forecast"][profile.liked],
    )
    return arrange(material, wanted, shared.kinship, request.k, seed_of(request.user_id, request.at))
