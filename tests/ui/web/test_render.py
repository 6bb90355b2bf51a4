from __future__ import annotations

from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from agent.state import Cards, Done, ModelStatus, Person, Step, Text
from core.results import Reason, Recommendation
from core.turns import Turn
from core.types import EventKind, Item
from tests.ui.web.fake import FakeService
from ui.web import cards, composer, menu, render
from ui.web.dials import MONTHS
from ui.web.session import Session, TurnView

EVIL = "<img src=x onerror=alert(1)>"
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
QUERY = "I loved Alien and Fargo, something tense but not gory, after 1990"


class Tags(HTMLParser):
    """Tags with their attributes, and the text of each button."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.buttons: list[tuple[dict[str, str | None], str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "button":
            self.buttons.append((dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        if self.buttons:
            attrs, text = self.buttons[-1]
            self.buttons[-1] = (attrs, text + data)


def film(**changes: object) -> Recommendation:
    return Recommendation.model_validate(
        {
            "id": "tt1",
            "title": "Heat",
            "year": 1995,
            "score": 1.0,
            "facets": {"genre": ("Crime", "Drama"), "director": ("Michael Mann",)},
            "numbers": {"year": 1995.0, "runtime": 170.0},
            "reasons": (
                Reason(feature="similar", contribution=0.6, text="Close to what you love"),
                Reason(feature="length", contribution=-0.2, text="Longer than you watch"),
                Reason(feature="popular", contribution=0.5),
            ),
            **changes,
        }
    )


def turn_of(*items: Recommendation, text: str = QUERY) -> TurnView:
    return TurnView(key="k", text=text, state="done", items=items, reply="Here.")


@pytest.mark.parametrize("field", ["title", "text", "reason", "chance", "genre", "director"])
def test_no_markup_from_outside_reaches_the_page(field: str) -> None:
    item = film()
    if field == "title":
        item = film(title=EVIL)
    elif field == "reason":
        item = film(reasons=(Reason(feature=EVIL, contribution=1.0, text=EVIL),))
    elif field == "chance":
        item = film(chance_text=EVIL)
    elif field in ("genre", "director"):
        item = film(facets={"genre": ("Crime",), field: (EVIL,)})
    view = turn_of(item, text=EVIL if field == "text" else QUERY)
    view.reply = EVIL
    view.steps = {0: Step(id=0, tool=EVIL, args={"query": EVIL}, status="done")}
    html = render.turn_html(view, {})
    assert "img" not in {tag for tag, _ in Tags(html).tags}
    assert "&lt;img" in html


def test_a_card_shows_the_facts_and_the_reasons_with_their_parts() -> None:
    html = str(cards.card(film(), 1, turn_of(), []))
    for shown in ("Heat", "1995", "Crime, Drama", "170\u00a0min", "directed by Michael Mann", "Close to what you love"):
        assert shown in html
    assert html.index("Close to what you love") < html.index("Longer than you watch")
    assert "+0.60" in html
    assert 'class="reason minus"' in html


def test_a_card_tells_the_chance_that_is_worth_telling() -> None:
    told = film(chances={"like": 0.8}, chance_text="about 8 in 10 people like you who judge this like it")
    html = str(cards.card(told, 1, turn_of(), []))
    assert '<p class="chance">About 8 in 10 people like you who judge this like it.</p>' in html
    assert 'class="chance"' not in str(cards.card(film(chances={"rating": 0.001}), 1, turn_of(), []))


def test_the_whole_score_adds_up() -> None:
    html = str(cards.score_table(film()))
    assert "starting point" in html
    assert "+0.10" in html  # 1.0 - (0.6 - 0.2 + 0.5)
    assert "popular" in html


def test_buttons_say_what_they_do_and_whether_they_are_pressed() -> None:
    html = str(cards.card(film(), 1, turn_of(), [EventKind.DISLIKE]))
    buttons = {attrs["data-verdict"]: attrs for attrs, _ in Tags(html).buttons if "data-verdict" in attrs}
    assert buttons["dislike"]["aria-pressed"] == "true"
    assert buttons["like"]["aria-pressed"] == "false"
    assert buttons["seen"]["aria-label"] == "Seen it: Heat"


def test_every_button_and_field_has_a_name() -> None:
    session = Session(
        own_id="guest-1", user_id="guest-1", people=(Person(user_id="7", events=3, first_at="", last_at=""),)
    )
    service = FakeService()
    view = TurnView(key="k", text=QUERY)
    for update in service.stream("guest-1", QUERY):
        view.apply(update)
    session.turns = [view]
    html = (
        menu.top(session, service.conversations("guest-1"))
        + composer.composer(session, service.periods_ahead(MONTHS))
        + "".join(render.log(session))
        + render.welcome(session)
    )
    for attrs, text in Tags(html).buttons:
        assert (attrs.get("aria-label") or text).strip(), attrs


def test_a_turn_grows_as_updates_come() -> None:
    view = TurnView(key="k", text=QUERY)
    assert "Reading your message" in render.turn_html(view, {})
    view.apply(Step(id=0, tool="recommend", status="running"))
    assert "Ranking for you" in render.turn_html(view, {})
    view.apply(Step(id=0, tool="recommend", status="done", ms=1234.0))
    view.apply(Cards(items=(film(),)))
    view.apply(Text(delta="First. "))
    html = render.turn_html(view, {})
    assert "Ranked for you" in html
    assert "1.2 s" in html
    assert 'aria-busy="true"' in html


def test_the_stored_reply_replaces_the_streamed_one() -> None:
    service = FakeService()
    view = TurnView(key="k", text=QUERY)
    view.apply(Text(delta="not yet checked"))
    done = next(update for update in service.stream("u", QUERY) if isinstance(update, Done))
    view.apply(done)
    assert "not yet checked" not in render.turn_html(view, {})
    assert done.turn.reply.split(".")[0] in render.turn_html(view, {})


def test_a_failed_turn_keeps_the_words() -> None:
    view = TurnView(key="k", text="my words", state="failed", error="The store is busy. Try again.")
    html = render.turn_html(view, {})
    assert "The store is busy. Try again." in html
    assert 'data-text="my words"' in html


def test_a_degraded_answer_says_so() -> None:
    service = FakeService(state="offline")
    view = TurnView.of(list(service.stream("u", QUERY))[-1].turn)  # type: ignore[union-attr]
    assert "without the language model" in render.turn_html(view, {})


@pytest.mark.parametrize(("state", "words"), [("ready", "ready"), ("loading", "loading"), ("offline", "templates")])
def test_the_model_state_is_in_words(state: str, words: str) -> None:
    html = composer.status(ModelStatus.model_validate({"state": state, "name": "m"}))
    assert words in html
    assert f'data-state="{state}"' in html


def test_a_ready_model_that_does_not_write_is_told_apart() -> None:
    assert "templates" in composer.status(ModelStatus(state="ready", name="m", writes=False))


def test_finished_turns_are_drawn_once_until_a_verdict_changes() -> None:
    session = Session(user_id="u")
    session.turns = [turn_of(film())]
    session.turns.append(turn_of(text="and then"))
    first = render.log(session)[1]
    session.turns[0].reply = "changed behind its back"
    assert render.log(session)[1] == first
    service = FakeService(extra=[Item(id="tt1", title="Heat")])
    session.judge([service.feedback("u", "tt1", "like")])
    assert 'aria-pressed="true"' in render.log(session)[1]


def test_lines_that_repeat_the_cards_are_left_to_the_cards() -> None:
    view = turn_of(film())
    view.reply = "One film.\n\n1. Heat (1995), crime by Michael Mann.\n2. Ronin (1998), not on a card."
    html = render.turn_html(view, {})
    assert "One film." in html
    assert "crime by Michael Mann" not in html.split('class="turn-tools"')[0]
    assert "2. Ronin (1998), not on a card." in html


def test_replies_become_paragraphs_and_lists() -> None:
    assert str(render.prose("One.\n\n- a\n- <b>\n\nTwo\nthree")) == (
        "<p>One.</p><ul><li>a</li><li>&lt;b&gt;</li></ul><p>Two<br>three</p>"
    )


def test_a_card_names_the_first_themes_of_a_film_that_has_some() -> None:
    plain = film()
    themed = plain.model_copy(
        update={"facets": {**plain.facets, "theme": ("heist", "<b>", "rivalry", "tense", "noir")}}
    )
    html = str(cards.card(themed, 1, turn_of(), []))
    assert "heist, &lt;b&gt;, rivalry, tense" in html
    assert "noir" not in html
    assert "heist" not in str(cards.card(plain, 1, turn_of(), []))


def test_only_the_last_answer_offers_what_can_be_said_next() -> None:
    offered = render.turn_html(turn_of(film()), {}, last=True)
    assert 'data-text="More like Heat"' in offered
    assert 'class="quick"' not in render.turn_html(turn_of(film()), {})
    view = turn_of()
    view.choices = ("Crash (2004)", "Crash (1996)")
    html = render.turn_html(view, {}, last=True)
    assert 'data-text="Crash (2004)"' in html
    assert "Something lighter" not in html


def test_an_empty_list_offers_to_drop_a_limit() -> None:
    view = TurnView.of(list(FakeService().stream("u", "nothing fits this"))[-1].turn)  # type: ignore[union-attr]
    html = render.turn_html(view, {}, last=True)
    assert "Drop “1991 or later”" in html
    assert 'data-text="Any year is fine, show me what there is"' in html
    assert "去掉“1991 年及以后”" in render.turn_html(view, {}, "zh", last=True)


def test_a_turn_of_the_staff_carries_their_name() -> None:
    view = TurnView.of(
        Turn(conversation_id="c", turn=3, user_id="u", at=NOW, text="", reply=f"Hello {EVIL}", author="Maria <b>")
    )
    html = render.turn_html(view, {}, last=True)
    assert "Maria &lt;b&gt;" in html
    assert "img" not in {tag for tag, _ in Tags(html).tags}
    assert "You said" not in html
    assert "retry" not in html
