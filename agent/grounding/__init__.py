"""Nothing unsupported is said: every sentence of a reply is checked against the evidence of the turn.

`check` finds the claims of one sentence (claims/, a module for each kind) and says which the evidence supports; a
sentence with an unsupported claim is repaired where the evidence gives exactly one right value, and dropped otherwise.
`SentenceStream` does this while the text is still being written.
"""

from __future__ import annotations

from agent.grounding.checking import Verdict, check, check_text
from agent.grounding.claims import Claim
from agent.grounding.evidence import Evidence, Facts
from agent.grounding.stream import SentenceStream

__all__ = ["Claim", "Evidence", "Facts", "SentenceStream", "Verdict", "check", "check_text"]
