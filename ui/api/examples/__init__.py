"""Examples of the OpenAPI document, by operation: what is asked, what is answered, and how a problem looks."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from agent.state import Text
from core.wire.answers import (
    Delivered,
    ExplanationRow,
    Extraction,
    FieldProblem,
    ForecastRow,
    InvalidEntry,
    ItemHit,
    Items,
    Listed,
    Page,
    Problem,
    ProblemKind,
    SearchPage,
)
from core.wire.bodies import (
    BatchExplainBody,
    BatchForecastBody,
    BulkEvent,
    ChatBody,
    ConsentBody,
    ConversationBody,
    EventBody,
    EventChange,
    FeedbackBody,
    Hypothetical,
    RecommendBody,
    SearchBody,
    TextBody,
    TitleBody,
    WhatIfBody,
)
from ui.api.examples import values as v


def _json(value: BaseModel, unset: bool = True) -> Any:
    return value.model_dump(mode="json", exclude_unset=not unset)


def _asked(value: BaseModel) -> Any:
    """A body with nothing but what one would write."""
    return _json(value, unset=False)


_BODY = RecommendBody(user_id="ann", k=5, query="something tense", constraints=v.LIMITS)
_KEYED: dict[str, Any] = {
    "at": v.LIKED_AT,
    "kind": v.LIKED.kind,
    "item_id": v.ALIEN.id,
    "value": 1.0,
    "key": "review-8841",
}
_PAGE = '<!doctype html><html lang="en"><head><title>ann</title></head><body>…</body></html>'
_HIT = ItemHit(item=v.FARGO, score=0.0492)

REQUESTS: dict[str, Any] = {
    "recommend": _asked(_BODY),
    "what_if": _asked(
        WhatIfBody(
            request=_BODY,
            drop=(v.LIKED.id,),
            add=(Hypothetical(kind=v.LIKED.kind, item_id=v.FARGO.id, value=1.0),),
            then=RecommendBody(adventure=1.0, horizon=3),
        )
    ),
    "carriers": _asked(_BODY),
    "explain": _asked(_BODY),
    "contrast": _asked(_BODY),
    "counterfactual": _asked(_BODY),
    "batch_explanations": _asked(BatchExplainBody(user_ids=("ann", "bea"), request=RecommendBody(k=3))),
    "batch_forecasts": _asked(BatchForecastBody(user_ids=("ann", "bea"), horizon=3, period="month")),
    "add_event": _asked(EventBody(**_KEYED)),
    "add_events": [_asked(BulkEvent(user_id=person, **_KEYED)) for person in ("ann", "bea")],
    "change_event": _asked(EventChange(value=0.5)),
    "search_items": _asked(SearchBody(query="snow and a patient police chief", constraints=v.LIMITS)),
    "chat": _asked(ChatBody(user_id="ann", text=v.TURN.text)),
    "chat_stream": _asked(ChatBody(user_id="ann", text="Something warmer", conversation_id=v.CONVERSATION.id)),
    "extract": _asked(TextBody(text="I loved Alien")),
    "start_conversation": _asked(ConversationBody(title=v.CONVERSATION.title)),
    "rename_conversation": _asked(TitleBody(title=v.CONVERSATION.title)),
    "slate_report": _asked(_BODY),
    "feedback": _asked(FeedbackBody(item_id=v.FARGO.id, verdict="like", conversation_id=v.CONVERSATION.id, turn=0)),
    "set_consent": _asked(ConsentBody(remember=True, learn_from=False)),
}

ANSWERS: dict[str, Any] = {
    "recommend": _json(v.SLATE),
    "what_if": _json(v.WHAT_IF),
    "carriers": _json(v.CARRIERS),
    "explain": _json(v.EXPLANATION),
    "contrast": _json(v.CONTRAST),
    "counterfactual": _json(v.COUNTERFACTUAL),
    "batch_explanations": _json(ExplanationRow.of("ann", v.CARD, 1, v.SLATE.intercept)),
    "batch_forecasts": _json(
        ForecastRow(user_id="ann", origin=v.AT, horizon=1, topic="genre:Thriller", share=0.6, lo80=0.45, hi80=0.75)
    ),
    "timeline": _json(v.TIMELINE),
    "forecast": _json(v.FORECAST),
    "events": _json(Page(items=(v.LIKED,), next_cursor="eyJhdCI6MTcxMjE3NTMwMH0")),
    "add_event": _json(v.LIKED),
    "add_events": _json(
        Delivered(
            added=1,
            duplicates=0,
            invalid=(
                InvalidEntry(
                    index=1,
                    errors=(
                        FieldProblem(pointer="#/value", detail="Input should be less than or equal to 1", value=9),
                    ),
                ),
            ),
        )
    ),
    "event": _json(v.LIKED),
    "change_event": _json(v.LIKED.model_copy(update={"id": "71b2", "value": 0.5, "replaces": v.LIKED.id})),
    "retract_event": _json(v.LIKED.model_copy(update={"retracted_at": v.AT})),
    "items": _json(Items(items=(v.ALIEN,), missing=("tt9999999",))),
    "search_items": _json(SearchPage(items=(_HIT,), next_cursor="eyJzdGFydCI6MX0")),
    "item": _json(v.ALIEN),
    "similar_items": _json(Page(items=(_HIT,))),
    "topics": _json(v.OVERVIEW),
    "chat": _json(v.TURN),
    "chat_stream": {"event": "text", "data": json.dumps(_json(Text(delta=v.TURN.reply)))},
    "extract": _json(Extraction(events=(v.HEARD,))),
    "conversations": _json(Page(items=(Listed(**v.CONVERSATION.model_dump(), turn=0, quote="I loved Alien"),))),
    "start_conversation": _json(v.CONVERSATION),
    "conversation": _json(v.CONVERSATION),
    "rename_conversation": _json(v.CONVERSATION),
    "turns": _json(Page(items=(v.TURN,))),
    "feedback": _json(v.LIKED),
    "consent": _json(v.CONSENT),
    "set_consent": _json(v.CONSENT),
    "export": {"user_id": "ann", "events": [_json(v.LIKED)], "turns": [], "conversations": [], "feedback": []},
    "forget": {"events": 12, "turns": 3, "conversations": 1, "feedback": 2},
    "report": _PAGE,
    "slate_report": _PAGE,
}

_INVALID = (FieldProblem(pointer="#/k", detail="Input should be greater than or equal to 1", value=0),)
_DETAILS = {
    "malformed": "The body cannot be read at character 1: Expecting value.",
    "unauthorised": "A bearer token is needed.",
    "not-found": "There is no item 'tt9999999' in the catalogue.",
    "conflict": "The request 'order-2024-05-01-0001' is still being answered.",
    "too-large": "The body has 5000000 bytes, and 4194304 are taken.",
    "not-json": "The body has the content type 'text/plain'.",
    "invalid-request": "k: Input should be greater than or equal to 1.",
    "unusable-input": "The time 0001-01-01T00:00:00+00:00 cannot be used.",
    "internal": "Something went wrong inside.",
    "not-ready": "No ranker in this workspace.",
}


def problem(kind: ProblemKind, name: str) -> Any:
    """How a problem of a kind looks."""
    return _json(
        Problem(
            type=kind.type,
            title=kind.title,
            status=kind.status,
            detail=_DETAILS[name],
            instance="/v1/…",
            remedy=kind.remedy,
            errors=_INVALID if name == "invalid-request" else (),
            request_id="4be1c2",
        )
    )
