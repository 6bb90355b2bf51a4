from __future__ import annotations

import csv
import io

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr

from core.settings import Settings
from tests.ui.web.desk.fake import ShopService
from ui.web.desk.access import COOKIE, Access
from ui.web.desk.app import access_of, mount_desk


@pytest.fixture(scope="module")
def service() -> ShopService:
    return ShopService()


def app_over(service: ShopService, access: Access, base: str = "http://localhost") -> TestClient:
    app = FastAPI()

    @app.get("/healthz")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    return TestClient(mount_desk(app, service, access), base_url=base, follow_redirects=False)


@pytest.fixture
def client(service: ShopService) -> TestClient:
    return app_over(service, Access({"maria": "pw-maria", "tom": "pw-tom"}, ("tom",)))


def log_in(client: TestClient, name: str = "maria") -> None:
    answer = client.post("/desk/login", data={"name": name, "password": f"pw-{name}"})
    assert answer.status_code == 303


def test_a_stranger_is_led_to_the_login_and_reaches_nothing_else(client: TestClient) -> None:
    for path in ("/desk", "/desk/"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/desk/login")
    for path in (
        "/desk/config",
        "/desk/gradio_api/info",
        "/desk/audit.csv",
        "/desk/gradio_api/queue/data",
        "/desk/%2e",
    ):
        assert client.get(path).status_code == 401, path
    assert client.post("/desk/gradio_api/queue/join", json={}).status_code == 401
    assert client.get("/healthz").status_code == 200


def test_the_login_opens_the_page_with_a_guarded_cookie(client: TestClient) -> None:
    assert "Log in with your name and password" in client.get("/desk/login").text
    answer = client.post("/desk/login", data={"name": "maria", "password": "pw-maria"})
    cookie = answer.headers["set-cookie"].casefold()
    for part in ("httponly", "samesite=lax", "path=/desk", "max-age=43200"):
        assert part in cookie
    assert client.get("/desk/").status_code == 200
    assert client.get("/desk/whoami").json() == {"agent": "maria"}
    assert client.get("/desk/config").json()["username"] == "maria"


def test_the_cookie_is_secure_where_the_page_is(service: ShopService) -> None:
    client = app_over(service, Access({"maria": "pw-maria"}), "https://desk.example.org")
    answer = client.post("/desk/login", data={"name": "maria", "password": "pw-maria"})
    assert "secure" in answer.headers["set-cookie"].casefold()


def test_a_wrong_password_keeps_the_name_and_says_so_in_one_line(client: TestClient) -> None:
    answer = client.post("/desk/login", data={"name": 'mar"ia', "password": "pw-tom"})
    assert answer.status_code == 401
    assert "That name and password do not fit." in answer.text
    assert "mar&#34;ia" in answer.text
    assert "pw-tom" not in answer.text
    assert COOKIE not in client.cookies


def test_the_sixth_guess_waits(client: TestClient) -> None:
    for _ in range(5):
        client.post("/desk/login", data={"name": "maria", "password": "guess"})
    answer = client.post("/desk/login", data={"name": "maria", "password": "pw-maria"})
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "600"


def test_logging_out_ends_it(client: TestClient) -> None:
    log_in(client)
    assert client.post("/desk/logout").status_code == 303
    assert client.get("/desk/whoami").status_code == 401


def test_another_s_session_is_not_taken(client: TestClient) -> None:
    client.cookies.set(COOKIE, "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ0b20ifQ.")
    assert client.get("/desk/whoami").status_code == 401


def test_the_trail_as_csv_is_for_supervisors_and_no_formula(service: ShopService, client: TestClient) -> None:
    service.shop._note("maria", "sent", service.waiting, '=HYPERLINK("http://x")')
    log_in(client)
    assert client.get("/desk/audit.csv").status_code == 403
    log_in(client, "tom")
    answer = client.get("/desk/audit.csv", params={"agent": "maria", "conversation": service.waiting})
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert rows[0] == ["id", "at", "agent", "action", "customer", "conversation", "detail"]
    assert {row[2] for row in rows[1:]} == {"maria"}
    assert rows[1][6] == '\'=HYPERLINK("http://x")'
    assert "attachment" in answer.headers["content-disposition"]


def test_without_accounts_there_is_a_desk_on_this_machine_only(service: ShopService) -> None:
    client = app_over(service, Access(local=True))
    page = client.get("/desk/login").text
    assert "only a name is asked" in page
    assert 'type="password"' not in page
    assert client.post("/desk/login", data={"name": "ann"}).status_code == 303
    assert client.get("/desk/whoami").json() == {"agent": "ann"}
    assert client.get("/desk/login", headers={"host": "evil.example.org"}).status_code == 403

    closed = app_over(service, Access(local=False))
    for path in ("/desk/", "/desk/login", "/desk/whoami"):
        answer = closed.get(path, headers={"accept-language": "zh-CN"})
        assert answer.status_code == 403
    assert "DRIFTLINE_DESK_AGENTS" in answer.text
    assert "工作台未开放" in answer.text


def test_the_settings_make_the_door() -> None:
    settings = Settings(desk_agents={"maria": SecretStr("pw")}, desk_supervisors=("maria",), api_token=SecretStr("t"))
    access = access_of(settings, "0.0.0.0")
    assert (access.asks, access.local, access.supervises("maria")) == ("password", False, True)
    assert access_of(Settings(), "127.0.0.1").local
