"""Questions about interests over time: read in many wordings, planned at the right time, answered truthfully."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from agent import writing
from agent.composing import compose
from agent.evidence import evidence_of
from agent.grounding import Evidence, check
from agent.horizons import LONGEST, Horizon, horizon_of
from agent.magnitudes import CHANCES, breadth, chance, lasting, new_topics, weight
from agent.memory import Memory
from agent.policy import PlannedCall, reference_plan
from agent.understanding import Ahead, Understanding, understand
from agent.wording import Voice
from core.forecasts import Drift, Forecast, Outlook, TopicChance, TopicReturn
from core.types import EventKind
from evals.grounding.cases import DRIFTED, DRIFTED_FALSE, DRIFTED_TRUE
from evals.sample_films import films
from tests.agent.films import FakeRetriever, columns
from tools.evidence import Carrier
from tools.registry import TOOLS

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FILMS = films()
READ = (FakeRetriever(FILMS), columns(FILMS))
VOICE = Voice("c1", 0)
ITEMS = ["forecast_interests", "recommend"]
INTERESTS = ["forecast_interests"]


def read(text: str) -> Understanding:
    return understand(text, *READ)


def plan_of(text: str, period: str = "month") -> list[PlannedCall]:
    meaning = read(text)
    return reference_plan(meaning, Memory().heard(meaning), horizon_of(meaning.ahead, NOW, period))


@pytest.mark.parametrize(
    ("text", "tools", "horizon"),
    [
        ("what will I want in a month?", ITEMS, 1),
        ("what will i want next month", ITEMS, 1),
        ("What am I going to want in three months?", ITEMS, 3),
        ("what will I want this winter?", ITEMS, 1),
        ("what will I want by Christmas?", ITEMS, 1),
        ("what'll i be watching in 6 months", ITEMS, 6),
        ("in a couple of months, what will i fancy?", ITEMS, 2),
        ("what shall i want a month from now", ITEMS, 1),
        ("what do you think I will want to watch next year?", ITEMS, 12),
        ("recommend something for next month", ITEMS, 1),
        ("could you suggest some films for next summer?", ITEMS, 7),
        ("what should I watch at christmas?", ITEMS, 1),
        ("something for next month please", ITEMS, 1),
        ("pick me something for half a year from now", ITEMS, 6),
        ("give me 3 films for february", ITEMS, 3),
        ("a thriller for in two months' time, recommend one", ["record_preference", *ITEMS], 2),
        ("what will I be into next?", INTERESTS, 3),
        ("what will i get into next year", INTERESTS, 12),
        ("what do you reckon i'll be into come spring", INTERESTS, 4),
        ("where is my taste heading?", INTERESTS, 3),
        ("where's my taste going in the next few months", INTERESTS, 3),
        ("what will my interests look like in half a year", INTERESTS, 6),
        ("forecast my taste for the next two years", INTERESTS, 24),
        ("what would I enjoy in ten years", INTERESTS, LONGEST),
        ("will my interest in drama grow", INTERESTS, 3),
        ("which of my interests are fading", INTERESTS, 3),
        ("what's rising in my interests?", INTERESTS, 3),
        ("how sure are you about my taste next month", INTERESTS, 1),
        ("will i like crime next year", INTERESTS, 12),
        ("what kind of films will i want in spring", ITEMS, 4),
        ("whats my taste gonna be like in a year", INTERESTS, 12),
        ("what am i going to be into this time next year", INTERESTS, 12),
        ("predict my next genre", INTERESTS, 3),
    ],
)
def test_what_is_wanted_later_is_forecast_and_ranked_for_then(text: str, tools: list[str], horizon: int) -> None:
    plan = plan_of(text)
    assert [call.tool for call in plan] == tools
    assert {call.args["horizon"] for call in plan if call.tool in ITEMS} == {horizon}
    for call in plan:
        TOOLS[call.tool].args.model_validate(dict(call.args))


@pytest.mark.parametrize(
    ("text", "aspects", "about"),
    [
        ("am I getting more adventurous?", ("adventurousness",), ()),
        ("am i adventurous", ("adventurousness",), ()),
        ("how adventurous am I compared with others?", ("adventurousness",), ()),
        ("have i become more adventurous lately", ("adventurousness",), ()),
        ("has my taste become narrower", ("adventurousness",), ()),
        ("when did I drift away from crime and why?", ("drift",), ("genre:Crime",)),
        ("when did i stop liking crime?", ("drift",), ("genre:Crime",)),
        ("why did I turn to horror?", ("drift",), ("genre:Horror",)),
        ("what made you think I like horror now?", ("drift",), ("genre:Horror",)),
        ("why do you think i like horror", ("drift",), ("genre:Horror",)),
        ("since when am i into comedies?", ("drift",), ("genre:Comedy",)),
        ("do I watch more horror than I used to?", ("drift",), ("genre:Horror",)),
        ("how has my taste changed", ("drift",), ()),
        ("what changed in my taste since last year", ("drift",), ()),
        ("have i gone off romance", ("drift",), ("genre:Romance",)),
        ("am i more into drama these days", ("drift",), ("genre:Drama",)),
        ("how come i like war films so much now", ("drift",), ("genre:War",)),
        ("why am i watching so much horror", ("drift",), ("genre:Horror",)),
        ("how likely is it that i try a musical", ("return",), ("genre:Musical",)),
        ("will i ever like musicals", ("return",), ("genre:Musical",)),
        ("did my taste change recently", ("drift",), ()),
        ("will I ever come back to westerns?", ("return",), ("genre:Western",)),
        ("will i go back to musicals", ("return",), ("genre:Musical",)),
        ("when will I watch a western again?", ("return",), ("genre:Western",)),
        ("do you think i'll return to sci-fi", ("return",), ("genre:Sci-Fi",)),
        ("will I still like thrillers in a year?", ("return",), ("genre:Thriller",)),
        ("what new genre might I try?", ("adoption",), ()),
        ("which genre am i likely to try next", ("adoption",), ()),
        ("is there a genre i haven't tried that i might like", ("adoption",), ()),
        ("any new genres i might get into?", ("adoption",), ()),
        ("am I going off comedies?", ("movement",), ("genre:Comedy",)),
        ("what's rising in my interests?", ("movement",), ()),
        ("what am i losing interest in", ("movement",), ()),
    ],
)
def test_a_question_about_interests_asks_and_tells_nothing(text: str, aspects: tuple[str, ...], about: object) -> None:
    meaning = read(text)
    assert (meaning.aspects, meaning.people) == (aspects, about)
    (call,) = plan_of(text)  # nothing is recorded: a question states no taste
    assert call.tool == "forecast_interests"
    assert tuple(call.args.get("topics", ())) == about


@pytest.mark.parametrize(
    "text",
    [
        "something scary tonight",
        "what's next?",
        "what should I watch this weekend?",
        "films about christmas",
        "something for the winter evenings",
        "a film from the last ten years",
        "how about something adventurous",
        "recommend me a new film",
    ],
)
def test_what_is_wanted_now_is_not_forecast(text: str) -> None:
    assert "forecast_interests" not in [call.tool for call in plan_of(text)]


def test_a_taste_beside_a_question_is_still_recorded() -> None:
    meaning = read("I love horror. Where is my taste heading?")
    assert [event.topic for event in meaning.likes] == ["genre:Horror"]


@pytest.mark.parametrize(
    ("ahead", "period", "periods", "note"),
    [
        (Ahead(quote="in a month"), "month", 1, ""),
        (Ahead(quote="in a month"), "2weeks", 2, "I follow interests in steps of two weeks, so I rounded"),
        (Ahead(quote="in three weeks", count=3, unit="week"), "month", 1, "rounded “in three weeks” to one month."),
        (Ahead(quote="next year", unit="year"), "month", 12, ""),
        (Ahead(quote="tomorrow", unit="day"), "week", 1, "by the week, so I rounded “tomorrow” to one week."),
        (Ahead(quote="in ten years", count=10, unit="year"), "month", LONGEST, "I look 52 months ahead at most"),
        (Ahead(quote="by Christmas", named="christmas"), "month", 1, "I took “by Christmas” as December 2026."),
        (Ahead(quote="by Christmas", named="christmas"), "week", 5, "as the week from 21 December 2026."),
        (Ahead(quote="next summer", named="summer"), "month", 7, "as June 2027."),
        (Ahead(quote="this autumn", named="autumn"), "month", 1, "as December 2026."),
        (Ahead(quote="in march", named="march"), "quarter", 1, "as the quarter from January 2027."),
    ],
)
def test_a_time_to_come_is_counted_in_periods(ahead: Ahead, period: str, periods: int, note: str) -> None:
    horizon = horizon_of(ahead, NOW, period)
    assert horizon is not None
    assert horizon.periods == periods
    assert note in horizon.note
    assert bool(note) == bool(horizon.note)


def test_no_time_to_come_has_no_horizon() -> None:
    assert horizon_of(None, NOW, "month") is None


@pytest.mark.parametrize("sentence", DRIFTED_TRUE)
def test_true_sentences_about_interests_pass(sentence: str) -> None:
    verdict = check(sentence, DRIFTED)
    assert verdict.sentence_ok, verdict.unsupported


@pytest.mark.parametrize("sentence", DRIFTED_FALSE)
def test_false_sentences_about_interests_fail(sentence: str) -> None:
    assert not check(sentence, DRIFTED).sentence_ok


def known() -> Forecast:
    assert DRIFTED.forecast is not None
    return DRIFTED.forecast


@pytest.mark.parametrize("aspects", [(), ("adventurousness",), ("drift",), ("return",), ("adoption",)])
@pytest.mark.parametrize("topics", [(), ("genre:Horror",), ("genre:Western",), ("genre:Thriller", "genre:Crime")])
def test_every_reply_about_interests_is_true(aspects: tuple[str, ...], topics: tuple[str, ...]) -> None:
    for turn in range(3):
        for sentence in writing.forecast(known(), Voice("c1", turn), aspects, topics, DRIFTED.carriers):
            verdict = check(sentence, DRIFTED)
            assert verdict.sentence_ok, (sentence, verdict.unsupported)
            assert verdict.claims, sentence
            assert "." not in sentence[:-1]
            assert sentence[0].isupper()


def test_a_drift_is_told_with_its_date_size_certainty_and_cause() -> None:
    (told,) = writing.forecast(known(), VOICE, ("drift",), ("genre:Horror",), DRIFTED.carriers)
    assert told == (
        "Since March 2013 you lean much more towards horror, almost certainly a real change: "
        "you rated Evil Dead and Mama highly."
    )


def test_a_drift_that_is_likelier_chance_is_told_as_such_and_only_when_asked_for() -> None:
    (told,) = writing.forecast(known(), VOICE, ("drift",), ("genre:Comedy",), DRIFTED.carriers)
    assert told == (
        "Since May 2013 it looks as if you lean much less towards comedies, "
        "but that is likelier chance than a real change: you liked Zodiac instead."
    )
    assert not any("comedies" in sentence for sentence in writing.forecast(known(), VOICE, ("drift",)))
    assert not any("chance than" in sentence for sentence in writing.forecast(known(), VOICE))
    assert not any("chance than" in sentence for sentence in writing.beyond_shares(known(), DRIFTED.carriers))


def test_without_a_drift_what_speaks_for_the_topic_is_told() -> None:
    told = writing.forecast(known(), VOICE, ("drift",), ("genre:Thriller",), DRIFTED.carriers)
    assert told[:2] == [
        "I see no lasting change in your interest in thrillers.",
        "You liked Zodiac, which counts for thrillers.",
    ]


def test_what_is_not_known_is_not_claimed() -> None:
    bare = known().model_copy(update={"outlook": None, "drift": (), "rising": (), "fading": ()})
    assert writing.forecast(bare, VOICE, ("adventurousness",)) == [
        "I know too little of your history to say how adventurous you are."
    ]
    assert writing.forecast(bare, VOICE, ("adoption",)) == ["I cannot say yet what new would come next for you."]
    assert "no lasting change" in writing.forecast(bare, VOICE, ("drift",))[0]
    told = " ".join(writing.forecast(bare, VOICE))
    assert "adventurous" not in told
    assert "not tried" not in told


def test_nobody_tries_anything_new_while_inactive() -> None:
    quiet = Outlook(active=(0.01, 0.01), adoptions=(TopicChance(topic="genre:Western", probability=0.99),))
    assert new_topics(quiet)["genre:Western"] < 0.02
    result = known().model_copy(update={"outlook": quiet})
    told = " ".join(writing.forecast(result, VOICE))
    assert "not tried" not in told
    assert "All of it holds if you are active in three months" in told


def test_what_moves_is_told_alone_where_it_is_asked_for() -> None:
    assert writing.forecast(known(), VOICE, ("movement",))[:2] == [
        "Your interest in horror is rising.",
        "Your interest in crime is fading.",
    ]


def test_a_large_topic_that_the_last_period_lacked_does_not_rest() -> None:
    outlook = Outlook(returns=(TopicReturn(topic="genre:Comedy", periods=1.3),))
    told = writing.beyond_shares(known().model_copy(update={"outlook": outlook}))
    assert not any("alone lately" in sentence for sentence in told)


def test_a_return_out_of_sight_is_said_to_be() -> None:
    far = Outlook(returns=(TopicReturn(topic="genre:Western", periods=520.0),))
    result = known().model_copy(update={"outlook": far})
    (told,) = writing.forecast(result, VOICE, ("return",), ("genre:Western",))
    assert told == "You have left westerns alone lately, and I see no return in sight."
    assert check(told, DRIFTED.model_copy(update={"forecast": result})).sentence_ok
    assert not check(told, DRIFTED).sentence_ok


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (EventKind.RATING, 0.9, "you rated Mama highly"),
        (EventKind.RATING, 0.2, "you rated Mama"),
        (EventKind.RATING, -0.8, "you rated Mama low"),
        (EventKind.LIKE, 1.0, "you liked Mama"),
        (EventKind.DISLIKE, -1.0, "you did not like Mama"),
        (EventKind.PURCHASE, 1.0, "you bought Mama"),
        (EventKind.VIEW, 0.0, "you looked at Mama"),
    ],
)
def test_a_cause_says_what_was_done(kind: EventKind, value: float, words: str) -> None:
    drift = Drift(topic="genre:Horror", at=NOW, size=0.3, event_ids=("e1",))
    carrier = Carrier(event_id="e1", at=NOW, kind=kind, value=value, title="Mama", topics=("genre:Horror",))
    result = known().model_copy(update={"drift": (drift,)})
    (told,) = writing.forecast(result, VOICE, ("drift",), ("genre:Horror",), (carrier,))
    assert told == f"Since November 2026 you lean much more towards horror: {words}."


def test_probabilities_are_odds_and_errors_are_parts() -> None:
    assert [chance(p) for p in (0.24, 0.5, 0.011, 0.9, 0.99, 0.001)] == [
        "about one in four",
        "about one in two",
        "about one in a hundred",
        "about nine in ten",
        "almost certain",
        "less than one in a hundred",
    ]
    assert {chance(p / 1000) for p in range(1001)} <= set(CHANCES)
    assert weight(0.693) == "half"
    assert weight(1.1) == "a third"
    assert weight(0.105) == "nine tenths"


def test_breadth_is_told_among_people() -> None:
    assert breadth(0.71) == "more adventurous than about seven in ten people"
    assert breadth(0.3) == "less adventurous than about seven in ten people"
    assert breadth(0.5) == "about as adventurous as most people"
    assert breadth(1.0) == "more adventurous than almost everyone"
    assert breadth(0.0) == "less adventurous than almost everyone"


@pytest.mark.parametrize(
    ("periods", "period", "told"),
    [
        (3.2, "month", "about three months"),
        (0.6, "month", "about one month"),
        (3.0, "week", "about three weeks"),
        (10.0, "2weeks", "about five months"),
        (30.0, "month", "about two years"),
        (520.0, "week", ""),
        (5.0, "day", "about five days"),
    ],
)
def test_waits_are_told_as_lengths_of_time(periods: float, period: str, told: str) -> None:
    assert lasting(periods, period) == told


def test_horizon_note_is_said_once_and_is_evidence() -> None:
    from agent.acting import Outcome, Ran
    from agent.evidence import History
    from core.turns import ToolCall
    from tools.base import ToolResult
    from tools.evidence import Evidence as Found

    meaning = read("where is my taste heading in three weeks?")
    horizon = horizon_of(meaning.ahead, NOW, "month")
    assert isinstance(horizon, Horizon)
    result = ToolResult("", Found(forecasts=(known(),), carriers=DRIFTED.carriers))
    outcome = Outcome((Ran(ToolCall(tool="forecast_interests"), result),))
    parts = compose(meaning, Memory(), outcome, History(), VOICE, True, horizon)
    assert [part.text for part in parts].count(horizon.note) == 1
    evidence: Evidence = evidence_of(meaning, Memory(), outcome, History(), (), frozenset(), horizon)
    assert all(check(part.text, evidence).sentence_ok for part in parts)
