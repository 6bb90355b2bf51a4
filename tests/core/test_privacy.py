from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.privacy import redact


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("write to ann.lee+films@example.co.uk please", "write to [email] please"),
        ("ring +44 20 7946 0958 or 020 7946 0958", "ring [phone] or [phone]"),
        ("card 4111 1111 1111 1111, thanks", "card [card], thanks"),
        ("IBAN GB82 WEST 1234 5698 7654 32 is mine", "IBAN [account] is mine"),
    ],
)
def test_personal_data_is_replaced(text: str, redacted: str) -> None:
    assert redact(text) == redacted


@pytest.mark.parametrize(
    "text",
    [
        "I loved 2001: A Space Odyssey and Blade Runner 2049, nothing over 120 minutes",
        "between 1990 and 2000, under £20.50",
        "order 4111 1111 1111 1112 is not a card number",
        "films from 1995-2005, 12 Angry Men (1957)",
    ],
)
def test_years_prices_and_titles_stay(text: str) -> None:
    assert redact(text) == text


@given(st.text(alphabet="ab@.+0123456789 -()[]", max_size=60))
def test_redacting_twice_changes_nothing(text: str) -> None:
    assert redact(redact(text)) == redact(text)
