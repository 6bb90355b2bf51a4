"""Search over what a customer said and what was said to them: BM25 over events' texts and exchanges."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from agent.desk.open_requests import said, shortened
from core.desk import Cited
from core.types import Event
from store.exchanges import Exchange
from tools.retrieval.lexical import Lexical, query_terms

_LETTERS = re.compile(r"[^\W\d_]{2,}")
_KIN: tuple[frozenset[str], ...] = tuple(
    frozenset(words.split())
    for words in (
        "delivery deliver delivered delivering courier parcel package shipment shipping ship shipped arrive "
        "arrived driver",
        "refund refunded reimburse reimbursed reimbursement money return returned returning",
        "payment pay paid card charge charged bill billing billed invoice",
        "price expensive cheap cost costs discount coupon",
        "order ordered ordering purchase purchased buy bought",
        "broken broke damaged defective faulty",
        "size fit fits small large tight",
        "service support staff agent help",
        "late delay delayed slow waiting waited",
        "birthday anniversary gift present",
        "allergy allergic allergies intolerant",
        "scary horror scared gore gory",
    )
)
"""Words that are looked for together, by their stems: who asks about delivery means the parcel too."""


def said_about(
    about: str, events: Sequence[Event], exchanges: Sequence[Exchange], titles: Mapping[str, str], k: int = 5
) -> list[Cited]:
    """The statements nearest to some words, best first: the customer's own ones alone."""
    cited = [*_of_events(events, titles), *(said(exchange) for exchange in exchanges if exchange.text)]
    return matching(about, cited, k)


def matching(about: str, cited: Sequence[Cited], k: int) -> list[Cited]:
    """Those of some statements that share a word, or a kindred one, with a text; best first."""
    if not cited:
        return []
    index = Lexical([entry.text for entry in cited])
    found = index.search(" ".join(widened(query_terms(about))), np.ones(len(cited), dtype=bool), k)
    return [cited[position] for position in found]


def widened(terms: Iterable[str]) -> list[str]:
    """Terms with those that mean nearly the same."""
    wide = dict.fromkeys(terms)
    for term in list(wide):
        for kin in _KIN:
            if term in kin:
                wide |= dict.fromkeys(sorted(kin))
    return list(wide)


def _of_events(events: Iterable[Event], titles: Mapping[str, str]) -> Iterable[Cited]:
    for event in events:
        if not event.text or len(_LETTERS.findall(event.text)) < 2:
            continue
        title = titles.get(event.item_id or "")
        yield Cited(
            text=shortened(event.text) + (f" (of {title})" if title else ""),
            at=event.at,
            event_id=event.id,
            item_id=event.item_id,
            conversation_id=event.conversation_id,
            turn=event.turn,
        )
