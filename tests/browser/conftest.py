"""A browser, the page over the tests' service, and the product itself."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect, sync_playwright

from tests.ui.web.desk.fake import ShopService
from tests.ui.web.fake import FakeService
from ui.web.app import mount
from ui.web.desk.access import Access
from ui.web.desk.app import mount_desk

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
]
WIDE, NARROW = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)

BOTH = pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1440", "390"])
QUERY = "I loved Alien and Fargo, something tense but not gory, after 1990"

Open = Callable[..., Page]

LogIn = Callable[..., Page]
PROMPTLY = 8_000
"""Milliseconds within which what one end says has to stand on the other: two seconds, and room for a busy machine."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(service: FakeService) -> Iterator[str]:
    """The page over a service, at the yielded address."""
    port = free_port()
    app = mount(FastAPI(), service)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="critical", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    wait_for(f"http://127.0.0.1:{port}/", 60)
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.should_exit = True
        thread.join(10)


def wait_for(url: str, seconds: float, alive: Callable[[], bool] = lambda: True) -> None:
    """Return when the address answers; fail when it does not in time or its process ends."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and alive():
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"{url} did not answer within {seconds:.0f} s")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        expect.set_options(timeout=15_000)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens an address in a fresh profile; a script error on any page fails the test."""
    contexts, errors = [], []

    def open_at(url: str, viewport: ViewportSize = WIDE, scheme: str = "light", motion: str = "no-preference") -> Page:
        context = browser.new_context(
            viewport=viewport,
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce" if motion == "reduce" else "no-preference",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(url)
        page.wait_for_selector(".masthead")
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert not errors


@pytest.fixture(scope="session")
def fake() -> FakeService:
    return FakeService(pace=0.02)


@pytest.fixture(scope="session")
def uploads(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where Gradio keeps what browsers send; a page takes it over when it is mounted."""
    folder = tmp_path_factory.mktemp("uploads")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADIO_TEMP_DIR", str(folder))
        yield folder


@pytest.fixture(scope="session")
def fake_url(fake: FakeService, uploads: Path) -> Iterator[str]:
    with serving(fake) as url:
        yield url


@pytest.fixture(scope="session")
def product_url() -> Iterator[str]:
    """`driftline serve` on the demonstration workspace."""
    home = os.environ.get("DRIFTLINE_DEMO_HOME")
    if not home:
        pytest.fail("DRIFTLINE_DEMO_HOME is not set: `make data` prepares the workspace, `make unit` sets it.")
    port = free_port()
    process = subprocess.Popen(
        [str(Path(sys.executable).parent / "driftline"), "serve", "--port", str(port)],
        env={**os.environ, "DRIFTLINE_HOME": home},
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/readyz", 90, lambda: process.poll() is None)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


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


def titles(page: Page) -> list[str]:
    return [card.get_attribute("data-item") or "" for card in page.locator(".cards .card").all()]


class Shop:
    """A running shop: its service, its door and its address."""

    def __init__(self) -> None:
        self.service = ShopService()
        self.access = Access({"maria": "pw-maria", "tom": "pw-tom"}, ("tom",))
        self.url = ""


@contextmanager
def serving_shop(shop: Shop) -> Iterator[Shop]:
    port = free_port()
    app = mount(mount_desk(FastAPI(), shop.service, shop.access), shop.service)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="critical", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    shop.url = f"http://127.0.0.1:{port}/"
    wait_for(f"{shop.url}desk/login", 60)
    try:
        yield shop
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def shop() -> Iterator[Shop]:
    with serving_shop(Shop()) as running:
        yield running


@pytest.fixture
def log_in(browser: Browser) -> Iterator[LogIn]:
    """Opens the desk in a fresh profile as somebody; a script error on any page fails the test."""
    contexts, errors = [], []

    def log_in_at(url: str, name: str = "maria", viewport: ViewportSize = WIDE, scheme: str = "light") -> Page:
        context = browser.new_context(
            viewport=viewport, color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{url}desk/")
        page.get_by_label("Your name").fill(name)
        if page.get_by_label("Password").count():
            page.get_by_label("Password").fill(f"pw-{name}")
        page.get_by_role("button", name="Log in").click()
        page.wait_for_selector(".dk-queue")
        return page

    yield log_in_at
    for context in contexts:
        context.close()
    assert not errors


def take(page: Page) -> None:
    """Open who stands first and take over."""
    page.locator(".dk-thread").first.click()
    expect(page.locator(".dk-head")).to_be_visible()
    page.keyboard.press("t")
    expect(page.locator(".dk-draft.on")).to_be_visible()


def last(page: Page) -> Locator:
    """The last bubble's words."""
    return page.locator(".dk-bubble .dk-words").last
