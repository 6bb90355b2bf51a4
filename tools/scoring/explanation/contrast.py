"""Why one item scores higher than another: the difference of their parts, by kind of reason."""

from __future__ import annotations

from collections.abc import Sequence

from core.explanations import Contrast, FeatureGap, GroupGap
from core.results import Recommendation
from tools.scoring.explanation.groups import NOUNS, group_of
from tools.scoring.explanation.reasons import lowered
from tools.scoring.explanation.words import joined

TELLING = 0.1
"""A difference smaller than this share of the largest one is not put in words."""

EQUAL = 1e-9


def contrast(item: Recommendation, other: Recommendation, rank: int | None, other_rank: int | None) -> Contrast:
    """The difference of two scores under one request, as a sum over kinds of reasons and their features."""
    mine = {reason.feature: reason.contribution for reason in item.reasons}
    theirs = {reason.feature: reason.contribution for reason in other.reasons}
    inside: dict[str, list[FeatureGap]] = {}
    for feature in dict.fromkeys((*mine, *theirs)):
        gap = FeatureGap(feature=feature, item=mine.get(feature, 0.0), other=theirs.get(feature, 0.0))
        inside.setdefault(group_of(feature), []).append(gap)
    gaps = [
        GroupGap(
            group=group,
            difference=sum(gap.item - gap.other for gap in features),
            what=NOUNS[group],
            features=tuple(sorted(features, key=lambda gap: -abs(gap.item - gap.other))),
        )
        for group, features in inside.items()
    ]
    gaps.sort(key=lambda gap: -abs(gap.difference))
    difference = item.score - other.score
    return Contrast(
        item=item,
        other=other,
        rank=rank,
        other_rank=other_rank,
        difference=difference,
        gaps=tuple(gaps),
        text=told(item, other, difference, gaps),
    )


def told(item: Recommendation, other: Recommendation, difference: float, gaps: Sequence[GroupGap]) -> tuple[str, ...]:
    """The sentences of a contrast: what decides, what speaks for the lower one, and the facts behind what decides."""
    if abs(difference) <= EQUAL:
        return (f"{titled(item)} and {titled(other)} score the same.",)
    sign = 1.0 if difference > 0 else -1.0
    high, low = (item, other) if difference > 0 else (other, item)
    least = TELLING * abs(gaps[0].difference)
    above = [gap for gap in gaps if sign * gap.difference >= least][:3]
    below = [gap for gap in gaps if -sign * gap.difference >= least][:2]
    sentences = [f"{titled(high)} scores higher than {titled(low)}, most of all by {joined([g.what for g in above])}."]
    if below:
        sentences.append(f"{titled(low)} gains on it by {joined([gap.what for gap in below])}, but less.")
    common = {reason.text for reason in low.reasons}
    groups = [gap.group for gap in above]
    facts = {
        reason.group: reason.text
        for reason in high.reasons
        if reason.text and reason.contribution > 0 and reason.group in groups and reason.text not in common
    }
    if facts:
        texts = "; ".join(lowered(facts[group]) for group in groups if group in facts)
        sentences.append(f"Behind it for {high.title}: {texts}.")
    return tuple(sentences)


def titled(item: Recommendation) -> str:
    """A title with its year."""
    return item.title if item.year is None else f"{item.title} ({item.year})"
