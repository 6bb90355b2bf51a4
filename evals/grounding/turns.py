"""The evidence of five more turns, for the sentences of evals/grounding/unseen_cases.py.

``AHEAD``: four films for what somebody will want in three months, whose interest moves from romance to science
fiction. ``PERSON``: the films of one director were searched for. ``PAIR``: two films were compared. ``FAMILY``: five
films for a stranger's children. ``SHOP``: four things of a shop that sells no films.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from agent.grounding import Evidence
from core.forecasts import Drift, Forecast, Outlook
from core.results import Reason, Recommendation, Slate
from core.types import Constraints, EventKind, Item, Range
from evals.sample_films import films
from tools.evidence import Carrier

_AT = datetime(2026, 5, 1, tzinfo=UTC)
_FILMS = {f"{item.title} {item.year}": item for item in films()}


def _slate(query: str, limits: Constraints, ranked: Sequence[tuple[Item, str]]) -> Slate:
    return Slate(
        id="s1",
        user_id="u1",
        at=_AT,
        query=query,
        constraints=limits,
        items=tuple(
            Recommendation(
                id=item.id,
                title=item.title,
                year=item.year,
                score=1.0 - 0.1 * rank,
                reasons=(Reason(feature="knn", contribution=1.0 - 0.1 * rank, text=reason),),
                facets=item.facets,
                numbers=item.numbers,
            )
            for rank, (item, reason) in enumerate(ranked)
        ),
    )


_NOT_LONG = Constraints(ranges={"runtime": Range(high=170)})
_MONTH = (0.24, 0.28, 0.20, 0.10, 0.18)
_LATER = (0.33, 0.27, 0.12, 0.10, 0.18)

AHEAD = Evidence(
    slate=_slate(
        "what will i want to watch in three months",
        _NOT_LONG,
        (
            (_FILMS["Interstellar 2014"], "Because you liked The Matrix"),
            (_FILMS["Blade Runner 1982"], "By Ridley Scott, who made Prometheus, which you liked"),
            (_FILMS["Gravity 2013"], "Because you liked Prometheus"),
            (_FILMS["Gladiator 2000"], "By Ridley Scott, who made Prometheus, which you liked"),
        ),
    ),
    items=(_FILMS["Prometheus 2012"], _FILMS["The Matrix 1999"], _FILMS["Grease 1978"]),
    liked=("Prometheus", "The Matrix"),
    disliked=("Grease",),
    seen=("Top Gun",),
    topics=("genre:Sci-Fi",),
    constraints=_NOT_LONG,
    forecast=Forecast(
        user_id="u1",
        origin=_AT,
        period="month",
        model="shrinkage",
        topics=("genre:Sci-Fi", "genre:Drama", "genre:Romance", "genre:History", "genre:Action"),
        shares=(_MONTH, (0.29, 0.27, 0.16, 0.10, 0.18), _LATER),
        lo80=((0.15, 0.18, 0.11, 0.03, 0.10), (0.19, 0.17, 0.08, 0.03, 0.10), (0.22, 0.17, 0.05, 0.03, 0.10)),
        hi80=((0.34, 0.39, 0.30, 0.18, 0.27), (0.40, 0.38, 0.25, 0.18, 0.27), (0.45, 0.38, 0.20, 0.18, 0.27)),
        rising=("genre:Sci-Fi",),
        fading=("genre:Romance",),
        drift=(
            Drift(
                topic="genre:Sci-Fi",
                at=datetime(2025, 9, 1, tzinfo=UTC),
                size=0.2,
                probability=0.95,
                event_ids=("e1",),
            ),
            Drift(
                topic="genre:Romance",
                at=datetime(2025, 11, 1, tzinfo=UTC),
                size=-0.15,
                probability=0.9,
                event_ids=("e2",),
            ),
        ),
        outlook=Outlook(active=(0.95, 0.95, 0.94), events=(6.0, 6.0, 6.0), adventurousness=0.22),
    ),
    carriers=(
        Carrier(event_id="e1", at=_AT, kind=EventKind.LIKE, value=1.0, title="The Matrix", topics=("genre:Sci-Fi",)),
        Carrier(event_id="e2", at=_AT, kind=EventKind.DISLIKE, value=-1.0, title="Grease", topics=("genre:Romance",)),
    ),
    said=("what will i want to watch in three months? nothing longer than 170 minutes",),
)

PERSON = Evidence(
    items=tuple(_FILMS[name] for name in ("Alien 1979", "Prometheus 2012", "Blade Runner 1982", "Gladiator 2000")),
    liked=("Heat",),
    disliked=("Saw",),
    topics=("director:Ridley Scott",),
    said=("what do you have by ridley scott?",),
)

PAIR = Evidence(
    items=(_FILMS["Notting Hill 1999"], _FILMS["Before Sunrise 1995"]),
    liked=("Love Actually",),
    disliked=("Saw",),
    said=("which is longer, notting hill or before sunrise, and who wrote them?",),
)

_SHORT = Constraints(ranges={"runtime": Range(high=105)})

FAMILY = Evidence(
    slate=_slate(
        "something funny for my kids",
        _SHORT,
        (
            (_FILMS["Toy Story 1995"], "Animation, like E.T. for the whole family"),
            (_FILMS["Up 2009"], "Comedy, as you asked"),
            (_FILMS["Shrek 2001"], "Comedy, as you asked"),
            (_FILMS["Frozen 2013"], "Comedy, as you asked"),
            (_FILMS["Big 1988"], "Comedy, as you asked"),
        ),
    ),
    seen=("E.T. the Extra-Terrestrial",),
    topics=("genre:Comedy",),
    constraints=_SHORT,
    said=("something funny for my kids, they adored E.T., nothing over 105 minutes",),
)


def _article(number: int, title: str, brand: str, department: str, category: str, price: float) -> Item:
    facets = {"brand": (brand,), "department": (department,), "category": (category,)}
    return Item(id=f"a{number}", title=title, facets=facets, numbers={"price": price})


_CHEAP = Constraints(ranges={"price": Range(high=40)})

SHOP = Evidence(
    slate=_slate(
        "a kettle and something for tea",
        _CHEAP,
        (
            (_article(1, "Steel Kettle 1.7 L", "Maro", "Kitchen", "Kettles", 34.99), "Because you liked Duo Toaster"),
            (_article(2, "Glass Kettle", "Brevo", "Kitchen", "Kettles", 27.5), "Kettles, as you asked"),
            (_article(3, "Travel Mug", "Linden", "Outdoor", "Mugs", 14.0), "Often bought with Tea Tin"),
            (_article(4, "Tea Tin", "Maro", "Kitchen", "Storage", 8.95), "By Maro, which you like"),
        ),
    ),
    items=(_article(5, "Duo Toaster", "Maro", "Kitchen", "Toasters", 42.0),),
    liked=("Duo Toaster",),
    disliked=("Paper Filters",),
    seen=("Terra Mug Set",),
    topics=("category:Kettles", "brand:Maro"),
    constraints=_CHEAP,
    said=("i need a kettle and something for tea, under 40",),
)
