"""The page over the tests' service: layout, keyboard, colours, languages, nothing from elsewhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import ViewportSize, expect

from core.types import Item
from tests.browser.conftest import BOTH, NARROW, QUERY, WIDE, Open, ask, serving, turn_to_panel
from tests.ui.web.fake import FakeService

pytestmark = pytest.mark.browser


def test_only_this_server_is_asked_for_anything(fake_url: str, open_page: Open) -> None:
    page = open_page(fake_url)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    ask(page)
    assert asked
    assert [url for url in asked if not url.startswith((fake_url, "data:"))] == []


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


@pytest.mark.parametrize(("state", "words"), [("loading", "loading"), ("offline", "offline")])
def test_the_model_s_state_is_visible_and_followed(open_page: Open, state: str, words: str) -> None:
    service = FakeService(state=state)
    with serving(service) as url:
        page = open_page(url)
        expect(page.locator(".status")).to_contain_text(words)
        service.status = service.status.model_copy(update={"state": "ready"})
        expect(page.locator(".status")).to_contain_text("ready", timeout=12_000)


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
