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
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.ui.web.fake import FakeService
from ui.web.app import mount

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

Open = Callable[..., Page]


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
def fake_url(fake: FakeService) -> Iterator[str]:
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
