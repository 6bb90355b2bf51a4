"""Conversations: list, begin, read, rename, delete; and turns, whole or as they happen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from agent.service import Service
from agent.state import Done, Update
from core.errors import DriftlineError
from core.turns import Turn
from core.types import Conversation
from core.wire.answers import Extraction, Listed, Page
from core.wire.bodies import ChatBody, ConversationBody, TextBody, TitleBody
from store.tables import to_micros
from ui.api import once, pages, streams
from ui.api.routes.parameters import ConversationId, DeliveryKey, Person

_OF_PERSON = "/users/{user_id}/conversations"


def router(service: Service) -> APIRouter:
    """The routes of this resource."""
    routes = APIRouter(tags=["conversations"])
    _turns(routes, service)

    @routes.get(_OF_PERSON, summary="A person's conversations, the latest first")
    def conversations(
        request: Request,
        response: Response,
        user_id: Person,
        words: Annotated[str, Query(max_length=200, description="Only those in which these were said.")] = "",
        limit: pages.Limit = 50,
        cursor: pages.Cursor | None = None,
    ) -> Page[Listed]:
        """All of them, or those with all the words in the title or in one turn, which `quote` then shows."""
        if words.strip():
            hits = service.search_conversations(user_id, words)
            found = [_listed(hit.conversation, hit.turn, hit.quote) for hit in hits]
        else:
            found = [_listed(each) for each in service.conversations(user_id)]
        shown, after = pages.part(found, limit, cursor, lambda each: (to_micros(each.updated_at), each.id))
        pages.link_next(request, response, after)
        return Page(items=tuple(shown), next_cursor=after)

    @routes.post(_OF_PERSON, status_code=201, summary="Begin a conversation before anything is said")
    def start_conversation(
        response: Response, user_id: Person, body: ConversationBody, key: DeliveryKey = None
    ) -> Conversation:
        """A message without a conversation begins one too."""
        begun = once.conversation(service, user_id, key, body, lambda: service.start_conversation(user_id, body.title))
        response.headers["location"] = f"/v1/users/{quote(user_id)}/conversations/{begun.id}"
        return begun

    @routes.get(_OF_PERSON + "/{conversation_id}", summary="One conversation")
    def conversation(user_id: Person, conversation_id: ConversationId) -> Conversation:
        """Its title and times; its turns are a list of their own."""
        return service.conversation(user_id, conversation_id)

    @routes.patch(_OF_PERSON + "/{conversation_id}", summary="Rename a conversation")
    def rename_conversation(user_id: Person, conversation_id: ConversationId, body: TitleBody) -> Conversation:
        """Personal data in the title are replaced before it is kept."""
        return service.rename_conversation(user_id, conversation_id, body.title)

    @routes.delete(_OF_PERSON + "/{conversation_id}", status_code=204, summary="Delete a conversation")
    def forget_conversation(
        user_id: Person,
        conversation_id: ConversationId,
        events_too: Annotated[bool, Query(description="Take back too what it added to the timeline.")] = False,
    ) -> None:
        """Its turns go with it; what was learnt from them stays on the timeline, unless it is taken back too."""
        service.forget_conversation(user_id, conversation_id, events_too)

    @routes.get(_OF_PERSON + "/{conversation_id}/turns", summary="Turns, the oldest first")
    def turns(
        request: Request,
        response: Response,
        user_id: Person,
        conversation_id: ConversationId,
        since: Annotated[int, Query(ge=0, le=2**31 - 1, description="Only from this turn's number on.")] = 0,
        limit: pages.Limit = 100,
        cursor: pages.Cursor | None = None,
    ) -> Page[Turn]:
        """Each with its whole trace: what was heard, which tools ran, what was shown, how the reply was checked."""
        service.conversation(user_id, conversation_id)
        first = max(since, pages.number(cursor, "turn"))
        found = [turn for turn in service.turns(conversation_id) if turn.turn >= first]
        after = pages.encode({"turn": found[limit].turn}) if len(found) > limit else None
        pages.link_next(request, response, after)
        return Page(items=tuple(found[:limit]), next_cursor=after)

    return routes


def _listed(conversation: Conversation, turn: int | None = None, quote: str = "") -> Listed:
    return Listed(**conversation.model_dump(), turn=turn, quote=quote)


def _turns(routes: APIRouter, service: Service) -> None:
    def updates(body: ChatBody, key: str | None) -> Iterator[Update]:
        names = ("conversation_id", "adventure", "horizon", "seen_too")
        dials = {name: getattr(body, name) for name in names if getattr(body, name) is not None}
        return once.turn(service, body.user_id, key, body, lambda: service.stream(body.user_id, body.text, **dials))

    @routes.post("/chat", summary="One turn, whole")
    def chat(body: ChatBody, key: DeliveryKey = None) -> Turn:
        """A message and its reply with everything behind it. Without a conversation a new one begins."""
        turn = next((update.turn for update in list(updates(body, key)) if isinstance(update, Done)), None)
        if turn is None:
            raise DriftlineError("The turn ended without an answer.", "Repeat it.")
        return turn

    @routes.post("/chat/stream", summary="One turn as server-sent events: step, cards, text, done")
    def chat_stream(request: Request, body: ChatBody, key: DeliveryKey = None) -> StreamingResponse:
        """As it happens; `done` carries the turn as stored. What fails on the way ends the stream with `problem`."""
        return streams.of_turn(request, updates(body, key))

    @routes.post("/extractions", summary="What a text says of preferences")
    def extract(body: TextBody) -> Extraction:
        """The events that a message would become, each with the words it came from. Nothing is stored."""
        return Extraction(events=tuple(service.extract(body.text)))
