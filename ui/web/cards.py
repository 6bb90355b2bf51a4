"""Film cards as HTML: the facts, the reasons with their parts of the score, the three buttons.

Built with ``markupsafe.Markup.format``, which escapes each argument.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from markupsafe import Markup

from core.results import Reason, Recommendation
from core.types import EventKind
from ui.web.session import TurnView

BUTTONS: tuple[tuple[EventKind, str, str], ...] = (
    (EventKind.LIKE, "Like", "M12 20S4 15 4 9.5A4.2 4.2 0 0 1 12 7.5a4.2 4.2 0 0 1 8 2C20 15 12 20 12 20z"),
    (EventKind.DISLIKE, "Not for me", "M6 6l12 12M18 6L6 18"),
    (EventKind.SEEN, "Seen it", "M5 12.5l4.5 4.5L19 7.5"),
)


def join(parts: Iterable[Markup]) -> Markup:
    """Parts one after the other."""
    return Markup("").join(parts)


def reason_bars(reasons: Sequence[Reason]) -> Markup:
    """Reasons that a person can read, strongest first, each with its part of the score as a bar."""
    worded = sorted((reason for reason in reasons if reason.text), key=lambda reason: -abs(reason.contribution))
    largest = max((abs(reason.contribution) for reason in reasons), default=0.0) or 1.0
    return join(
        Markup(
            '<li class="reason{sign}" data-reason="{feature}"><span class="reason-text">{text}</span>'
            '<span class="bar" aria-hidden="true"><i style="width:{width:.0f}%"></i></span>'
            '<span class="reason-part" title="Part of the score">{part:+.2f}</span></li>'
        ).format(
            sign=" minus" if reason.contribution < 0 else "",
            feature=reason.feature,
            text=reason.text,
            width=max(4.0, 100 * abs(reason.contribution) / largest),
            part=reason.contribution,
        )
        for reason in worded[:3]
    )


def score_table(item: Recommendation) -> Markup:
    """Every part of a score, the unnamed ones too, so that the sum can be checked."""
    rest = item.score - sum(reason.contribution for reason in item.reasons)
    rows = [(reason.feature.replace("_", " "), reason.contribution) for reason in item.reasons]
    rows.sort(key=lambda row: -abs(row[1]))
    return Markup(
        '<details class="parts"><summary>The whole score</summary><table><caption class="sr">Parts of the score of '
        '{title}</caption><tbody>{rows}</tbody><tfoot><tr><th scope="row">score</th><td>{score:.2f}</td></tr></tfoot>'
        "</table></details>"
    ).format(
        title=item.title,
        rows=join(
            Markup('<tr><th scope="row">{}</th><td>{:+.2f}</td></tr>').format(name, part)
            for name, part in [*rows, ("starting point", rest)]
        ),
        score=item.score,
    )


def card(item: Recommendation, rank: int, turn: TurnView, verdicts: Collection[EventKind]) -> Markup:
    """One film with what speaks for it and the three buttons."""
    genres, directors = item.facets.get("genre", ()), item.facets.get("director", ())
    themes = item.facets.get("theme", ())[:4]
    runtime = item.numbers.get("runtime")
    facts = [", ".join(genres), f"{runtime:.0f}\u00a0min" if runtime else ""]
    buttons = join(
        Markup(
            '<button type="button" class="verdict {kind}" data-do="verdict" data-verdict="{kind}" data-item="{item}" '
            'data-turn="{turn}" data-title="{title}" aria-pressed="{pressed}" aria-label="{label}: {title}">'
            '<svg viewBox="0 0 24 24" width="16" height="16" aria-hidden="true" focusable="false">'
            '<path d="{path}"/></svg>'
            "<span>{label}</span></button>"
        ).format(
            kind=kind.value,
            item=item.id,
            turn="" if turn.number is None else turn.number,
            title=item.title,
            pressed="true" if kind in verdicts else "false",
            label=label,
            path=path,
        )
        for kind, label, path in BUTTONS
    )
    bars = reason_bars(item.reasons)
    return Markup(
        '<article class="card{state}" data-key="{id}" data-item="{id}" data-year="{year}" data-genres="{genre_list}" '
        'aria-label="{rank}. {title}{year_text}"><header><span class="rank" aria-hidden="true">{rank}</span>'
        '<div><h4>{title}{year_html}</h4><p class="facts">{facts}</p>{by}{themes}</div></header>'
        "{reasons}{chance}{table}"
        '<div class="verdicts" role="group" aria-label="What do you think of {title}?">{buttons}</div>'
        "</article>"
    ).format(
        state="".join(f" is-{kind.value}" for kind in verdicts),
        id=item.id,
        year=item.year or "",
        genre_list="|".join(genres),
        rank=rank,
        title=item.title,
        year_text=f", {item.year}" if item.year else "",
        year_html=Markup(' <span class="year">{}</span>').format(item.year) if item.year else "",
        facts=" · ".join(fact for fact in facts if fact),
        by=Markup('<p class="by">directed by {}</p>').format(" and ".join(directors[:2])) if directors else "",
        themes=Markup('<p class="by">{}</p>').format(", ".join(themes)) if themes else "",
        reasons=Markup('<ul class="reasons" aria-label="Why this film">{}</ul>').format(bars) if bars else "",
        chance=Markup('<p class="chance">{}</p>').format(_sentence(item.chance_text)) if item.chance_text else "",
        table=score_table(item) if item.reasons else "",
        buttons=buttons,
    )


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
