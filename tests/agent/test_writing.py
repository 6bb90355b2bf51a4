"""Template replies: true against their evidence, in good English, without internals, varied but repeatable."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from agent import writing
from agent.grounding import Evidence, check
from agent.understanding import ConversationContext, understand
from agent.wording import Voice, counted, facts_line, join, limits, name_limit
from core.forecasts import Drift, Forecast, InterestTimeline
from core.results import Reason, Recommendation, Relaxation, Slate
from core.types import Constraints, Item, Range
from evals.grounding.cases import LOOKUP, SLATE
from evals.sample_films import films
from tests.agent.films import FakeRetriever, columns

AT = datetime(2026, 11, 22, tzinfo=UTC)
VOICE = Voice("c1", 0)
FILMS = films()
BY_NAME = {f"{item.title} {item.year}": item for item in FILMS}
READ = (FakeRetriever(FILMS), columns(FILMS))
OPENING = understand("I loved Alien and Fargo, something tense but not gory, after 1990", *READ, ConversationContext())


def evidence(*facts: str) -> Evidence:
    return SLATE.model_copy(update={"facts": facts, "items": tuple(FILMS)})


def assert_true(sentences: list[str], known: Evidence) -> None:
    assert sentences
    about: tuple[str, ...] = ()
    for sentence in sentences:
        verdict = check(sentence, known, about)
        about = verdict.about
        assert verdict.sentence_ok, (sentence, verdict.unsupported)
        assert not re.search(r"tt\d{6}|\d\.\d{3}|genre:|[_{}\[\]]|\s\s|\s[.,;]|\.\.", sentence), sentence
        assert sentence[-1] in ".!?:", sentence
        assert sentence[0].isupper() or sentence[0] in "“0123456789", sentence


def slate() -> Slate:
    assert SLATE.slate is not None
    return SLATE.slate


@pytest.mark.parametrize("turn", range(6))
def test_lead_says_how_many_under_which_limits_and_how_soft_words_were_read(turn: int) -> None:
    sentences = writing.lead(slate(), OPENING, Voice("c1", turn))
    assert_true(sentences, evidence())
    assert "our films" in sentences[0]
    assert "1991 or later" in sentences[0]
    assert sentences[1] == "I took “but not gory” as leaving out horror."


@pytest.mark.parametrize("turn", range(6))
def test_only_what_the_films_follow_ends_with_a_colon(turn: int) -> None:
    alone = writing.lead(slate(), understand("thrillers please", *READ), Voice("c1", turn))
    assert len(alone) == 1
    assert writing.lead(slate(), OPENING, Voice("c1", turn))[0].endswith(".")


def test_a_refusal_read_from_descriptions_is_told_truly() -> None:
    armed = Item(id="armed", title="Siege", text="Two guns and one long night.")
    items = [*FILMS, armed]
    heard = understand("thrillers please, no guns", FakeRetriever(items), columns(items), ConversationContext())
    sentences = writing.lead(slate(), heard, VOICE)
    assert sentences[1] == "I took “no guns” as nothing described with guns (descriptions do not tell everything)."
    assert_true(sentences[1:], Evidence(items=tuple(items), slate=slate(), said=(heard.text,)))


def test_lead_of_one_film_is_singular() -> None:
    one = slate().model_copy(update={"items": slate().items[:1], "constraints": Constraints()})
    assert all("one film" in writing.lead(one, OPENING, Voice("c1", turn))[0].lower() for turn in range(3))


def test_fewer_than_asked_for_is_said() -> None:
    asked = understand("seven thrillers", *READ, ConversationContext())
    assert "Only four of the seven you asked for fit these limits." in writing.lead(slate(), asked, VOICE)


def test_item_lines_are_true_and_give_the_reason() -> None:
    sentences = [writing.item_line(card) for card in slate().items]
    assert_true(sentences, evidence())
    assert sentences[0] == (
        "No Country for Old Men (2007), western and thriller by Ethan Coen and Joel Coen, 122 minutes: "
        "because you liked Fargo."
    )


def test_item_line_leaves_out_parts_that_counted_against_it_and_wordless_ones() -> None:
    reasons = (Reason(feature="disliked", contribution=-1, text="Placed lower"), Reason(feature="bias", contribution=2))
    item = Recommendation(id="x", title="Heat", year=1995, score=1, reasons=reasons)
    assert writing.item_line(item) == "Heat (1995)."


def test_impossible_limits_name_the_one_to_drop() -> None:
    empty = Slate(
        id="e",
        user_id=None,
        at=AT,
        constraints=Constraints(require={"genre": ("Western",)}, ranges={"year": Range(low=2013)}),
        relaxations=(
            Relaxation(constraint="year >= 2013", count=310),
            Relaxation(constraint="genre: Western", count=1),
        ),
    )
    assert writing.nothing_left(empty) == [
        "I found no western from 2013 or later.",
        "Without the limit “2013 or later” there would be 310 films.",
        "There would be one without “western”.",
        "Shall I drop “2013 or later”?",
    ]


@pytest.mark.parametrize("name", ["Alien 1979", "Titanic 1997", "Amélie 2001", "Casablanca 1942", "Seven 1995"])
@pytest.mark.parametrize(
    "aspects",
    [
        (),
        ("director",),
        ("writer", "year"),
        ("actor",),
        ("runtime", "genre"),
        ("oscars",),
        ("language", "country"),
        ("plot",),
    ],
)
def test_details_are_true(name: str, aspects: tuple[str, ...]) -> None:
    assert_true(writing.details(BY_NAME[name], aspects), LOOKUP)


def test_details_say_what_is_unknown() -> None:
    home = BY_NAME["Home 2008"]
    assert writing.details(home, ("runtime",)) == ["The catalogue does not say how long Home is."]
    assert writing.details(home.model_copy(update={"facets": {}}), ("director",)) == [
        "The catalogue does not say who directed Home."
    ]


def test_oscars_in_singular_plural_and_none() -> None:
    told = {name: writing.details(BY_NAME[name], ("oscars",)) for name in ("Alien 1979", "Titanic 1997", "Seven 1995")}
    assert told == {
        "Alien 1979": ["Alien won one Oscar, from two nominations."],
        "Titanic 1997": ["Titanic won eight Oscars, from eleven nominations."],
        "Seven 1995": ["Seven was nominated for one Oscar and won none."],
    }


def test_explanation_gives_reasons_for_and_against() -> None:
    reasons = (
        Reason(feature="knn", contribution=0.4, text="Because you liked Alien"),
        Reason(
            feature="disliked", contribution=-0.2, text="Placed lower: something like Titanic, which you did not like"
        ),
    )
    item = Recommendation(id="x", title="Inception", year=2010, score=0.2, reasons=reasons)
    sentences = writing.explain(item, 3, VOICE)
    assert sentences[0].endswith("Inception (2010): because you liked Alien.")
    assert sentences[1].startswith("Against it: placed lower")
    assert writing.explain(item, None, VOICE)[0] == "Inception (2010) does not fit the limits you set."


def test_comparison_is_true() -> None:
    pair = [BY_NAME["Alien 1979"], BY_NAME["Seven 1995"]]
    sentences = writing.compare(pair, preferred=pair[1].id)
    assert_true(sentences, LOOKUP)
    assert "Seven is newer than Alien." in sentences


def forecast(**changes: object) -> Forecast:
    assert SLATE.forecast is not None
    return SLATE.forecast.model_copy(update=changes)


def test_forecast_gives_shares_ranges_and_its_error_in_plain_words() -> None:
    told = forecast(backtest_error=0.31, drift=(Drift(topic="genre:Thriller", at=AT, size=0.2),))
    sentences = writing.forecast(told, VOICE)
    assert_true(sentences, SLATE.model_copy(update={"forecast": told}))
    assert "thriller 42 % (31 % to 53 %)" in sentences[0]
    assert any("about three quarters of its true share" in sentence for sentence in sentences)
    assert not any("shrinkage" in sentence for sentence in sentences)


def test_untested_forecast_says_so() -> None:
    assert any("could not be tested" in sentence for sentence in writing.forecast(forecast(backtest_error=None), VOICE))


def test_timeline_and_nothing_known() -> None:
    known = InterestTimeline(
        user_id="u",
        period="month",
        topics=("genre:Thriller", "genre:Horror"),
        periods=(AT,),
        shares=((0.75, 0.25),),
        counts=(4.0,),
        note="All ratings were made within one hour",
    )
    assert writing.timeline(known, ["Alien"], ["Titanic"]) == [
        "Your interests so far: thriller 75 % and horror 25 %.",
        "You liked Alien.",
        "You did not like Titanic.",
        "All ratings were made within one hour.",
    ]
    assert writing.timeline(InterestTimeline(user_id="u", period="month", topics=())) == writing.nothing_known()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("I hated Titanic", "less of Titanic from now on"),
        ("I loved Alien and Fargo", "you like Alien and Fargo"),
        ("I loved Alien but hated Titanic", "Noted: more like Alien, less like Titanic."),
        ("I love thrillers", "you like thrillers"),
        ("I've seen Jaws", "I marked Jaws as seen."),
        ("I bought Jaws", "I marked Jaws as bought."),
        ("my daughter adored Shrek", "I kept Shrek apart from your own taste."),
    ],
)
def test_acknowledgements(text: str, first: str) -> None:
    assert first in writing.recorded(understand(text, *READ, ConversationContext()), VOICE)[0]


def test_question_names_the_options() -> None:
    asked = understand("I loved Heat", *READ, ConversationContext())
    assert writing.ambiguous(asked.ambiguous[0]) == ["Which one do you mean: Heat (1995) or Heat (1972)?"]
    assert writing.unknown(["Blorgon"]) == ["I could not find “Blorgon” in the catalogue, so I know nothing about it."]


def test_reset_says_what_remains() -> None:
    assert writing.reset(["year"], Constraints(exclude={"genre": ("Horror",)})) == [
        "Done: I dropped the limit on the year.",
        "Still in force: without horror.",
    ]
    assert writing.reset(["*"], Constraints())[-1] == "Nothing limits the list now, and your timeline stays as it is."


def test_erasing_says_that_nothing_was_erased_and_how_it_is_done() -> None:
    sentences = writing.erasure()
    assert "erased nothing" in sentences[0]
    assert "Erase everything about me" in sentences[1]
    assert "driftline user forget" in sentences[1]


def test_taking_back_nothing_does_not_claim_that_nothing_is_known() -> None:
    assert writing.edited([]) == ["I took nothing off your timeline: I found no entry there that you named."]


@pytest.mark.parametrize(
    ("text", "reason"),
    [("not from the 80s", "one span"), ("something older than that", "what “older than that” compares with")],
)
def test_a_limit_that_cannot_be_applied_is_said_with_the_reason(text: str, reason: str) -> None:
    told = writing.lead(slate(), understand(text, *READ), VOICE)
    assert any(reason in sentence for sentence in told), told


def test_talk_carries_no_claims() -> None:
    for turn in range(6):
        voice = Voice("c2", turn)
        for sentences in (
            writing.greeting(voice, False),
            writing.greeting(voice, True),
            writing.thanks(voice),
            writing.small_talk(voice),
            writing.out_of_scope(voice),
            writing.nothing_known(),
        ):
            assert_true(sentences, Evidence())


def test_voice_varies_by_turn_and_repeats_itself() -> None:
    said = [writing.greeting(Voice("c", turn), False)[0] for turn in range(3)]
    assert len(set(said)) == 3
    assert said == [writing.greeting(Voice("c", turn), False)[0] for turn in range(3)]


def test_small_words() -> None:
    assert [join(["a"]), join(["a", "b"]), join(["a", "b", "c"])] == ["a", "a and b", "a, b and c"]
    assert [counted(1, "film"), counted(3, "film"), counted(1234, "film")] == ["one film", "three films", "1,234 films"]
    assert facts_line({"genre": ("Animation",)}, {"runtime": 80}) == "an animation, 80 minutes"
    every = Constraints(
        require={"genre": ("Thriller", "Sci-Fi"), "director": ("David Fincher",)},
        exclude={"genre": ("Horror",), "actor": ("Tom Cruise",)},
        ranges={"year": Range(low=1990, high=1999), "runtime": Range(high=119), "oscars": Range(low=1)},
    )
    assert limits(every) == (
        "of the genre thriller or Sci-Fi, directed by David Fincher, from 1990 to 1999, of at most 119 minutes, "
        "with at least one Oscar, without horror or Tom Cruise"
    )
    assert [name_limit(name) for name, _ in every.parts()] == [
        "thriller or Sci-Fi",
        "director David Fincher",
        "no horror",
        "no Tom Cruise",
        "1990 to 1999",
        "at most 119 minutes",
        "at least 1 oscars",
    ]
