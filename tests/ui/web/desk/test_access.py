from __future__ import annotations

import jwt
import pytest

from ui.web.desk.access import Access, RefusedError


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def access(clock: Clock) -> Access:
    return Access({"maria": "pw-maria", "tom": "pw-tom"}, ("tom",), clock=clock)


def refused(access: Access, name: str, password: str, address: str = "10.0.0.1") -> str:
    with pytest.raises(RefusedError) as caught:
        access.admit(name, password, address)
    return caught.value.reason


def test_the_right_password_opens_a_session_of_that_name(access: Access) -> None:
    assert access.agent_of(access.admit(" maria ", "pw-maria", "10.0.0.1")) == "maria"


@pytest.mark.parametrize(
    ("name", "password"),
    [("maria", "pw-tom"), ("maria", ""), ("nobody", "pw-maria"), ("Maria", "pw-maria"), ("tom", "pw")],
)
def test_a_wrong_password_and_a_name_of_somebody_else_are_refused(access: Access, name: str, password: str) -> None:
    assert refused(access, name, password) == "wrong"


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\x07b", "Driftline"])
def test_a_name_has_to_be_one(access: Access, name: str) -> None:
    assert refused(access, name, "pw-maria") == "no_name"


def test_a_session_expires(access: Access, clock: Clock) -> None:
    session = access.admit("maria", "pw-maria", "10.0.0.1")
    clock.now += access.lifetime - 1
    assert access.agent_of(session) == "maria"
    clock.now += 1
    assert access.agent_of(session) is None


def test_a_session_cannot_be_forged_or_carried_to_another_server(access: Access, clock: Clock) -> None:
    session = access.admit("maria", "pw-maria", "10.0.0.1")
    claims = jwt.decode(session, options={"verify_signature": False})
    other = Access({"maria": "pw-maria", "tom": "pw-tom"}, clock=clock)
    assert other.agent_of(session) is None
    assert access.agent_of(jwt.encode({**claims, "sub": "tom"}, b"k" * 32, "HS256")) is None
    assert access.agent_of(jwt.encode({**claims, "sub": "tom"}, "", "none")) is None
    head, body, seal = session.split(".")
    assert access.agent_of(f"{head}.{body[:-2]}AA.{seal}") is None
    assert access.agent_of(None) is None
    assert access.agent_of("nonsense") is None


def test_a_session_ends_with_its_account(access: Access) -> None:
    session = access.admit("maria", "pw-maria", "10.0.0.1")
    del access.accounts["maria"]
    assert access.agent_of(session) is None


def test_guessing_is_braked_per_name_and_address_and_ends_after_a_while(access: Access, clock: Clock) -> None:
    for _ in range(5):
        assert refused(access, "maria", "guess") == "wrong"
    assert refused(access, "maria", "pw-maria") == "too_many"
    assert access.admit("maria", "pw-maria", "10.0.0.2")
    assert access.admit("tom", "pw-tom", "10.0.0.1")
    clock.now += 601
    assert access.admit("maria", "pw-maria", "10.0.0.1")


def test_one_address_cannot_try_all_names(access: Access) -> None:
    for number in range(20):
        refused(access, f"name{number}", "guess")
    assert refused(access, "tom", "pw-tom") == "too_many"


def test_a_success_forgets_the_failures_before_it(access: Access) -> None:
    for _ in range(3):
        for _ in range(4):
            refused(access, "maria", "guess")
        assert access.admit("maria", "pw-maria", "10.0.0.1")


def test_without_accounts_the_token_is_the_password() -> None:
    access = Access(token="s3cret", local=False)
    assert access.served
    assert access.asks == "token"
    assert access.agent_of(access.admit("ann", "s3cret", "10.0.0.1")) == "ann"
    assert refused(access, "ann", "wrong") == "wrong"


def test_a_name_alone_serves_only_this_machine() -> None:
    assert not Access(local=False).served
    access = Access(local=True)
    assert access.agent_of(access.admit("ann", "", "127.0.0.1")) == "ann"
    assert access.admits_host("127.0.0.1:8470")
    assert access.admits_host("[::1]:8470")
    assert access.admits_host("localhost")
    assert not access.admits_host("desk.example.org")
    assert Access({"maria": "x"}, local=False).admits_host("desk.example.org")


def test_who_supervises() -> None:
    assert Access().supervises("ann")
    assert not Access({"ann": "x"}).supervises("ann")
    assert Access({"ann": "x"}, ("ann",)).supervises("ann")
    assert not Access(supervisors=("tom",)).supervises("ann")
