"""A conversation to take along, as Markdown or JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from core.results import Recommendation
from core.turns import Turn
from ui.web import words
from ui.web.session import BOT
from ui.web.texts import text

TYPES = {"markdown": ("md", "text/markdown"), "json": ("json", "application/json")}


def markdown(title: str, turns: Sequence[Turn], language: str) -> str:
    """The conversation as it reads, cards as a numbered list with their reasons."""
    lines = [f"# {title}"]
    for turn in turns:
        if turn.text:
            lines.append(f"**{text(language, 'chat.you_said')}**")
            lines.append("\n".join(f"> {line}" for line in turn.text.splitlines()))
        if turn.reply:
            named = turn.author not in (BOT, "")
            who = text(language, "chat.staff_answered", name=turn.author) if named else text(language, "chat.answered")
            lines += [f"**{who}**", turn.reply]
        if turn.items:
            lines.append("\n".join(_card(rank, item) for rank, item in enumerate(turn.items, start=1)))
    return "\n\n".join(lines) + "\n"


def _card(rank: int, item: Recommendation) -> str:
    told = "; ".join(reason.text for reason in item.reasons if reason.text)
    return f"{rank}. **{item.title}**{f' ({item.year})' if item.year else ''}{f': {told}' if told else ''}"


def as_json(title: str, turns: Sequence[Turn]) -> str:
    """The conversation with its whole trace."""
    whole = {"title": title, "turns": [turn.model_dump(mode="json") for turn in turns]}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def file(title: str, turns: Sequence[Turn], form: str, now: datetime, language: str) -> str:
    """The file as HTML that the page's script saves; each is another, so that saving again works."""
    ending, kind = TYPES[form]
    content = markdown(title, turns, language) if form == "markdown" else as_json(title, turns)
    return str(
        Markup('<pre hidden data-key="{key}" data-save="{name}" data-type="{kind}">{content}</pre>').format(
            key=f"{now.timestamp():.3f}",
            name=f"driftline-{now:%Y-%m-%d}.{ending}",
            kind=kind,
            content=content,
        )
    )


def title_of(title: str, turns: Sequence[Turn], language: str) -> str:
    """The conversation's title, or its day."""
    if title or not turns:
        return title or text(language, "menu.untitled")
    return text(language, "menu.export_title", day=words.day(turns[0].at, language))
