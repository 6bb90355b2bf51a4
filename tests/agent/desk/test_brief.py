"""What is known of a customer before answering, and what to offer them."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from agent.desk.desk import Desk
from agent.desk.offers import buys_again, chance
from agent.service import Service
from agent.wording import percent
from core.desk import Avoid
from core.errors import NotFoundError
from core.types import Event, EventKind
from tests.agent.desk.conftest import Tell, talk
from tests.agent.workspace import PEOPLE


def test_the_brief_tells_who_it_is_and_what_troubles_them(
    service: Service, desk: Desk, person: str, tell: Tell
) -> None:
    bought = [tell(person, EventKind.PURCHASE, title, days=days) for title, days in (("Alien", 30), ("Heat", 3))]
    bad = tell(person, EventKind.RATING, "Titanic", value=-0.8, text="boring and far too long")
    tell(person, EventKind.RATING, "Fargo", value=-0.8, text="2/10")
    conversation = talk(service, desk, person, "My parcel arrived broken", "This is unacceptable! nothing before 1980")
    brief = desk.brief("maria", person, conversation)
    assert brief.events == 4
    assert brief.since == bought[0].at
    assert "two purchases" in brief.headline
    assert [(entry.text, entry.event_id) for entry in brief.purchases] == [
        ("Heat", bought[1].id),
        ("Alien", bought[0].id),
    ]
    texts = [entry.text for entry in brief.complaints]
    assert texts == [
        "This is unacceptable! nothing before 1980",
        "My parcel arrived broken",
        "boring and far too long (of Titanic)",
    ]
    assert brief.complaints[-1].event_id == bad.id
    assert [entry.turn for entry in brief.complaints[:2]] == [1, 0]
    assert (brief.mood.label, brief.mood.quote) == ("angry", "This is unacceptable!")
    assert brief.limits == ("1980 or later",)
    assert [entry.turn for entry in brief.open_requests] == [1, 0]
    desk.send("maria", conversation, "I am looking into it.")
    assert desk.brief("maria", person, conversation).open_requests == ()


def test_the_brief_has_the_forecast_with_its_interval(service: Service, desk: Desk) -> None:
    forecast = service.forecast("p0", 1)
    brief = desk.brief("maria", "p0")
    assert [note.topic for note in brief.rising] == list(forecast.rising[:5])
    assert [note.topic for note in brief.fading] == list(forecast.fading[:5])
    for note in (*brief.rising, *brief.fading):
        place = forecast.topics.index(note.topic)
        assert (note.share_next, note.lo80, note.hi80) == tuple(
            rows[0][place] for rows in (forecast.shares, forecast.lo80, forecast.hi80)
        )
        assert note.share_usual == forecast.usual[place]


def test_a_share_shown_as_rising_goes_up_and_one_shown_as_fading_down(service: Service, desk: Desk) -> None:
    briefs = [desk.brief("maria", f"p{number}") for number in range(PEOPLE)]
    rising = [note for brief in briefs for note in brief.rising]
    fading = [note for brief in briefs for note in brief.fading]
    assert rising
    assert fading
    assert all(percent(note.share_usual) != percent(note.share_next) for note in (*rising, *fading))
    assert all(note.share_usual < note.share_next for note in rising)
    assert all(note.share_usual > note.share_next for note in fading)


def test_the_brief_of_a_newcomer_says_so(service: Service, desk: Desk, person: str) -> None:
    service.set_consent(person, remember=False)
    brief = desk.brief("maria", person)
    assert (brief.events, brief.since, brief.consent_remember) == (0, None, False)
    assert "newcomer" in brief.headline
    assert brief.mood.label == "calm"
    with pytest.raises(NotFoundError):
        desk.brief("maria", person, "none")


def test_the_brief_is_there_at_once(service: Service, desk: Desk, person: str, tell: Tell) -> None:
    titles = [item.title for item in service.deps.catalog.all()][:200]
    ids = {title: service.resolve_title(title).matches for title in titles}
    service.add_events(
        Event(
            user_id=person,
            at=service.now() - timedelta(days=day),
            kind=EventKind.PURCHASE,
            item_id=matches[0].item_id,
        )
        for day, matches in enumerate(ids.values(), start=1)
        if matches
    )
    conversation = talk(service, desk, person, "hello", "I love Fargo", "where is my order?")
    desk.brief("maria", person, conversation)
    started = time.perf_counter()
    for _ in range(5):
        desk.brief("maria", person, conversation)
    seconds = (time.perf_counter() - started) / 5
    service.forget_user(person)  # so many events would make them the best known person of the other tests
    assert seconds < 0.3  # half of it where the machine does nothing else


def test_offers_have_reasons_and_one_is_the_next_best(service: Service, desk: Desk) -> None:
    conversation = talk(service, desk, "p1", "something tense, nothing before 1985")
    offers, _ = desk.offers("maria", conversation, k=4)
    assert len(offers) == 4
    assert [offer.next_best for offer in offers].count(True) == 1
    best = next(offer for offer in offers if offer.next_best)
    assert chance(best.item) == max(chance(offer.item) for offer in offers)
    assert all((offer.item.year or 0) >= 1985 for offer in offers)
    assert any(offer.why for offer in offers)
    for offer in offers:
        assert not any(" you " in f" {why.lower()} " for why in offer.why)


def test_what_not_to_offer_is_cited(service: Service, desk: Desk, person: str, tell: Tell) -> None:
    disliked = tell(person, EventKind.DISLIKE, "Titanic", value=-1.0)
    owned = tell(person, EventKind.PURCHASE, "Heat", days=20)
    muted = Event(user_id=person, at=service.now(), kind=EventKind.MUTE, topic="genre:Horror")
    service.add_events([muted])
    shown = service.chat(person, "three comedies please")
    conversation = shown.conversation_id
    gone = service.items([service.resolve_title("Alien").matches[0].item_id]).popitem()[1]
    service.deps.catalog.upsert([gone.model_copy(update={"available": False})])
    try:
        tell(person, EventKind.LIKE, "Alien", value=1.0)
        offers, avoid = desk.offers("maria", conversation, k=10)
        found: dict[tuple[str, str | None], Avoid] = {(entry.why, entry.item_id): entry for entry in avoid}
        assert found["disliked", disliked.item_id].cited.event_id == disliked.id
        assert found["owned", owned.item_id].cited.event_id == owned.id
        assert found["muted", "genre:Horror"].cited.event_id == muted.id
        assert found["out of stock", gone.id].title == "Alien"
        assert {card.id for card in shown.items} == {entry.item_id for entry in avoid if entry.why == "shown"}
        assert all(entry.cited.turn == 0 for entry in avoid if entry.why == "shown")
        left_out = {entry.item_id for entry in avoid}
        assert not left_out & {offer.item.id for offer in offers}
    finally:
        service.deps.catalog.upsert([gone])


def test_where_people_buy_again_what_they_own_may_be_offered(service: Service, person: str, tell: Tell) -> None:
    once = [tell(person, EventKind.PURCHASE, title) for title in ("Alien", "Heat", "Fargo")]
    assert not buys_again(once)
    assert buys_again([*once, tell(person, EventKind.PURCHASE, "Alien", days=2)])
    assert not buys_again([])


def test_customers_are_found_with_and_without_a_past(service: Service, desk: Desk, person: str, tell: Tell) -> None:
    tell(f"{person}-known", EventKind.PURCHASE, "Alien")
    service.set_consent(f"{person}-new", remember=False)
    service.chat(f"{person}-new", "hello")
    found = desk.customers("maria", person.upper())
    assert [(each.user_id, each.events) for each in found] == [(f"{person}-known", 1), (f"{person}-new", 0)]
    assert len(desk.customers("maria", limit=3)) == 3
