from __future__ import annotations

from collections.abc import Iterator

import pytest

from agent.llm.scripted import ScriptedClient
from agent.state import ModelStatus
from core.results import Recommendation
from core.settings import Settings
from core.turns import Turn
from evals.conversations.limits import Ledger, Limit
from evals.conversations.measures import faults, success, tools
from evals.conversations.memory import RULES, TURNS, LongTalk, remember
from evals.conversations.people import Drawn, Person, draw
from evals.conversations.playing import Played, exchange, play
from evals.conversations.report import faults_of
from evals.conversations.simulated import Simulated
from evals.conversations.stage import Stage, staged
from evals.conversations.wording import Message
from evals.conversations.workspace import prepare
from tests.agent.workspace import NOW

OFFLINE = ScriptedClient(status=ModelStatus(state="offline", name="none", detail="not there"))


@pytest.fixture(scope="module")
def stage(small_settings: Settings) -> Iterator[Stage]:
    with staged(small_settings, OFFLINE, NOW) as opened:
        yield opened


@pytest.fixture(scope="module")
def drawn(stage: Stage) -> Drawn:
    deps = stage.workspace.deps
    return draw(deps.catalog, deps.events.log(deps.catalog.columns()), 6, seed=1)


@pytest.fixture
def person(drawn: Drawn) -> Person:
    return drawn.people[0]


def card(
    name: str, year: int = 1995, genres: tuple[str, ...] = ("Drama",), minutes: float | None = 100
) -> Recommendation:
    numbers = {"year": float(year)} | ({"runtime": minutes} if minutes else {})
    return Recommendation(id=name, title=name, year=year, score=0.0, facets={"genre": genres}, numbers=numbers)


def answer(*cards: Recommendation, reply: str = "Here you are.") -> Turn:
    return Turn(conversation_id="c", turn=0, user_id="u", at=NOW, text="", reply=reply, items=cards)


def test_what_was_ruled_out_holds_until_it_is_lifted() -> None:
    ledger = Ledger()
    ledger.hear([Limit("year", low=1980), Limit("genre", values=("Horror",), without=True)])
    ledger.hear([Limit("genre", values=("Comedy",), kind="wish")])
    old, scary, funny = card("old", 1950), card("scary", genres=("Horror", "Comedy")), card("funny", genres=("Comedy",))
    broken = ledger.broken([old, scary, funny])
    assert [name.id for name, _ in broken["limit"]] == ["old", "scary"]
    assert [name.id for name, _ in broken["wish"]] == ["old"]
    ledger.hear([], ["genre:Horror"])
    assert [name.id for name, _ in ledger.broken([old, scary])["limit"]] == ["old"]
    ledger.hear([Limit("genre", values=("Drama",), kind="wish")], ["year"])
    assert ledger.broken([old])["limit"] == ledger.broken([old])["wish"] == []
    ledger.hear([], ["*"])
    assert not ledger.standing


def test_an_unknown_figure_is_against_a_limit_on_it() -> None:
    assert Limit("runtime", high=120).broken_by(card("of unknown length", minutes=None))
    assert not Limit("runtime", high=120).broken_by(card("short"))


def test_nothing_of_the_second_half_of_the_ratings_is_known(stage: Stage, drawn: Drawn) -> None:
    deps = stage.workspace.deps
    log = deps.events.log(deps.catalog.columns())
    for someone in drawn.people:
        code = log.users.index(someone.user_id)
        known = {deps.catalog.columns().ids[item] for item in log.item[drawn.known & (log.user == code)]}
        assert known == someone.met
        assert len(someone.favourites) >= 3
        assert {film.id for film in someone.loved} <= someone.met


def test_the_workspace_has_no_event_that_is_held_out(small_settings: Settings, tmp_path: object) -> None:
    own, drawn = prepare(small_settings, 2, 1, anew=False, report=lambda _: None)
    assert own.sql_url != small_settings.sql_url
    with staged(own, OFFLINE, NOW) as opened:
        for someone in drawn.people:
            events = opened.workspace.deps.events.of_user(someone.user_id)
            assert {event.item_id for event in events} == someone.met


def test_people_say_the_same_for_a_seed_and_never_name_a_favourite(person: Person) -> None:
    def talk(seed: str) -> list[str]:
        simulated, turn, said = Simulated(person, seed), None, []
        for number in range(12):
            said.append(simulated.speak(turn).text)
            turn = answer(*(card(f"{number}-{place}", 1930 + 5 * number, ("War", "Horror")) for place in range(5)))
        return said

    assert talk("one") == talk("one") != talk("two")
    hidden = {film.title.casefold() for film in person.favourites} - {film.title.casefold() for film in person.loved}
    spoken = " ".join(text for seed in range(20) for text in talk(str(seed))).casefold()
    assert not [title for title in hidden if len(title) > 8 and title in spoken]


def test_people_take_a_favourite_and_end_with_it(person: Person) -> None:
    simulated = Simulated(person, "s")
    simulated.speak(None)
    favourite = person.favourites[0]
    message = simulated.speak(answer(card("other"), card(favourite.id)))
    assert message.last
    assert message.subject == favourite.id


def test_what_is_stated_fits_something_that_is_wanted(person: Person) -> None:
    for seed in range(30):
        simulated, turn = Simulated(person, str(seed)), None
        for number in range(8):
            simulated.speak(turn)
            turn = answer(*(card(f"{number}-{place}", 1950, ("Western",), 200) for place in range(5)))
            cards = [
                Recommendation(
                    id=film.id, title=film.title, year=film.year, score=0, facets=film.facets, numbers=film.numbers
                )
                for film in person.favourites
            ]
            broken = simulated.ledger.broken(cards)
            assert len({film.id for kind in ("limit", "dislike") for film, _ in broken[kind]}) < len(cards)


def test_success_is_compared_at_as_many_cards() -> None:
    found = Played("a", frozenset({"x"}), frozenset(), ("n", "o", "p", "q", "r", "x"))
    missed = Played("b", frozenset({"y"}), frozenset(), ("y",))
    for played in (found, missed):
        turns = iter([answer(card("1"), card("2")), answer(card("2"), card("x"))])
        for _ in range(2):
            exchange(lambda text, conversation, turns=turns: next(turns), _Silent(), played, known=False)  # type: ignore[misc]
    first, second, *_ = success([found, missed], 2)
    assert (first.cards, second.cards) == (2.0, 3.0)
    assert (first.talking.mean, second.talking.mean) == (0.0, 0.5)
    assert (second.same_cards.mean, second.same_turns.mean) == (0.5, 1.0)
    assert [each.repeated for each in found.exchanges] == [(), (card("2"),)]
    assert faults([found, missed]).loops == 2


class _Silent:
    """Says the same again and again."""

    def __init__(self) -> None:
        self.person = Person("u", (), (), frozenset(), (), frozenset(), {})
        self.ledger = Ledger()
        self.told: set[str] = set()

    def speak(self, turn: Turn | None) -> Message:
        return Message("More", "more", (frozenset({"recommend"}),), cards=True)


def test_a_conversation_is_played_and_leaves_nothing(stage: Stage, drawn: Drawn) -> None:
    before = stage.workspace.deps.events.count()
    played = [
        play(stage, someone, f"played-{known}-{number}", str(number), known)
        for number, someone in enumerate(drawn.people[2:3])
        for known in (True, False)
    ]
    assert stage.workspace.deps.events.count() == before
    assert not [each.error for each in played if each.error]
    counted = faults(played)
    assert counted.turns == sum(len(each.exchanges) for each in played) == tools(played)[0].turns
    assert (counted.loops, counted.empty) == (0, 0)
    listed = faults_of(played)
    assert bool(counted.limits) == any(fault.kind == "against a limit" for fault in listed)
    assert all(fault.said and fault.reply for fault in listed)


def test_limits_hold_for_thirty_turns_and_nothing_passes_between_people(stage: Stage, drawn: Drawn) -> None:
    found, _ = remember(stage, drawn.people[:2], "t")
    assert (found.turns, found.limits) == (2 * TURNS, 0)
    # Few films are left in the end for one of the two, and perhaps none.
    assert found.held
    assert found.same == found.turns
    assert found.strange == found.errors == ()


def test_a_change_of_mind_wins(stage: Stage, drawn: Drawn) -> None:
    talk = LongTalk(drawn.people[0], RULES[0], "s")
    talk.ledger.hear([Limit("genre", values=("Western",), without=True, kind="dislike")])
    first = stage.say("fickle", "I hate westerns. What should I watch?", None)
    assert not talk.ledger.broken(first.items)["dislike"]
    stage.say("fickle", "Actually I do like westerns now", first.conversation_id)
    asked = stage.say("fickle", "Show me some westerns", first.conversation_id)
    assert asked.items
    assert all("Western" in shown.facets["genre"] for shown in asked.items)
