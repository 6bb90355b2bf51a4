"""The page over the tests' service: layout, keyboard, streaming, colours, nothing from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from core.types import Item
from tests.browser.conftest import NARROW, WIDE, Open, serving
from tests.ui.web.fake import LONG, SITTING, FakeService

pytestmark = pytest.mark.browser

QUERY = "I loved Alien and Fargo, something tense but not gory, after 1990"
BOTH = pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1440", "390"])


def ask(page: Page, text: str = QUERY) -> None:
    page.get_by_label("Your message").fill(text)
    page.keyboard.press("Enter")
    expect(page.locator(".turn.done").last.locator(".said")).to_have_text(text)


def turn_to_panel(page: Page) -> None:
    if page.viewport_size and page.viewport_size["width"] < 1000:
        page.locator(".tabs [data-tab=panel]").click()


def look_at(page: Page, person: str) -> None:
    page.get_by_role("button", name="Switch", exact=True).click()
    page.locator(f".picks [data-person='{person}']").click()
    expect(page.locator(".whose")).to_contain_text(f"Person {person}")


def test_only_this_server_is_asked_for_anything(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    ask(page)
    assert asked
    assert [url for url in asked if not url.startswith((fake_url, "data:"))] == []


@BOTH
def test_a_turn_shows_its_steps_its_cards_and_its_words(open_page: Open, viewport: ViewportSize) -> None:
    with serving(FakeService(pace=0.3)) as url:
        page = open_page(url, viewport)
        page.get_by_label("Your message").fill(QUERY)
        page.keyboard.press("Enter")
        expect(page.locator(".turn.running .step").first).to_be_visible()
        expect(page.get_by_role("button", name="Stop")).to_be_visible()
        expect(page.locator(".turn.done")).to_be_visible()
        expect(page.locator(".steps summary")).to_contain_text("3 steps in")
        cards = page.locator(".card")
        assert cards.count() == 6
        for index in range(6):
            assert cards.nth(index).locator(".reason").count() >= 1


@BOTH
def test_nothing_is_wider_than_the_screen(fake_url: str, open_page: Open, viewport: ViewportSize) -> None:
    page = open_page(fake_url, viewport)
    ask(page)
    for _ in range(2):
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0
        spilling = page.evaluate(
            "[...document.querySelectorAll('.card, .card *, .panel-part, .event')].filter(e => e.offsetParent && "
            "!e.closest('.scroll') && e.getBoundingClientRect().right > innerWidth + 1).length"
        )
        assert spilling == 0
        turn_to_panel(page)


def test_chat_is_left_and_the_timeline_right_where_there_is_room(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url, WIDE)
    chat, panel = page.locator("#dl-chat").bounding_box(), page.locator("#dl-panel").bounding_box()
    assert chat is not None
    assert panel is not None
    assert chat["x"] + chat["width"] <= panel["x"] + 1
    assert page.locator(".composer").bounding_box()["y"] < 900  # type: ignore[index]


def test_a_narrow_screen_shows_one_of_them_at_a_time(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url, NARROW)
    expect(page.locator("#dl-chat")).to_be_visible()
    expect(page.locator("#dl-panel")).to_be_hidden()
    ask(page)
    expect(page.locator(".tabs .dot")).to_be_visible()
    turn_to_panel(page)
    expect(page.locator("#dl-chat")).to_be_hidden()
    expect(page.locator(".event.fresh").first).to_be_visible()


@BOTH
def test_a_verdict_changes_the_timeline_at_once_and_is_remembered(
    fake_url: str, open_page: Open, viewport: ViewportSize
) -> None:
    page = open_page(fake_url, viewport)
    ask(page)
    card = page.locator(".card").first
    item = card.get_attribute("data-item")
    card.get_by_role("button", name=re.compile("Not for me")).click()
    expect(card.locator(".verdict.dislike")).to_have_attribute("aria-pressed", "true")
    event = page.locator(f".event[data-kind=dislike][data-item={item}]")
    expect(event).to_have_count(1)
    page.reload()
    expect(page.locator(f".card[data-item={item}] .verdict.dislike")).to_have_attribute("aria-pressed", "true")
    expect(event).to_have_count(1)
    expect(page.locator(".said")).to_have_text(QUERY)


def test_events_can_be_changed_and_removed(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    ask(page)
    event = page.locator(".event[data-kind=like]").first
    event.locator("summary").click()
    event.get_by_label("What it was").select_option("dislike")
    event.get_by_label("Weight").fill("-0.4")
    event.get_by_role("button", name="Save").click()
    changed = page.locator(".event.fresh[data-kind=dislike]")
    expect(changed).to_contain_text("weight −0.4")
    before = page.locator(".event").count()
    changed.get_by_role("button", name=re.compile("Remove")).click()
    expect(page.locator(".event")).to_have_count(before - 1)


def test_everything_is_reached_by_keyboard_in_a_sensible_order(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    ask(page)
    page.reload()
    page.wait_for_selector(".card")
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                "(() => { const e = document.activeElement; const r = getComputedStyle(e); return "
                "[e.id || e.dataset.do || e.tagName, e.dataset.verdict || '', r.outlineStyle] })()"
            )
        )
    names = [name for name, _, _ in seen]
    assert names.index("fresh") < names.index("menu") < names.index("verdict") < names.index("dl-text")
    assert names.index("dl-text") < names.index("remove")
    assert [verdict for _, verdict, _ in seen if verdict][:3] == ["like", "dislike", "seen"]
    assert all(outline != "none" for name, _, outline in seen if name in ("fresh", "menu", "verdict", "remove"))


def test_a_verdict_by_keyboard_keeps_the_focus(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    ask(page)
    button = page.locator(".card").nth(1).locator(".verdict.like")
    button.focus()
    page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()
    page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-pressed", "false")


def test_shift_enter_makes_a_line_and_enter_sends(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    box = page.get_by_label("Your message")
    box.fill("one")
    box.press("Shift+Enter")
    box.type("two")
    expect(box).to_have_value("one\ntwo")
    box.press("Enter")
    expect(box).to_have_value("")
    expect(page.locator(".turn.done .said")).to_have_text(re.compile("one\\s*two"))


def test_an_example_starts_a_conversation(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    page.locator(".example").first.click()
    expect(page.locator(".turn.done .said")).to_have_text(QUERY)


def test_conversations_can_be_left_and_continued(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    ask(page)
    page.get_by_role("button", name=re.compile("^New")).click()
    expect(page.locator(".welcome")).to_be_visible()
    page.get_by_role("button", name="Switch", exact=True).click()
    page.locator("[data-do=conversation]").first.click()
    expect(page.locator(".said")).to_have_text(QUERY)
    ask(page, "and something funnier")
    expect(page.locator(".turn")).to_have_count(2)


def test_a_known_person_has_a_trend_with_band_and_drift(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    look_at(page, LONG)
    expect(page.locator(".interests .chart")).to_be_visible()
    expect(page.locator(".spark .band").first).to_be_attached()
    expect(page.locator(".interests .moved").first).to_contain_text("more towards sci-fi")
    page.reload()
    expect(page.locator(".whose")).to_contain_text(f"Person {LONG}")


def test_one_sitting_is_told_in_words(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    look_at(page, SITTING)
    expect(page.locator(".interests .note")).to_contain_text("no trend")
    expect(page.locator(".interests .chart")).to_have_count(0)
    page.get_by_role("button", name="Switch", exact=True).click()
    page.get_by_role("button", name="Back to your page").click()
    expect(page.locator(".whose")).to_have_text(re.compile("Your page"))


def test_a_forged_id_shows_an_empty_page_of_one_s_own(fake_url: str, fake: FakeService, open_page: Open) -> None:
    victim = open_page(fake_url)
    ask(victim)
    stolen = victim.evaluate("localStorage['driftline.own']")
    thief = open_page(fake_url)
    thief.evaluate("id => { localStorage['driftline.person'] = id }", stolen)
    thief.reload()
    expect(thief.locator(".notice")).to_contain_text("cannot be opened")
    expect(thief.locator(".event")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_follows_the_system_and_the_switch(fake_url: str, open_page: Open, scheme: str) -> None:
    page = open_page(fake_url, scheme=scheme)
    background = "getComputedStyle(document.body).backgroundColor"
    first = page.evaluate(background)
    assert first == {"light": "rgb(248, 247, 243)", "dark": "rgb(18, 22, 28)"}[scheme]
    page.get_by_role("button", name="Switch between light and dark").click()
    assert page.evaluate(background) != first
    page.reload()
    page.wait_for_selector(".masthead")
    assert page.evaluate(background) != first


def test_reduced_motion_stops_the_animations(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url, motion="reduce")
    ask(page)
    assert page.evaluate("document.getAnimations().filter(a => a.playState === 'running').length") == 0


def test_markup_in_titles_and_messages_stays_text(open_page: Open) -> None:
    evil = Item(
        id="evil",
        title="<img src=x onerror=\"document.title='owned'\">",
        facets={
            "genre": ("Thriller", "Mystery", "Action", "Comedy", "Crime", "Drama", "Sci-Fi"),
            "director": ("<b>x</b>",),
        },
        numbers={"year": 2014.0, "runtime": 100.0},
    )
    with serving(FakeService(extra=[evil])) as url:
        page = open_page(url)
        page.get_by_label("Your message").fill(f"{QUERY} {evil.title}<script>1</script>")
        page.keyboard.press("Enter")
        expect(page.locator(".turn.done")).to_be_visible()
        expect(page.locator(".said")).to_contain_text("<script>1</script>")
        expect(page.locator(".card[data-item=evil] h4")).to_contain_text("<img src=x")
        page.locator(".card[data-item=evil] .verdict.like").click()
        expect(page.locator(".event[data-item=evil]")).to_contain_text("<img src=x")
        assert page.locator("#dl-page img").count() == 0
        assert page.title() == "Driftline"


def test_a_failure_is_one_line_and_gives_the_words_back(open_page: Open) -> None:
    service = FakeService()
    with serving(service) as url:
        page = open_page(url)
        service.fail = "The store is busy."
        page.get_by_label("Your message").fill("something quiet")
        page.keyboard.press("Enter")
        expect(page.locator("#dl-log .trouble")).to_contain_text("The store is busy. Try again in a moment.")
        expect(page.get_by_label("Your message")).to_have_value("something quiet")
        service.fail = ""
        page.keyboard.press("Enter")
        expect(page.locator(".turn.done")).to_be_visible()


def test_stop_keeps_what_came(open_page: Open) -> None:
    with serving(FakeService(pace=0.8)) as url:
        page = open_page(url)
        page.get_by_label("Your message").fill(QUERY)
        page.keyboard.press("Enter")
        expect(page.locator(".card").first).to_be_visible()
        page.get_by_role("button", name="Stop").click()
        expect(page.locator(".turn.stopped")).to_be_visible()
        assert page.locator(".card").count() == 6
        expect(page.get_by_role("button", name="Send")).to_be_visible()


@pytest.mark.parametrize(("state", "words"), [("loading", "loading"), ("offline", "offline")])
def test_the_model_s_state_is_visible_and_followed(open_page: Open, state: str, words: str) -> None:
    service = FakeService(state=state)
    with serving(service) as url:
        page = open_page(url)
        expect(page.locator(".status")).to_contain_text(words)
        service.status = service.status.model_copy(update={"state": "ready"})
        expect(page.locator(".status")).to_contain_text("ready", timeout=12_000)


def test_erasing_gives_an_empty_page(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    ask(page)
    before = page.evaluate("localStorage['driftline.own']")
    page.get_by_role("button", name="Switch", exact=True).click()
    page.get_by_role("button", name="Erase everything about me").click()
    page.get_by_role("button", name="Yes, erase it all").click()
    expect(page.locator(".event")).to_have_count(0)
    expect(page.locator(".welcome")).to_be_visible()
    assert page.evaluate("localStorage['driftline.own']") != before


def test_a_dial_changes_the_cards_in_place_and_reload_keeps_them(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    ask(page)
    before = titles(page)
    page.get_by_label("Familiar ↔ adventurous").focus()
    page.keyboard.press("End")
    expect(page.locator(".shifted")).to_be_visible()
    after = titles(page)
    assert after != before
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator(".move").first).to_be_visible()
    expect(page.get_by_label("Familiar ↔ adventurous")).to_be_focused()
    page.reload()
    page.wait_for_selector(".card")
    assert titles(page) == after
    expect(page.get_by_label("Familiar ↔ adventurous")).to_have_attribute("aria-valuetext", "Adventurous")


def test_months_to_come_and_known_films_are_dials_too(fake_url: str, fake: FakeService, open_page: Open) -> None:
    page = open_page(fake_url)
    ask(page)
    later = page.get_by_label("Now ↔ later")
    later.focus()
    page.keyboard.press("Home")
    expect(later).to_have_attribute("aria-valuetext", "now")
    expect(page.locator(".shifted")).to_be_visible()
    page.get_by_label("Hide what I have seen").uncheck()
    expect(page.locator(".card[data-item=tt0116282]")).to_be_visible()
    assert fake.dials == (None, 0, True)


def titles(page: Page) -> list[str]:
    return [card.get_attribute("data-item") or "" for card in page.locator(".cards .card").all()]


@BOTH
def test_why_is_told_tried_and_changed_in_the_drawer(fake_url: str, open_page: Open, viewport: ViewportSize) -> None:
    page = open_page(fake_url, viewport)
    ask(page)
    why = page.locator(".card").first.get_by_role("button", name=re.compile("^Why"))
    why.focus()
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog", name=re.compile("^Why"))
    expect(drawer.locator(".arithmetic")).to_be_visible()
    expect(drawer.locator(".kept")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    drawer.get_by_role("button", name="What would change without Alien?").click()
    expect(drawer.locator(".preview")).to_contain_text("Without Alien")
    drawer.get_by_role("button", name="Remove Alien from your timeline").click()
    expect(drawer.locator(".notice")).to_contain_text("Alien is off your timeline")
    expect(page.locator(".event[data-item=tt0078748]")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()


def test_the_focus_returns_to_the_card_that_was_asked_about(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    ask(page)
    card = page.locator(".card").nth(2)
    card.focus()
    page.keyboard.press("w")
    expect(page.locator(".drawer .kept")).to_be_visible()
    page.keyboard.press("Escape")
    expect(card.locator(".why")).to_be_focused()


def test_arrows_move_among_cards_and_slash_writes(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    ask(page)
    page.locator(".card").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".card").nth(1)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".card").last).to_be_focused()
    page.keyboard.press("l")
    expect(page.locator(".card").last.locator(".verdict.like")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("/")
    expect(page.get_by_label("Your message")).to_be_focused()
    expect(page.get_by_label("Your message")).to_have_value("")


def test_the_last_message_is_edited_in_place(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    ask(page)
    page.get_by_role("button", name="Edit", exact=True).click()
    box = page.get_by_label("Your message")
    expect(box).to_have_value(QUERY)
    expect(page.locator(".editing")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".editing")).to_be_hidden()
    expect(box).to_have_value("")
    page.get_by_role("button", name="Edit", exact=True).click()
    box.fill("I loved Heat")
    page.keyboard.press("Enter")
    expect(page.locator(".turn.done .said")).to_have_text("I loved Heat")
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator(".event[data-kind=like]")).to_have_count(1)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".turn.running")).to_be_visible()
    expect(page.locator(".turn.done .said")).to_have_text("I loved Heat")
    expect(page.locator(".turn")).to_have_count(1)


def test_an_answer_is_copied_and_a_conversation_taken_along(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page)
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert "None of them is a horror film" in page.evaluate("navigator.clipboard.readText()")
    page.get_by_role("button", name="Switch", exact=True).click()
    for name, begin in (("Markdown", "# "), ("JSON", "{")):
        with page.expect_download() as download:
            page.get_by_role("button", name=name, exact=True).last.click()
        kept = Path(download.value.path()).read_text(encoding="utf-8")
        assert kept.startswith(begin)
        assert QUERY in kept


def test_conversations_are_searched_renamed_shared_and_deleted(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page)
    page.get_by_role("button", name=re.compile("^New")).click()
    expect(page.locator(".welcome")).to_be_visible()
    ask(page, "I loved Heat")
    page.get_by_role("button", name="Switch", exact=True).click()
    threads = page.locator(".threads > li")
    expect(threads).to_have_count(2)
    page.get_by_label("Search titles and words").fill("gory")
    expect(threads).to_have_count(1)
    threads.locator("summary").click()
    threads.get_by_label("Title").fill("Tense evenings")
    threads.get_by_role("button", name="Save").click()
    expect(threads.locator("b")).to_have_text("Tense evenings")
    threads.locator("summary").click()
    threads.get_by_role("button", name="Copy a link").click()
    expect(threads.get_by_role("button", name="Link copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    page.goto(link)
    expect(page.locator(".said")).to_have_text(QUERY)
    assert "?" not in page.url

    stranger = open_page(link)
    expect(stranger.locator(".notice")).to_contain_text("another browser")
    expect(stranger.locator(".turn")).to_have_count(0)

    page.get_by_role("button", name="Switch", exact=True).click()
    mine = threads.filter(has_text="Tense evenings")
    mine.locator("summary").click()
    mine.get_by_role("button", name="Delete").click()
    mine.get_by_role("button", name="Yes, delete it").click()
    expect(threads).to_have_count(1)
    expect(page.locator(".turn")).to_have_count(0)


def test_a_quick_reply_is_sent_with_one_press(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    ask(page)
    first = page.locator(".card h4").first.inner_text().split(" 2")[0].split(" 1")[0]
    page.get_by_role("button", name="More like the first").click()
    expect(page.locator(".said").last).to_have_text(f"More like {first}")
    expect(page.locator(".turn.done")).to_have_count(2)
    expect(page.locator(".quick")).to_have_count(1)


def test_what_was_loved_comes_up_with_its_day(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    ask(page)
    page.get_by_role("button", name="What I loved").click()
    drawer = page.get_by_role("dialog", name="What you loved")
    expect(drawer.locator(".loved li")).to_have_count(2)
    expect(drawer).to_contain_text("Liked, ")
    drawer.get_by_role("button", name="More like this").first.click()
    expect(drawer).to_be_hidden()
    expect(page.locator(".turn.done")).to_have_count(2)


def test_a_person_of_the_staff_takes_over_and_hands_back(fake_url: str, fake: FakeService, open_page: Open) -> None:
    page = open_page(fake_url)
    ask(page)
    own = page.evaluate("localStorage['driftline.own']")
    conversation = page.evaluate("localStorage['driftline.conversation']")
    page.get_by_role("button", name="Talk to a person").click()
    expect(page.locator(".banner")).to_contain_text("One will be with you")
    page.get_by_label("Your message").fill("it never came")
    page.keyboard.press("Enter")
    expect(page.locator(".waiting-person")).to_be_visible()
    fake.desk.take("Maria", own, conversation)
    fake.desk.say("Maria", own, conversation, "I am looking for it.")
    expect(page.locator(".turn.staff")).to_contain_text("I am looking for it.", timeout=8_000)
    expect(page.locator(".turn.staff .author")).to_have_text("Maria")
    expect(page.locator(".banner")).to_contain_text("You are talking to Maria")
    expect(page.get_by_placeholder("Write to Maria")).to_be_visible()
    fake.desk.hand_back(own, conversation)
    expect(page.locator(".banner")).to_contain_text("Driftline again", timeout=8_000)


def test_the_page_speaks_chinese_and_remembers_it(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    ask(page)
    page.get_by_role("button", name="中文: switch to Chinese").click()
    expect(page.get_by_role("button", name="发送")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "zh"
    expect(page.locator(".card .verdict.like").first).to_contain_text("喜欢")
    page.reload()
    expect(page.get_by_role("button", name="发送")).to_be_visible()
    page.get_by_role("button", name="English：切换到英文").click()
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_visible()
