from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.ui.web.fake import FakeService
from ui.web.app import head, mount


def app_over(token: str = "") -> TestClient:
    app = FastAPI()

    @app.get("/healthz")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    return TestClient(mount(app, FakeService(), token))


@pytest.fixture(scope="module")
def client() -> TestClient:
    return app_over()


def test_the_page_is_served_beside_the_application_s_own_routes(client: TestClient) -> None:
    html = client.get("/").text
    assert re.search(r'"title":\s*"Driftline"', html)
    assert re.search(r'<html\s+lang="en"', html)
    assert client.get("/healthz").json() == {"status": "ok"}


def test_no_telemetry_and_no_public_endpoints(client: TestClient) -> None:
    assert client.get("/config").json()["analytics_enabled"] is False
    assert client.get("/gradio_api/info").json()["named_endpoints"] == {}


def test_style_and_script_stand_in_the_page_itself() -> None:
    html = head()
    for part in ("window.driftline", "--accent", 'rel="icon"', 'name="description"'):
        assert part in html


def test_a_token_closes_the_page() -> None:
    guarded = app_over("s3cret")
    assert guarded.get("/config").status_code == 401
    assert guarded.post("/login", data={"username": "me", "password": "wrong"}).status_code == 400
    assert guarded.post("/login", data={"username": "me", "password": "s3cret"}).status_code == 200
    assert guarded.get("/config").status_code == 200


def test_a_file_that_was_sent_and_never_read_does_not_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    monkeypatch.setattr("ui.web.app._LEFT_OVER", 1)
    with app_over() as client:
        sent = Path(client.post("/gradio_api/upload", files={"files": ("a.csv", b"Title\nAlien\n")}).json()[0])
        assert sent.is_relative_to(tmp_path)
        assert sent.exists()
        until = time.monotonic() + 20
        while sent.exists() and time.monotonic() < until:
            time.sleep(0.1)
        assert not sent.exists()
