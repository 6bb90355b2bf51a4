"""A typed client of the HTTP API: ``with Driftline(url, token) as driftline: driftline.recommendations.get(…)``."""

from ui.client.client import Driftline
from ui.client.errors import ApiError, Conflict, Invalid, NotFound, NotReady, ServerFault, Unauthorised, Unreachable

__all__ = [
    "ApiError",
    "Conflict",
    "Driftline",
    "Invalid",
    "NotFound",
    "NotReady",
    "ServerFault",
    "Unauthorised",
    "Unreachable",
]
