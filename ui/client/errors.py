"""Why a call failed, as exceptions.

ApiError                the server answered with a problem; ``problem`` has all of it
├── Unauthorised        401
├── NotFound            404
├── Conflict            409
├── Invalid             400, 413, 415, 422; ``problem.errors`` lists every field that cannot be used
└── ServerFault         5xx
    └── NotReady        503
Unreachable             no answer came
"""

from __future__ import annotations

from core.wire.answers import Problem


class ApiError(Exception):
    """The server answered with a problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.status} {problem.title}: {problem.detail} {problem.remedy}".strip())
        self.problem = problem


class Unauthorised(ApiError):  # noqa: N818 - these names are read after "except", where "Error" says nothing more
    """The token is missing or wrong."""


class NotFound(ApiError):  # noqa: N818
    """There is nothing of that id."""


class Conflict(ApiError):  # noqa: N818
    """Another request with this key is still being answered."""


class Invalid(ApiError):  # noqa: N818
    """The request cannot be used."""


class ServerFault(ApiError):  # noqa: N818
    """Something went wrong at the server."""


class NotReady(ServerFault):
    """The server cannot answer yet."""


class Unreachable(Exception):  # noqa: N818
    """No answer came."""


_BY_STATUS: dict[int, type[ApiError]] = {401: Unauthorised, 404: NotFound, 409: Conflict, 503: NotReady}


def of_problem(problem: Problem) -> ApiError:
    """The exception of a problem."""
    fallback = ServerFault if problem.status >= 500 else Invalid
    return _BY_STATUS.get(problem.status, fallback)(problem)
