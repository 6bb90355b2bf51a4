from __future__ import annotations

from datetime import UTC, datetime

from agent.relay.wording import left_out, of_staff, reply_of, whole
from core.results import Recommendation
from core.turns import Turn

HEAT = Recommendation(id="1", title="Heat", year=1995, score=1.0)
RONIN = Recommendation(id="2", title="Ronin", score=0.5)


def turn(reply: str, author: str = "driftline", items: tuple[Recommendation, ...] = (), text: str = "hi") -> Turn:
    return Turn(
        conversation_id="c",
        turn=0,
        user_id="ann",
        at=datetime(2024, 6, 1, tzinfo=UTC),
        text=text,
        reply=reply,
        author=author,
        items=items,
    )


def test_titles_that_the_reply_leaves_out_are_listed() -> None:
    assert left_out(turn("Heat, and more.", items=(HEAT, RONIN))) == "- Ronin"
    assert whole(turn("Two films.", items=(HEAT, RONIN))) == "Two films.\n\n- Heat (1995)\n- Ronin"
    assert whole(turn("Heat and Ronin.", items=(HEAT, RONIN))) == "Heat and Ronin."


def test_where_nobody_has_replied_that_is_said() -> None:
    assert "member of staff" in reply_of(turn("", author=""))


def test_what_staff_said_carries_their_name() -> None:
    maria = turn("I have sent it again.", author="maria", text="")
    assert of_staff([maria]) == "maria: I have sent it again."
    assert whole(turn("Welcome back!"), [maria]) == "maria: I have sent it again.\n\nWelcome back!"
