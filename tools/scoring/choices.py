"""What the ranker learns from: moments as choices among candidates, and the shapes that explain them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from tools.deps import InterestForecaster
from tools.scoring.candidates import gather, source_scores
from tools.scoring.features import (
    HABITS,
    LOG_FEATURES,
    REQUEST_FEATURES,
    SLATE_FEATURES,
    Said,
    all_features,
    columns,
)
from tools.scoring.model import PRIOR, Model
from tools.scoring.moments import Moment
from tools.scoring.outlook import Interests, outlook
from tools.scoring.ranker import Choice, Form, Ranker, calibrate, fit_shapes
from tools.scoring.signals import Floats, Ints
from tools.scoring.state import AGAIN, INTERACTIONS, interaction
from tools.scoring.world import World

NEGATIVES = 120
"""Candidates not taken that a choice holds, at most."""

FORMS = {
    "fresh": (0, 6),
    "due": (0, 6),
    "new": (0, 6),
    **{interaction(feature, state): (0, 3) for feature, state in INTERACTIONS},
}
"""Features whose effect need not rise, and how many segments those have that need fewer."""

LEAST = {"quality": 0.5}
"""Weights that a log cannot lower further: it holds no choices among items newer than itself, which critics know."""


def just_before(at: float) -> datetime:
    """A moment (unix seconds) at which whatever happens at ``at`` itself is not known yet."""
    return datetime.fromtimestamp(at, UTC) - timedelta(milliseconds=1)


def choices_of(
    world: World,
    model: Model,
    general: dict[str, Floats],
    moment: Moment,
    interests: Interests | None,
    rng: np.random.Generator,
    negatives: int = NEGATIVES,
) -> list[Choice]:
    """The moment as choices among its own candidates, a sample of those not taken.

    With habits it is one among the unknown ones, one among all, and one among the known ones. There is none where
    nothing taken was a candidate.
    """
    at = datetime.fromtimestamp(moment.at, UTC)
    features = all_features(general, world, model, moment.profile, Said(interests=interests), at)
    allowed = world.columns.available & ~(world.year > at.year)
    sources = source_scores(features, np.zeros(len(allowed), np.float32))
    known = np.zeros(len(allowed), bool)
    known[moment.profile.known] = True
    # A sample of everything holds few of a person's own items, and the order of these is learnt among them alone.
    forms = [(allowed & ~known, moment.next), (allowed, moment.again), (allowed & known, moment.again)]
    found = (
        _choice(features, sources, moment.profile.habits.item, among, chosen, rng, negatives)
        for among, chosen in forms
        if len(chosen)
    )
    return [choice for choice in found if choice is not None]


def _choice(
    features: dict[str, Floats],
    sources: dict[str, Floats],
    habits: Ints,
    allowed: NDArray[np.bool_],
    chosen: NDArray[np.int32],
    rng: np.random.Generator,
    negatives: int,
) -> Choice | None:
    places = gather(sources, allowed).positions
    taken = np.isin(places, chosen)
    if not taken.any() or taken.all():
        return None
    others = np.flatnonzero(~taken)
    if len(others) > negatives:
        others = rng.choice(others, negatives, replace=False)
    rows = np.concatenate([np.flatnonzero(taken), others])
    seen = columns(features, places[rows], habits)
    return Choice(np.column_stack([seen[name] for name in LOG_FEATURES]).astype(np.float32), taken[rows])


def moment_interests(
    forecaster: InterestForecaster, found: Sequence[Moment], users: Sequence[str], world: World
) -> list[Interests | None]:
    """Forecast interests of everybody at their moment; None while no forecaster was trained."""
    result: list[Interests | None] = []
    for at, group in groupby(found, key=lambda moment: moment.at):
        ids = [users[moment.user] for moment in group]
        many = outlook(forecaster, ids, just_before(at), 1, world.topic_names)
        result.extend([None] * len(ids) if many is None else many)
    return result


def fit(choices: list[Choice]) -> Ranker:
    """A ranker of all features: shapes where the log can teach them, weights in proportion to those elsewhere.

    A log without requests cannot tell what a request is worth beside the rest. The rule: a wish met in full is worth as
    many times the spread of all else among one person's candidates (its mean standard deviation) as its prior says.
    """
    used = [name for name in LOG_FEATURES if name not in (*HABITS, *AGAIN) or _any(choices, name)]
    places = [LOG_FEATURES.index(name) for name in used]
    forms = {name: Form(PRIOR[name], *FORMS.get(name, (1, 6)), LEAST.get(name, 0.0)) for name in used}
    told = [replace(choice, features=choice.features[:, places]) for choice in choices]
    shapes = fit_shapes(told, forms) if choices else {}
    weights = {name: shapes[name].slope if name in shapes else PRIOR[name] for name in LOG_FEATURES}
    learned = Ranker(weights, shapes=shapes)
    totals = [
        learned.contributions(dict(zip(LOG_FEATURES, choice.features.T, strict=True))).sum(axis=1) for choice in choices
    ]
    scale = float(np.mean([np.std(total) for total in totals])) if totals else 1.0
    asked = {name: PRIOR[name] * scale for name in REQUEST_FEATURES + SLATE_FEATURES}
    # The intercept makes scores log-odds of being taken up, among the sampled candidates.
    intercept = calibrate(totals, int(sum(choice.taken.sum() for choice in choices)))
    return Ranker({**weights, **asked}, intercept, shapes)


def _any(choices: Sequence[Choice], name: str) -> bool:
    return any(choice.features[:, LOG_FEATURES.index(name)].any() for choice in choices)
