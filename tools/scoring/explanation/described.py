"""Ranked items as a person sees them: facts, score, reasons and chances."""

from __future__ import annotations

from collections.abc import Sequence

from core.results import Recommendation
from store.catalog import Catalog
from tools.scoring.behaviour.chances import Chances
from tools.scoring.explanation.reasons import Grounds, reasons
from tools.scoring.explanation.wording import Wording
from tools.scoring.ranking import Ranked, Shared

KNOWN_TO = 5
"""People who must have taken an item up before it is told how likely somebody is to like it."""


def described(
    shared: Shared, ranked: Ranked, rows: Sequence[int], catalog: Catalog, chances: Chances
) -> tuple[Recommendation, ...]:
    """Some candidates, by row, with everything that is said of them."""
    world, model = shared.world, shared.model
    if not rows:
        return ()
    at = ranked.request.at
    activity, latest = shared.trends.activity(at), shared.trends.activity(at, days=1.0)
    positions = [int(position) for position in ranked.candidates.positions[rows]]
    found = chances.of(world.columns, world.topics, ranked.history, ranked.candidates.positions[rows], at, latest.since)
    wording = Wording(world, model, ranked.profile, ranked.said, activity, positions)
    grounds = Grounds(ranked.history, world.columns)
    items = catalog.get_many([world.columns.ids[position] for position in positions])
    result = []
    for row, chance in zip(rows, found, strict=True):
        position = int(ranked.candidates.positions[row])
        item = items[world.columns.ids[position]]
        parts = dict(zip(model.ranker.weights, ranked.contributions[row].tolist(), strict=True))
        parts |= {name: float(part[row]) for name, part in ranked.slate.parts.items()}
        result.append(
            Recommendation(
                id=item.id,
                title=item.title,
                year=item.year,
                score=float(ranked.scores[row]),
                reasons=reasons(position, parts, wording, grounds),
                facets=item.facets,
                numbers=item.numbers,
                chances=chance.probabilities,
                chance_text=chance.text if model.taken[position] >= KNOWN_TO else "",
            )
        )
    return tuple(result)
