"""One small story that all examples tell: ann liked Alien, and asks for something tense.

Values are the engine's own types, so that an example cannot have a form that no answer has.
"""

from __future__ import annotations

from datetime import UTC, datetime

from core.explanations import (
    Carrier,
    Carriers,
    Contrast,
    Counterfactual,
    Explanation,
    FeatureGap,
    GroupGap,
    GroupPart,
    Shift,
    WhatIf,
)
from core.forecasts import Drift, Forecast, InterestTimeline, Outlook, TopicChance, TopicOverview, TopicShare
from core.results import Ground, Reason, Recommendation, RecommendRequest, Slate
from core.turns import Checks, HeardEvent, ModelUse, ToolCall, Turn
from core.types import Consent, Constraints, Conversation, Event, EventKind, Item, Range

AT = datetime(2024, 5, 1, 12, tzinfo=UTC)
LIKED_AT = datetime(2024, 4, 3, 20, 15, tzinfo=UTC)

ALIEN = Item(
    id="tt0078748",
    title="Alien",
    text="A crew answers a distress call and brings something back aboard.",
    facets={"genre": ("Sci-Fi", "Horror", "Thriller"), "director": ("Ridley Scott",)},
    numbers={"year": 1979, "runtime": 117},
)
FARGO = Item(
    id="tt0116282",
    title="Fargo",
    text="A kidnapping goes wrong in the snow, and a patient police chief follows the trail.",
    facets={"genre": ("Crime", "Thriller"), "director": ("Joel Coen", "Ethan Coen")},
    numbers={"year": 1996, "runtime": 98},
)
LIMITS = Constraints(exclude={"genre": ("Horror",)}, ranges={"year": Range(low=1991)})
REQUEST = RecommendRequest(user_id="ann", at=AT, k=1, query="something tense", constraints=LIMITS)

LIKED = Event(
    id="6f1a0c5e",
    user_id="ann",
    at=LIKED_AT,
    kind=EventKind.LIKE,
    item_id=ALIEN.id,
    value=1.0,
    text="I loved Alien",
    source="api",
    key="review-8841",
)
GROUND = Ground(event_id=LIKED.id, at=LIKED.at, kind=LIKED.kind, item_id=ALIEN.id, name="Alien")

_HISTORY = Reason(
    feature="item_knn",
    contribution=1.25,
    text="goes with Alien, which you liked",
    item_ids=(ALIEN.id,),
    group="history",
    grounds=(GROUND,),
)
_WORDS = Reason(feature="query", contribution=0.5, text="close to your words in meaning", group="words")
CARD = Recommendation(
    id=FARGO.id,
    title=FARGO.title,
    year=1996,
    score=-0.75,
    reasons=(_HISTORY, _WORDS),
    facets=FARGO.facets,
    numbers=FARGO.numbers,
    chances={"rating": 0.31},
)
OTHER = CARD.model_copy(
    update={"id": ALIEN.id, "title": "Alien", "year": 1979, "score": -2.0, "reasons": (_WORDS,), "chances": {}}
)
SLATE = Slate(
    id="c7d0",
    user_id="ann",
    at=AT,
    query=REQUEST.query,
    constraints=LIMITS,
    items=(CARD,),
    intercept=-2.5,
    request=REQUEST,
)
_SHIFT = Shift(item_id=FARGO.id, title="Fargo", rank=1, rank_then=14, score=-0.75, score_then=-2.0)
WITHOUT = SLATE.model_copy(update={"id": "c7d1", "items": (OTHER,)})
WHAT_IF = WhatIf(
    before=SLATE, after=WITHOUT, shifts=(_SHIFT,), text=("Without Alien, Fargo would be 14th instead of first.",)
)
CARRIERS = Carriers(
    slate=SLATE,
    carriers=(Carrier(event=GROUND, shifts=(_SHIFT,), weight=1.25, text="Without Alien, Fargo would be 14th."),),
    tried=1,
)
EXPLANATION = Explanation(
    item=CARD,
    rank=1,
    intercept=-2.5,
    groups=(
        GroupPart(group="history", contribution=1.25, features=("item_knn",), text=_HISTORY.text),
        GroupPart(group="words", contribution=0.5, features=("query",), text=_WORDS.text),
    ),
)
CONTRAST = Contrast(
    item=CARD,
    other=OTHER,
    rank=1,
    other_rank=None,
    difference=1.25,
    gaps=(
        GroupGap(
            group="history",
            difference=1.25,
            what="how it goes with what you took up",
            features=(FeatureGap(feature="item_knn", item=1.25, other=0.0),),
        ),
    ),
    text=("Fargo is ahead by how it goes with what you took up.",),
)
COUNTERFACTUAL = Counterfactual(
    item_id=FARGO.id,
    title="Fargo",
    k=1,
    rank=1,
    status="found",
    events=(GROUND,),
    rank_without=14,
    limit=6,
    rankings=3,
    text="Without Alien, Fargo would be 14th.",
)

TIMELINE = InterestTimeline(
    user_id="ann",
    period="month",
    topics=("genre:Sci-Fi", "genre:Thriller"),
    periods=(datetime(2024, 3, 1, tzinfo=UTC), datetime(2024, 4, 1, tzinfo=UTC)),
    shares=((0.75, 0.25), (0.5, 0.5)),
    counts=(4.0, 6.0),
)
FORECAST = Forecast(
    user_id="ann",
    origin=AT,
    period="month",
    model="credibility",
    topics=("genre:Sci-Fi", "genre:Thriller"),
    shares=((0.4, 0.6),),
    lo80=((0.25, 0.45),),
    hi80=((0.55, 0.75),),
    lo95=((0.2, 0.4),),
    hi95=((0.6, 0.8),),
    backtest_error=0.21,
    outlook=Outlook(
        active=(0.9,),
        events=(5.0,),
        adventurousness=0.6,
        adventurousness_change=0.0,
        adoptions=(TopicChance(topic="genre:Crime", probability=0.3),),
    ),
    drift=(
        Drift(
            topic="genre:Thriller",
            at=datetime(2024, 4, 1, tzinfo=UTC),
            size=0.25,
            probability=0.8,
            event_ids=(LIKED.id,),
        ),
    ),
    usual=(0.6, 0.4),
    rising=("genre:Thriller",),
    fading=("genre:Sci-Fi",),
)
OVERVIEW = TopicOverview(
    period="month",
    lately=(datetime(2024, 4, 1, tzinfo=UTC),),
    topics=(TopicShare(topic="genre:Thriller", share=0.12, hot=1.4),),
)

CONVERSATION = Conversation(id="b52e9f10", user_id="ann", started_at=AT, updated_at=AT, title="Something tense")
HEARD = HeardEvent(kind=EventKind.LIKE, item_id=ALIEN.id, title="Alien", value=1.0, quote="I loved Alien")
TURN = Turn(
    conversation_id=CONVERSATION.id,
    turn=0,
    user_id="ann",
    at=AT,
    text="I loved Alien, something tense but not gory, after 1990",
    reply="Fargo (1996) goes with Alien, which you liked.",
    items=(CARD,),
    events=(HEARD,),
    calls=(ToolCall(tool="recommend", args={"k": 1, "query": "something tense"}, ms=41.0),),
    model=ModelUse(name="SmolLM2-135M-Instruct"),
    checks=Checks(claims=2, supported=2),
    timings_ms={"tools": 44.0, "total": 310.0},
    slate=SLATE,
)
CONSENT = Consent(user_id="ann", at=AT, remember=True, learn_from=False)
