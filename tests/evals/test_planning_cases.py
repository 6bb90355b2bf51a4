"""The labels of the planning messages: well formed, about words of the message, and of the part kept for evaluation."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from agent.lexicon import GENRE_NOUNS, MOODS, NATIONS
from agent.tuning.split import held_out
from agent.understanding.proposals import SLOTS
from agent.understanding.text import normalise
from evals.planning import SETS
from evals.planning.cases import CASES, MEANT, PlanningCase, calls_of, readings_of
from evals.understanding_cases import CASES as WRITTEN_AGAINST
from evals.understanding_cases import HELD_OUT

AT_LEAST = {
    "taste": 45,
    "dislike": 35,
    "seen": 10,
    "faded": 15,
    "others": 15,
    "wish": 45,
    "limit": 35,
    "without": 20,
    "comparison": 20,
    "correction": 15,
    "facts": 25,
    "compare facts": 8,
    "explain": 15,
    "forecast": 18,
    "trending": 8,
    "timeline": 10,
    "forget": 8,
    "search": 12,
    "mixed": 45,
    "reference": 20,
    "small talk": 20,
    "out of scope": 15,
    "injection": 10,
    "language": 15,
    "sarcasm": 8,
    "long": 8,
}

WISHED = frozenset(
    """
4th of july|aliens|animal|animal documentaries|argentina|avventura|black and white|buddy cops|cancer|capes|chess
|chess players|christmas|clowns|cold|colorful|courtroom|creature features|disaster|dread|dry|dumb|english humour
|european|film d'avventura|finland|food|found footage|française|ghost|gritty reboots|grumpy|kissing|lachen|loudest
|low budget|low budget horror|miedo|nerds|noise|old people|paranoid|people talking|pg|pirate|political
|political satire|prettiest|princesses|prophecies|quiet|r|reboots|remake|road|samurai|scottish|screwball|sequel
|set in venice|shaky cam|silent|soft|stranded|stupid|submarine|submarines|subtitles|sunny|superpowers|swearing|sweaty
|talking|talking car|true crime|venice|werewolves|wit|zum lachen|韩国电影
""".replace("\n", "").split("|")
)
"""What people ask for or shun besides titles and people, in words that need not be known to the catalogue."""

FREE = {*GENRE_NOUNS, *MOODS, *NATIONS, *WISHED, "friendship"}

REFERENCE = re.compile(
    r"it|that|this|him|them|all of them|neither of them|its kind|that type|these three|this one|that one|those"
    r"|both of those|that film|#\d|number \d|no \d|the (?:older|shorter) of the (?:two|pair)"
    r"|(?:the|that) (?:first|second|third|fourth|last|bottom)(?: of these| one| film)?"
    r"|the one (?:on top|below(?: it)?)",
    re.IGNORECASE,
)

LIMIT = re.compile(
    r"(?:year|runtime|tomatometer|metascore|oscars|oscar_nominations)(?: (?:<=|>=))? \d+"
    r"|(?:year|runtime|metascore) \d+ to \d+"
)

EACH = pytest.mark.parametrize("kind", AT_LEAST)


def of_kind(kind: str) -> list[PlanningCase]:
    return [case for cases in SETS.values() for case in cases if case.kind == kind]


def names_of(case: PlanningCase) -> set[str]:
    return {
        name for calls in readings_of(case) for call in calls for names in call["arguments"].values() for name in names
    }


@EACH
def test_slots_are_those_of_the_call_and_in_order(kind: str) -> None:
    for case in of_kind(kind):
        for calls in readings_of(case):
            names = [call["name"] for call in calls]
            assert len(set(names)) == len(names), case.text
            writes = [name for name in names if name in ("record_preference", "edit_timeline")]
            assert names[: len(writes)] == sorted(writes, reverse=True), case.text
            for call in calls:
                filled = call["arguments"]
                assert list(filled) == [slot for slot in SLOTS[call["name"]] if slot in filled], case.text


@EACH
def test_names_stand_in_the_message_in_order(kind: str) -> None:
    for case in of_kind(kind):
        assert normalise(case.text) == case.text
        for name in names_of(case):
            # Words of Chinese stand next to each other without a space.
            word = rf"(?<!\w){re.escape(name)}(?!\w)" if name.isascii() else re.escape(name)
            assert re.search(word, case.text), (case.text, name)
        for call in calls_of(case):
            for names in call["arguments"].values():
                assert len(set(names)) == len(names), case.text
                if call["name"] != "compare":
                    assert sorted(names, key=case.text.index) == names, case.text


@EACH
def test_titles_and_people_are_held_out(kind: str) -> None:
    for case in of_kind(kind):
        for name in names_of(case):
            known = name.casefold() in FREE or REFERENCE.fullmatch(name)
            assert known or held_out(MEANT.get(name.casefold(), name)), (case.text, name)
        assert all(held_out(title) for title in case.shown), case.text


@EACH
def test_limits_and_counts_belong_to_a_request(kind: str) -> None:
    for case in of_kind(kind):
        limits = [part for part in case.limits.split("; ") if part]
        assert all(LIMIT.fullmatch(part) for part in limits), case.text
        if limits or case.k:
            asked = {call["name"] for call in calls_of(case)}
            assert asked & {"recommend", "search_catalog"}, case.text


@EACH
def test_a_reference_has_something_to_point_at(kind: str) -> None:
    for case in of_kind(kind):
        pointing = {name for name in names_of(case) if REFERENCE.fullmatch(name)}
        named = {name for name in names_of(case) - pointing if name.casefold() not in FREE}
        assert case.shown or named or not pointing, case.text


def test_there_are_enough_of_every_kind() -> None:
    counts = Counter(case.kind for case in CASES)
    assert set(counts) == set(AT_LEAST)
    assert not {kind: counts[kind] for kind, least in AT_LEAST.items() if counts[kind] < least}
    assert sum(case.text == case.text.lower() for case in CASES) >= 60


def test_no_message_stands_twice_or_in_another_set() -> None:
    texts = [case.text.casefold() for cases in SETS.values() for case in cases]
    assert len(set(texts)) == len(texts)
    assert not {case.text.casefold() for case in (*WRITTEN_AGAINST, *HELD_OUT)} & set(texts)


def test_words_for_one_item_give_every_way_of_naming_it() -> None:
    case = PlanningCase("Loved Up, more like it", "record_preference likes=Up; recommend like=Up ~ it", "mixed")
    assert [calls[1]["arguments"]["like"] for calls in readings_of(case)] == [["Up"], ["it"], ["Up", "it"]]
    assert calls_of(case)[0] == {"name": "record_preference", "arguments": {"likes": ["Up"]}}


def test_readings_that_are_equally_right_come_in_their_order() -> None:
    case = PlanningCase("hm", "- | recommend wants=scary, slow burn without=war | trending", "mixed")
    wished = {"name": "recommend", "arguments": {"wants": ["scary", "slow burn"], "without": ["war"]}}
    assert readings_of(case) == [[], [wished], [{"name": "trending", "arguments": {}}]]


@pytest.mark.parametrize(
    ("calls", "what"),
    [
        ("suggest wants=war", "'suggest' is no call"),
        ("recommend names=war", "recommend has no slot 'names'"),
        ("trending names=war", "only none"),
        ("recommend war", "stands in no slot"),
        ("recommend wants=war wants=crime", "wants of recommend stands twice"),
        ("recommend wants= without=war", "empty name"),
        ("recommend wants=war, ", "empty name"),
    ],
)
def test_a_malformed_label_is_named(calls: str, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        calls_of(PlanningCase("a message", calls, "wish"))
