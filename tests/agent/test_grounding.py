"""The claim check: labelled sentences, repairs, streaming, and what is never shown."""

from __future__ import annotations

import pytest

from agent.grounding import Evidence, SentenceStream, check, check_text
from agent.grounding.sentences import split, strip_internals
from evals.grounding import SETS, measure
from evals.grounding.cases import CASES, HELD_OUT, LOOKUP, SLATE
from evals.sample_films import films


@pytest.mark.parametrize(("sentence", "truth", "evidence"), CASES, ids=[case[0][:60] for case in CASES])
def test_labelled_sentence(sentence: str, truth: bool, evidence: Evidence) -> None:
    verdict = check(sentence, evidence)
    assert verdict.sentence_ok is truth, verdict.unsupported


def test_held_out_sentences() -> None:
    row = measure("held out", HELD_OUT)
    assert row.recall >= 0.97, row.missed
    assert row.precision >= 0.93, row.refused


@pytest.mark.parametrize("name", SETS)
def test_sets_are_judged_as_measured(name: str) -> None:
    row = measure(name, SETS[name])
    assert row.recall >= 0.95
    assert row.precision >= 0.89


def test_labels_are_many_and_mixed() -> None:
    false = sum(not truth for _, truth, _ in CASES)
    assert len(CASES) >= 150
    assert 0.4 <= false / len(CASES) <= 0.6


@pytest.mark.parametrize(
    ("sentence", "repaired"),
    [
        ("Seven (1996) was directed by Ridley Scott.", "Seven (1995) was directed by David Fincher."),
        ("Alien runs 127 minutes.", "Alien runs 117 minutes."),
        ("Titanic won eleven Oscars.", "Titanic won eight Oscars."),
        ("Alien, starring Sigourney Weaver, is from 1979.", "Alien, with Sigourney Weaver, is from 1979."),
    ],
)
def test_unambiguous_values_are_repaired(sentence: str, repaired: str) -> None:
    verdict = check(sentence, LOOKUP)
    assert not verdict.sentence_ok
    assert verdict.repaired == repaired == verdict.shown
    assert check(repaired, LOOKUP).sentence_ok


@pytest.mark.parametrize("sentence", ["Alien is a comedy.", "You would love Heat.", "Alien is set in space."])
def test_what_has_no_single_right_value_is_dropped(sentence: str) -> None:
    assert check(sentence, LOOKUP).shown is None


def test_every_repair_is_itself_supported() -> None:
    for sentence, _, evidence in (*CASES, *HELD_OUT):
        repaired = check(sentence, evidence).repaired
        if repaired is not None:
            assert check(repaired, evidence).sentence_ok, repaired


def test_pronouns_follow_the_sentence_before() -> None:
    verdicts = check_text("Alien is by Ridley Scott. It runs 117 minutes. It is from 1986.", LOOKUP)
    assert [verdict.sentence_ok for verdict in verdicts] == [True, True, False]
    assert verdicts[2].repaired == "It is from 1979."


@pytest.mark.parametrize(
    ("sentence", "truth"),
    [
        ("2001: A Space Odyssey is older than Aliens.", True),
        ("2001: A Space Odyssey is newer than Aliens.", False),
        ("No Country for Old Men is a thriller.", True),
        ("No Country for Old Men is not a thriller.", False),
    ],
)
def test_words_of_a_title_claim_nothing(sentence: str, truth: bool) -> None:
    assert check(sentence, Evidence(items=tuple(films()))).sentence_ok is truth


def test_what_was_refused_is_never_told_as_liked() -> None:
    reason = "Placed lower: something like Fargo, which you did not like"
    for evidence in (Evidence(seen=("Fargo",), facts=(reason,)), Evidence(said=("I hated Fargo. A drama, please",))):
        assert not check("As you loved Fargo, these should suit you.", evidence).sentence_ok


def test_he_is_the_person_of_the_sentence_before() -> None:
    told = [verdict.sentence_ok for verdict in check_text("Seven is by David Fincher. He did not write it.", LOOKUP)]
    lied = [verdict.sentence_ok for verdict in check_text("Seven is by David Fincher. He wrote it, too.", LOOKUP)]
    assert (told, lied) == ([True, True], [True, False])


def test_users_words_may_be_repeated() -> None:
    evidence = Evidence(said=("I loved Blorgon Returns",))
    assert check("I could not find Blorgon Returns.", evidence).sentence_ok
    assert not check("I could not find Blorgon Forever.", evidence).sentence_ok


def test_statements_of_tools_may_be_repeated_word_for_word() -> None:
    evidence = Evidence(facts=("Popular lately: taken up 12 times between 1 March 2013 and 30 September 2013",))
    assert check("Popular lately: taken up 12 times between 1 March 2013 and 30 September 2013.", evidence).sentence_ok
    assert not check(
        "Popular lately: taken up 13 times between 1 March 2013 and 30 September 2013.", evidence
    ).sentence_ok


def test_without_evidence_no_name_or_figure_passes() -> None:
    nothing = Evidence()
    for sentence in ("Try Heat.", "Brad Pitt is great.", "I have 12 films.", "It is from 1999.", "You love horror."):
        assert not check(sentence, nothing).sentence_ok, sentence
    for sentence in ("Hello!", "What are you in the mood for?", "Happy to help.", "Tell me a film you loved."):
        assert check(sentence, nothing).sentence_ok, sentence


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("<think>Let me see.</think>Alien is from 1979.", "Alien is from 1979."),
        ("Alien (tt0078748) is from 1979.", "Alien is from 1979."),
        ("Alien is from 1979, with a score of 0.83.", "Alien is from 1979."),
        ("<|im_start|>assistant\nHi<|im_end|>", "assistant\nHi"),
        ('{"tool": "recommend", "k": 3} Here you go.', "Here you go."),
        ("recommend(k=3) Here you go.", "Here you go."),
    ],
)
def test_internals_are_stripped(text: str, clean: str) -> None:
    assert strip_internals(text) == clean


def test_a_sentence_of_internals_alone_is_dropped() -> None:
    for text in ("It has a score of 0.83.", "I called search_catalog for you.", "topic_fit was high.", "<|im_end|>"):
        assert check(text, LOOKUP).shown is None, text


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("I like Dr. Strangelove. Do you?", ["I like Dr. Strangelove.", "Do you?"]),
        ("Mr. & Mrs. Smith is fun! Se7en is not.", ["Mr. & Mrs. Smith is fun!", "Se7en is not."]),
        ("E.T. is short. It is sweet.", ["E.T. is short.", "It is sweet."]),
        ("You loved E.T. It is sweet.", ["You loved E.T.", "It is sweet."]),
        ("2001: A Space Odyssey scores 8.3 there. Try it.", ["2001: A Space Odyssey scores 8.3 there.", "Try it."]),
        ("1. Alien (1979)\n2. Fargo (1996)", ["1. Alien (1979)", "2. Fargo (1996)"]),
        ("Really?! Yes... it is.", ["Really?!", "Yes... it is."]),
        ("With Robert Downey Jr. and others.", ["With Robert Downey Jr. and others."]),
    ],
)
def test_sentences_survive_titles(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


TEXT = (
    "<think>They liked Alien.</think>Here are four films for tonight. Zodiac (2008) is by David Fincher. "
    "Inception is about a thief. Mr. Fincher is not named. Would you like something shorter?"
)


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
def test_streaming_gives_the_same_as_the_whole_text(size: int) -> None:
    stream = SentenceStream(SLATE)
    shown = [
        verdict.shown for start in range(0, len(TEXT), size) for verdict in stream.feed(TEXT[start : start + size])
    ]
    shown += [verdict.shown for verdict in stream.close()]
    assert shown == [verdict.shown for verdict in check_text(TEXT, SLATE)]
    assert [sentence for sentence in shown if sentence][:2] == [
        "Here are four films for tonight.",
        "Zodiac (2007) is by David Fincher.",
    ]
    assert stream.checks.repaired >= 2
    assert stream.checks.supported < stream.checks.claims


def test_a_sentence_is_given_as_soon_as_the_next_one_begins() -> None:
    stream = SentenceStream(SLATE)
    assert not list(stream.feed("Here are four films for tonight."))
    assert [verdict.shown for verdict in stream.feed(" Would you")] == ["Here are four films for tonight."]


def test_an_open_thought_shows_nothing() -> None:
    stream = SentenceStream(SLATE)
    assert not list(stream.feed("<think>Zodiac is by David Fincher. It is long. "))
    assert not [verdict.shown for verdict in stream.close() if verdict.shown]


def test_a_chance_that_is_shown_may_be_said_and_no_other() -> None:
    text = "about 8 in 10 people like you who judge this like it"
    assert SLATE.slate is not None
    first, *others = SLATE.slate.items
    told = first.model_copy(update={"chances": {"like": 0.8}, "chance_text": text})
    # A copy would take along what was already worked out of the evidence without the chance.
    given = {name: getattr(SLATE, name) for name in Evidence.model_fields}
    evidence = Evidence(**{**given, "slate": SLATE.slate.model_copy(update={"items": (told, *others)})})
    assert check("About 8 in 10 people like you who judge this like it.", evidence).sentence_ok
    assert not check("About 9 in 10 people like you who judge this like it.", evidence).sentence_ok
