from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.explanations import Explanation, GroupPart
from core.results import Recommendation
from tests.ui.web.fake import FakeService
from ui.web import arithmetic, why
from ui.web.drawer import loading
from ui.web.session import Session

FIGURES = st.lists(st.floats(-20, 20, allow_nan=False), min_size=1, max_size=15)


@given(FIGURES)
def test_the_figures_shown_add_up_to_the_score_shown(values: list[float]) -> None:
    shown = arithmetic.rounded(values, sum(values))
    assert sum(round(100 * figure) for figure in shown) == round(100 * sum(values))
    assert all(abs(figure - value) <= 0.0201 for figure, value in zip(shown, values, strict=True))


@given(FIGURES)
def test_the_arithmetic_can_be_checked_by_the_reader(values: list[float]) -> None:
    groups = tuple(GroupPart(group="history", contribution=value) for value in values[1:])
    item = Recommendation(id="i", title="T", score=sum(values))
    rows = arithmetic.rows(Explanation(item=item, rank=1, intercept=values[0], groups=groups), "en")
    assert sum(round(100 * row.value) for row in rows) == round(100 * item.score)


@pytest.mark.parametrize(
    ("number", "told"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (22, "22nd"), (113, "113th")]
)
def test_places_are_read_as_words(number: int, told: str) -> None:
    assert why.ordinal(number, "en") == told
    assert why.ordinal(number, "zh") == f"第 {number} 位"


def looked_at(**changes: object) -> tuple[FakeService, Session, str]:
    service, session = FakeService(), Session(own_id="u", user_id="u")
    for turn in [list(service.stream("u", "I loved Alien and Fargo", None))[-1].turn]:  # type: ignore[union-attr]
        session.add(turn)
    session.asked = (session.turns[0].items[2].id, session.turns[0].shown or 0)
    for name, value in changes.items():
        setattr(session, name, value)
    return service, session, session.asked[0]


def test_the_sum_shown_is_the_score_of_the_card() -> None:
    service, session, item = looked_at()
    html = list(why.explained(service, session, item))[-1]
    figures = re.search(r'class="arithmetic">([^<]*)<b>([^<]*)<', html)
    assert figures
    terms = figures[1].replace("=", "").replace("−", "-").replace("+ ", "+").replace("- ", "-").split()
    assert sum(round(100 * float(term)) for term in terms) == round(100 * float(figures[2]))
    assert float(figures[2]) == pytest.approx(session.turns[0].items[2].score, abs=0.005)


def test_what_was_tried_is_what_the_engine_says() -> None:
    service, session, item = looked_at()
    alien = next(event.id for event in service.events("u") if event.item_id == "tt0078748")
    told = why.preview(service, session, item, alien, "Alien")
    change = service.what_if(why.request_of(session, service.now()), drop=[alien])
    _, after = why.places(change, item)
    assert (f"be {why.ordinal(after, 'en')}." in told) if after else ("not be on your list" in told)
    assert "could not be worked out" in why.preview(service, session, item, "no-such-event", "X")


def test_cards_of_old_are_explained_under_a_plain_request() -> None:
    _, session, _ = looked_at()
    view = session.turns[0]
    assert view.slate is not None
    view.slate = view.slate.model_copy(update={"request": None})
    request = why.request_of(session, datetime(2026, 5, 4, tzinfo=UTC))
    assert (request.user_id, request.query) == ("u", "")


def test_the_drawer_speaks_the_page_s_language() -> None:
    service, session, item = looked_at(language="zh")
    assert "正在计算" in loading(session, "x")
    html = list(why.explained(service, session, item))[-1]
    assert "得分怎么算出来的" in html
    assert "您的兴趣走向" in html
