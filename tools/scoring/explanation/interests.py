"""Words for what an item has of the person's interests, now or ahead."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tools.scoring.explanation.words import NOTHING, Words, joined
from tools.scoring.outlook import Interests
from tools.scoring.signals import Ints
from tools.scoring.world import World


class InterestWords:
    """Words on the place of an item's topics in the interests of one person; none where these are not known."""

    def __init__(self, world: World, interests: Interests | None) -> None:
        self._world = world
        self._interests = interests

    def heading(self, item: int) -> Words:
        """The greatest interest that the item serves."""
        interests = self._interests
        carried = self._topics_of(item)
        if interests is None or not len(carried):
            return NOTHING
        top = int(carried[np.argmax(interests.shares[carried])])
        percent = round(100 * float(interests.shares[top]))
        return self._of_topics(f"{self._topic(top)} is {percent} % of {_wants(interests)}", [top] if percent else [])

    def own(self, item: int) -> Words:
        """The topic of the item that the person wants most beyond what people in general do."""
        interests = self._interests
        carried = self._topics_of(item)
        if interests is None or not len(carried):
            return NOTHING
        top = int(carried[np.argmax(interests.lift[carried])])
        percent, usual = round(100 * float(interests.shares[top])), round(100 * float(interests.usual[top]))
        if percent <= usual:
            return NOTHING
        wants = _wants(interests)
        text = f"More {self._topic(top)} than usual: {percent} % of {wants}, against {usual} % for people in general"
        return self._of_topics(text, [top])

    def brought(self, item: int) -> Words:
        """The topics that the item brings to a list in proportion."""
        interests = self._interests
        carried = self._topics_of(item)
        if interests is None or not len(carried):
            return NOTHING
        order = carried[np.argsort(-interests.shares[carried], kind="stable")][:3]
        codes = [int(code) for code in order if interests.shares[code] > 0]
        if not codes:
            return NOTHING
        names = joined([self._topic(code) for code in codes])
        return self._of_topics(f"With {names} it keeps the list in proportion to {_wants(interests)}", codes)

    def _of_topics(self, text: str, codes: Sequence[int]) -> Words:
        """Words on the place of topics in the person's interests; none without topics."""
        facts = tuple(self._world.topic_names[code] for code in codes)
        return Words(text, (), facts, frozenset(f"interest in {fact}" for fact in facts)) if codes else NOTHING

    def _topics_of(self, item: int) -> Ints:
        topics = self._world.topics
        return np.asarray(topics.indices[topics.indptr[item] : topics.indptr[item + 1]], np.int32)

    def _topic(self, code: int) -> str:
        return self._world.topic_names[code].partition(":")[2]


def _wants(interests: Interests) -> str:
    return "what you are heading for" if interests.ahead else "your interest now"
