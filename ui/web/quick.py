"""Quick replies: what can be said next with one press, from what the answer offers."""

from __future__ import annotations

from markupsafe import Markup

from ui.web import words
from ui.web.session import BOT, TurnView
from ui.web.texts import text

_MOST = 4


def replies(turn: TurnView, language: str) -> list[tuple[str, str]]:
    """Labels in the page's language with the words that they send, which the engine reads in English."""
    if turn.state != "done" or turn.author != BOT:
        return []
    if turn.choices:
        return [(choice, choice) for choice in turn.choices]
    if turn.slate and not turn.items:
        relaxed = sorted(turn.slate.relaxations, key=lambda each: -each.count)
        return [
            (
                text(language, "chat.drop", limit=words.limit(each.constraint, language)),
                f"Any {_name(each.constraint)} is fine, show me what there is",
            )
            for each in relaxed[:_MOST]
            if each.count
        ]
    if not turn.items:
        return []
    offered = [
        (
            text(language, "chat.more_like_first"),
            text(language, "chat.more_like_first_words", title=turn.items[0].title),
        )
    ]
    offered += [(text(language, f"chat.{name}"), text(language, f"chat.{name}_words")) for name in ("lighter", "other")]
    return offered


def _name(constraint: str) -> str:
    """What a limit is about: "not genre: Horror" is about the genre, "year >= 1991" about the year."""
    about = constraint.removeprefix("not ")
    return (about.split(":", 1)[0] if ":" in about else about.split(" ", 1)[0]).strip()


def quick(turn: TurnView, language: str) -> Markup:
    """The quick replies under an answer."""
    found = replies(turn, language)
    if not found:
        return Markup("")
    chips = Markup("").join(
        Markup(
            '<li><button type="button" class="chip" data-do="example" data-send="1" data-text="{}">{}</button></li>'
        ).format(said, label)
        for label, said in found[:_MOST]
    )
    return Markup('<ul class="quick" aria-label="{}">{}</ul>').format(text(language, "chat.quick"), chips)
