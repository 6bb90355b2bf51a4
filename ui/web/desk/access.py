"""Who may use the desk: accounts, signed sessions that expire, and a brake on guessing."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections import deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

import jwt

from core.errors import DriftlineError

COOKIE = "driftline_desk"
LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})

_ALGORITHM = "HS256"
_LONGEST_NAME = 60
_TRIES_OF_A_NAME, _TRIES_OF_AN_ADDRESS = 5, 20
_WINDOW = 600.0
_MOST_KEYS = 10_000


class RefusedError(DriftlineError):
    """A login that was turned down; ``reason`` names the words for it in the page's texts."""

    def __init__(self, reason: Literal["wrong", "no_name", "too_many"]) -> None:
        super().__init__(f"The login was refused: {reason}.")
        self.reason = reason


@dataclass
class Brake:
    """Counts failures per key within a window; thread-safe enough for a login, since a lost count is one guess more."""

    clock: Callable[[], float] = time.monotonic
    failures: dict[str, deque[float]] = field(default_factory=dict)

    def count(self, key: str) -> int:
        """Failures of a key within the window."""
        times = self.failures.get(key)
        while times and times[0] < self.clock() - _WINDOW:
            times.popleft()
        if not times:
            self.failures.pop(key, None)
            return 0
        return len(times)

    def failed(self, key: str) -> None:
        """Note one failure."""
        if len(self.failures) >= _MOST_KEYS:
            self.failures.pop(next(iter(self.failures)))
        self.failures.setdefault(key, deque()).append(self.clock())

    def forget(self, key: str) -> None:
        """A success ends the count."""
        self.failures.pop(key, None)


class Access:
    """The desk's door.

    With accounts it asks for a name and its password; without, only for a name (and for the workspace's token, if it
    has one), and then only where nobody else can reach the page.

    Args:
        accounts: name to password.
        supervisors: names that may see the supervisor's page; without accounts and without supervisors, everybody may.
        token: the workspace's API token.
        local: whether the server listens on this machine only.
        lifetime: seconds that a login lasts.
        clock: seconds since the epoch.
    """

    def __init__(
        self,
        accounts: Mapping[str, str] | None = None,
        supervisors: Collection[str] = (),
        token: str = "",
        local: bool = True,
        lifetime: int = 12 * 3600,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.accounts = dict(accounts or {})
        self.supervisors = frozenset(supervisors)
        self.token = token
        self.local = local
        self.lifetime = lifetime
        self.clock = clock
        self.brake = Brake(clock)
        # Made anew with every start: a restart logs everybody out, and so does a changed password with it.
        self._key = secrets.token_bytes(32)

    @property
    def asks(self) -> Literal["password", "token", "name"]:
        """What the login asks for beside the name."""
        if self.accounts:
            return "password"
        return "token" if self.token else "name"

    @property
    def served(self) -> bool:
        """Whether there is a desk at all: a name alone is no lock where others can reach the page."""
        return self.asks != "name" or self.local

    def admits_host(self, host: str) -> bool:
        """Whether a request's Host header fits: without any secret the page answers to this machine's names alone."""
        if self.asks != "name":
            return True
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        return name.strip("[]").casefold() in LOCAL_HOSTS

    def admit(self, name: str, password: str, address: str) -> str:
        """A session for who proves to be who they say.

        Raises:
            RefusedError: the name is missing, the password is wrong, or there were too many failures.
        """
        name = " ".join(name.split())
        if not name or len(name) > _LONGEST_NAME or not name.isprintable() or name.casefold() == "driftline":
            raise RefusedError("no_name")
        mine, from_there = f"{address}\x1f{name.casefold()}", f"{address}\x1f"
        if self.brake.count(mine) >= _TRIES_OF_A_NAME or self.brake.count(from_there) >= _TRIES_OF_AN_ADDRESS:
            raise RefusedError("too_many")
        if not self._proves(name, password):
            self.brake.failed(mine)
            self.brake.failed(from_there)
            raise RefusedError("wrong")
        self.brake.forget(mine)
        now = int(self.clock())
        return jwt.encode({"sub": name, "iat": now, "exp": now + self.lifetime}, self._key, _ALGORITHM)

    def agent_of(self, session: str | None) -> str | None:
        """Whose session this is; None for one that is forged, expired, or of an account that is gone."""
        if not session:
            return None
        try:
            claims = jwt.decode(
                session,
                self._key,
                algorithms=[_ALGORITHM],
                options={"require": ["sub", "exp"], "verify_exp": False, "verify_iat": False},
            )
        except jwt.InvalidTokenError:
            return None
        name = str(claims["sub"])
        if float(claims["exp"]) <= self.clock() or (self.accounts and name not in self.accounts):
            return None
        return name

    def supervises(self, name: str) -> bool:
        """Whether somebody may see the supervisor's page."""
        return name in self.supervisors or not (self.supervisors or self.accounts)

    def _proves(self, name: str, password: str) -> bool:
        if self.asks == "name":
            return True
        expected = self.token if self.asks == "token" else self.accounts.get(name)
        # An unknown name costs the same comparison, and digests make all of them equally long.
        same = hmac.compare_digest(_digest(password), _digest(expected or ""))
        return same and bool(expected)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
