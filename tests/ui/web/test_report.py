"""The report on a person or a list: what it tells, that it adds up, and that nothing from a person is markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest

from core.explanations import Carrier, Carriers, Shift
from core.forecasts import Drift, Forecast, InterestTimeline, Outlook
from core.results import Ground, Reason, Recommendation, RecommendRequest, Relaxation, Slate
from core.types import Event, EventKind, Item
from ui.web.report import report_html
from ui.web.texts import LANGUAGES

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
TOPICS = ("genre:Thriller", "genre:Comedy", "genre:Drama")
BAD = "<img src=x onerror=alert(1)>"
VOID = {"meta", "br"}


def card(number: int, title: str, score: float) -> Recommendation:
    ground = Ground(event_id="e1", at=NOW - timedelta(days=40), kind=EventKind.RATING, item_id="alien", name="Alien")
    return Recommendation(
        id=f"i{number}",
        title=title,
        year=1990 + number,
        score=score,
        facets={"genre": ("Thriller",)},
        chance_text="about 1 in 3 people like you like it",
        reasons=(
            Reason(feature="knn", group="history", contribution=1.2344, text="Goes with Alien", grounds=(ground,)),
            Reason(feature="ease", group="history", contribution=0.4, grounds=(ground,)),
            Reason(feature="new", group="age", contribution=-0.3333),
            *(
                Reason(feature=f"f{place}", group=group, contribution=0.01 * place)
                for place, group in enumerate(("people", "text", "trend", "esteem", "renown", "works", "habit"))
            ),
            Reason(feature="rest", group="interests", contribution=score + 2 - 1.2344 - 0.4 + 0.3333 - 0.21),
        ),
    )


class Stub:
    """A service that knows one person."""

    def __init__(self, titles: Iterable[str] = ("Aliens", "Heat", "Ronin"), months: int = 4) -> None:
        self.titles = tuple(titles)
        self.months = months
        self.asked: list[RecommendRequest] = []

    def now(self) -> datetime:
        return NOW + timedelta(hours=1)

    def events(self, user_id: str) -> list[Event]:
        if user_id == "nobody":
            return []
        late = Event(id="e9", user_id=user_id, at=NOW + timedelta(days=3), kind=EventKind.LIKE, item_id="late")
        early = NOW - timedelta(days=40)
        return [late, Event(id="e1", user_id=user_id, at=early, kind=EventKind.RATING, item_id="alien", text="9/10")]

    def items(self, ids: Iterable[str]) -> dict[str, Item]:
        return {item_id: Item(id=item_id, title="Alien") for item_id in ids}

    def carriers(self, request: RecommendRequest, limit: int = 40) -> Carriers:
        self.asked.append(request)
        cards = tuple(card(number, title, 1.5 - number / 4) for number, title in enumerate(self.titles))
        relaxations = () if cards else (Relaxation(constraint="year >= 3000", count=12),)
        slate = Slate(
            id="s", user_id=request.user_id, at=request.at, items=cards, intercept=-2.0, relaxations=relaxations
        )
        if request.user_id in (None, "nobody") or not cards:
            return Carriers(slate=slate, carriers=(), tried=0)
        event = Ground(event_id="e1", at=NOW - timedelta(days=40), kind=EventKind.RATING, item_id="alien", name="Alien")
        shifts = (
            Shift(item_id="i0", title=cards[0].title, rank=1, rank_then=14, score=1.5, score_then=0.5),
            Shift(item_id="new", title="Contact", rank=12, rank_then=3, score=0.2, score_then=0.9),
            Shift(item_id="alien", title="Alien", rank=None, rank_then=2, score=None, score_then=1.0),
        )
        return Carriers(slate=slate, carriers=(Carrier(event=event, shifts=shifts, weight=1.25),), tried=7)

    def timeline(self, user_id: str, period: str | None = None, at: datetime | None = None) -> InterestTimeline:
        starts = tuple(datetime(2024, 1 + month, 1, tzinfo=UTC) for month in range(self.months))
        return InterestTimeline(
            user_id=user_id,
            period="month",
            topics=TOPICS,
            periods=starts,
            shares=((0.5, 0.3, 0.2),) * self.months,
            counts=(3.0,) * self.months,
        )

    def forecast(self, user_id: str, horizon: int, period: str | None = None, at: datetime | None = None) -> Forecast:
        return Forecast(
            user_id=user_id,
            origin=at or NOW,
            period="month",
            model="dirichlet shrinkage",
            topics=TOPICS,
            shares=((0.6, 0.3, 0.1),) * horizon,
            lo80=((0.4, 0.2, 0.0),) * horizon,
            hi80=((0.8, 0.4, 0.2),) * horizon,
            backtest_error=0.58,
            outlook=Outlook(adventurousness=0.37),
            usual=(0.45, 0.3, 0.25),
            drift=(Drift(topic="genre:Thriller", at=datetime(2024, 3, 1, tzinfo=UTC), size=0.2, event_ids=("e1",)),),
            rising=("genre:Thriller",),
            fading=("genre:Drama",),
        )


class Checker(HTMLParser):
    """Collects the text, the tags and what they refer to, and fails where tags do not close."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href") or name.startswith("on")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def asked(user_id: str | None = "ann", k: int = 3, query: str = "") -> RecommendRequest:
    return RecommendRequest(user_id=user_id, at=NOW, k=k, query=query)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_stands_alone(language: str) -> None:
    page = report_html(Stub(), asked(), language)
    checked = Checker(page)
    assert checked.links == []
    assert not {"script", "link", "img", "iframe", "object"} & checked.tags
    assert "svg" in checked.tags
    assert not re.search(r"https?://|@import|url\(", page)
    assert "{" not in checked.text
    assert page.startswith("<!doctype html>")


def test_it_tells_the_person_the_list_and_what_carries_it() -> None:
    told = Checker(report_html(Stub(), asked(query="something tense"))).text
    for words in (
        "Person ann",
        "As things stood on 1 June 2024",
        "1. Aliens (1990)",
        "Goes with Alien",
        "Aliens goes from place 1 to 14, Contact comes in at place 3",
        "7 events were tried one by one",
        "more Thriller (20 points)",
        "Carried by Alien.",
        "more varied than 37 % of people",
        "its error was 0.58",
        "40 to 80 %",
        "something tense",
        "Aliens would stay first without 6 of the 7 events",
        "Heat and Ronin",
    ):
        assert words in told
    assert "late" not in told.split()


def test_the_numbers_of_an_item_add_up_to_its_score_as_shown() -> None:
    page = report_html(Stub(), asked())
    tables = re.findall(r'<table class="parts"><caption.*?</table>', page, flags=re.S)
    assert len(tables) == 3
    for table, score in zip(tables, (1.5, 1.25, 1.0), strict=True):
        shown = [float(each.replace("−", "-")) for each in re.findall(r'class="number">([^<]+)<', table)]
        assert shown[-1] == pytest.approx(score, abs=0.005)
        assert sum(shown[:-1]) == pytest.approx(shown[-1], abs=1e-9)
        assert "<svg" in table


def test_nothing_from_outside_becomes_markup() -> None:
    page = report_html(Stub(titles=(BAD, "Heat")), asked(user_id=BAD, query=BAD))
    assert "<img" not in page
    assert page.count("&lt;img") >= 4
    assert Checker(page).links == []


def test_one_period_is_bars_and_no_trend() -> None:
    page = report_html(Stub(months=1), asked())
    assert '<ul class="bars">' in page
    assert "Everything happened within one month" in page
    assert 'class="chart stream"' not in page
    assert 'class="chart stream"' in report_html(Stub(), asked())


@pytest.mark.parametrize("user_id", [None, "nobody"])
def test_somebody_unknown_gets_a_page_without_a_timeline(user_id: str | None) -> None:
    told = Checker(report_html(Stub(), asked(user_id=user_id))).text
    assert "1. Aliens (1990)" in told
    assert "Nothing was known" in told
    assert "Rising and fading" not in told
    assert "There are no events that the list could rest on." in told


def test_an_empty_list_says_which_limit_empties_it() -> None:
    told = Checker(report_html(Stub(titles=()), asked())).text
    assert "Nothing obeys “year >= 3000”; without it there would be 12." in told


def test_where_scores_begin_is_no_bar_that_dwarfs_the_others() -> None:
    page = report_html(Stub(), asked())
    rows = re.findall(r"<tr><th scope=\"row\">([^<]+)</th><td>(<svg.*?</svg>)?</td>", page)
    drawn = {label for label, svg in rows if svg}
    assert "Where every score begins" in {label for label, svg in rows if not svg}
    assert "Where every score begins" not in drawn
    widths = [float(width) for width in re.findall(r'class="(?:for|against)"[^>]*width="([\d.]+)"', page)]
    assert max(widths) <= 200.05
