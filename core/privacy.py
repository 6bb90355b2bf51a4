"""Redaction of personal data in text before it is stored.

Patterns follow the public formats: RFC 5322 addresses in their common form, ITU E.164 telephone numbers, ISO 13616
IBANs (checked modulo 97) and ISO/IEC 7812 card numbers (checked with Luhn's algorithm), so that years, prices and
running times stay as they are.
"""

from __future__ import annotations

import re

_EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_CARD = re.compile(r"\b\d(?:[ -]?\d){12,18}\b")
_PHONE = re.compile(
    r"(?<![\w.])(?:\+|00)\d(?:[ ().-]{0,2}\d){7,14}\b|(?<![\w.])\(?0\d{2,4}\)?[ .-]\d{2,4}[ .-]?\d{2,5}\b"
)


def _luhn(digits: str) -> bool:
    total = 0
    for index, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if index % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _iban(text: str) -> bool:
    compact = text.replace(" ", "")
    return int("".join(str(int(char, 36)) for char in compact[4:] + compact[:4])) % 97 == 1


def redact(text: str) -> str:
    """The text with e-mail addresses, telephone, card and account numbers replaced by ``[email]``, ``[phone]``, ...

    Idempotent: redacting a redacted text changes nothing.
    """
    text = _EMAIL.sub("[email]", text)
    text = _IBAN.sub(lambda found: "[account]" if _iban(found[0]) else found[0], text)
    text = _CARD.sub(lambda found: "[card]" if _luhn(re.sub(r"\D", "", found[0])) else found[0], text)
    return _PHONE.sub("[phone]", text)
