"""Whether a webhook is Chatwoot's: its HMAC-SHA256 over the time of sending and the body."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

FRESH = 300.0
"""Seconds that a signature stays good, so that a recorded request cannot be sent again later."""


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """The value of ``X-Chatwoot-Signature``."""
    digest = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={digest.hexdigest()}"


def genuine(secret: str, timestamp: str, body: bytes, given: str, now: datetime) -> bool:
    """Whether a signature is right and fresh."""
    try:
        age = abs(now.timestamp() - float(timestamp))
    except ValueError:
        return False
    return age <= FRESH and hmac.compare_digest(sign(secret, timestamp, body).encode(), given.encode())
