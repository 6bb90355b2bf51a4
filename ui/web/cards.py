"""Cards as HTML: the facts, the reasons with their parts of the score, the buttons.

Built with ``markupsafe.Markup.format``, which escapes each argument.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from markupsafe import Markup

from core.results import Reason, Recommendation
from core.types import EventKind
from ui.web import words
from ui.web.dials import mark
from ui.web.session import TurnView
from ui.web.texts import text

KINDS = ("genre", "aisle", "category", "department")
"""Facets that say what kind of thing an item is, by catalogue."""

BUTTONS: tuple[tuple[EventKind, str], ...] = (
    (EventKind.LIKE, "M12 20S4 15 4 9.5A4.2 4.2 0 0 1 12 7.5a4.2 4.2 0 0 1 8 2C20 15 12 20 12 20z"),
    (EventKind.DISLIKE, "M6 6l12 12M18 6L6 18"),
    (EventKind.SEEN, "M5 12.5l4.5 4.5L19 7.5"),
)


def join(parts: Iterable[Markup]) -> Markup:
    """Parts one after the other."""
    return Markup("").join(parts)


def reason_bars(reasons: Sequence[Reason], language: str = "en") -> Markup:
    """Reasons that a person can read, strongest first, each with its part of the score as a bar."""
    worded = sorted((reason for reason in reasons if reason.text), key=lambda reason: -abs(reason.contribution))
    largest = max((abs(reason.contribution) for reason in reasons), default=0.0) or 1.0
    return join(
        Markup(
            '<li class="reason{sign}" data-reason="{feature}"><span class="reason-text">{text}</span>'
            '<span class="bar" aria-hidden="true"><i style="width:{width:.0f}%"></i></span>'
            '<span class="reason-part" title="{title}">{part:+.2f}</span></li>'
        ).format(
            sign=" minus" if reason.contribution < 0 else "",
            feature=reason.feature,
            text=reason.text,
            width=max(4.0, 100 * abs(reason.contribution) / largest),
            title=text(language, "cards.part"),
            part=reason.contribution,
        )
        for reason in worded[:3]
    )


def score_table(item: Recommendation, language: str = "en") -> Markup:
    """Every part of a score, the unnamed ones too, so that the sum can be checked."""
    rest = item.score - sum(reason.contribution for reason in item.reasons)
    rows = [(reason.feature.replace("_", " "), reason.contribution) for reason in item.reasons]
    rows.sort(key=lambda row: -abs(row[1]))
    return Markup(
        '<details class="parts"><summary>{whole}</summary><table><caption class="sr">{caption}</caption>'
        '<tbody>{rows}</tbody><tfoot><tr><th scope="row">{total}</th><td>{score:.2f}</td></tr></tfoot>'
        "</table></details>"
    ).format(
        whole=text(language, "cards.whole"),
        caption=text(language, "cards.parts_of", title=item.title),
        rows=join(
            Markup('<tr><th scope="row">{}</th><td>{:+.2f}</td></tr>').format(name, part)
            for name, part in [*rows, (text(language, "cards.start"), rest)]
        ),
        total=text(language, "cards.score"),
        score=item.score,
    )


def facts(facets: Mapping[str, tuple[str, ...]], numbers: Mapping[str, float], language: str) -> str:
    """What kind of thing it is, its length and its price in one line."""
    facet = next((name for name in KINDS if facets.get(name)), "genre")
    kinds = text(language, "words.listed").join(
        words.topic(f"{facet}:{kind}", language) for kind in facets.get(facet, ())
    )
    price = f"{numbers['price']:.2f}" if "price" in numbers else ""
    runtime = numbers.get("runtime")
    length = text(language, "cards.minutes", minutes=f"{runtime:.0f}").replace(" ", "\u00a0") if runtime else ""
    return " · ".join(fact for fact in (kinds, length, price) if fact)


def card(
    item: Recommendation, rank: int, turn: TurnView, verdicts: Collection[EventKind], language: str = "en"
) -> Markup:
    """One item with what speaks for it and its buttons."""
    directors = item.facets.get("director", ())
    themes = item.facets.get("theme", ())[:4]
    moved = next((move for move in turn.moved or () if move.item_id == item.id), None)
    bars = reason_bars(item.reasons, language)
    by = text(language, "cards.directed_by", names=text(language, "cards.and").join(directors[:2])) if directors else ""
    return Markup(
        '<article class="card{state}" tabindex="-1" data-key="{id}" data-item="{id}" data-year="{year}" '
        'data-genres="{genre_list}" aria-label="{rank}. {title}{year_text}"><header><span class="rank" '
        'aria-hidden="true">{rank}</span><div><h4>{title}{year_html}{moved}</h4><p class="facts">{facts}</p>{by}'
        "{themes}</div></header>{reasons}{chance}{table}"
        '<div class="verdicts" role="group" aria-label="{judge}">{buttons}{why}</div></article>'
    ).format(
        state="".join(f" is-{kind.value}" for kind in verdicts),
        id=item.id,
        year=item.year or "",
        genre_list="|".join(item.facets.get("genre", ())),
        rank=rank,
        title=item.title,
        year_text=f", {item.year}" if item.year else "",
        year_html=Markup(' <span class="year">{}</span>').format(item.year) if item.year else "",
        moved=mark(moved, language) if moved else "",
        facts=facts(item.facets, item.numbers, language),
        by=Markup('<p class="by">{}</p>').format(by) if by else "",
        themes=Markup('<p class="by">{}</p>').format(text(language, "words.listed").join(themes)) if themes else "",
        reasons=Markup('<ul class="reasons" aria-label="{}">{}</ul>').format(text(language, "cards.why_these"), bars)
        if bars
        else "",
        chance=Markup('<p class="chance">{}</p>').format(_sentence(item.chance_text)) if item.chance_text else "",
        table=score_table(item, language) if item.reasons else "",
        judge=text(language, "cards.verdicts", title=item.title),
        buttons=_buttons(item, turn, verdicts, language),
        why=_why(item, turn, language) if item.reasons and turn.state != "running" else "",
    )


def _buttons(item: Recommendation, turn: TurnView, verdicts: Collection[EventKind], language: str) -> Markup:
    return join(
        Markup(
            '<button type="button" class="verdict {kind}" data-do="verdict" data-verdict="{kind}" data-item="{item}" '
            'data-turn="{turn}" data-title="{title}" aria-pressed="{pressed}" aria-label="{label}: {title}">'
            '<svg viewBox="0 0 24 24" width="16" height="16" aria-hidden="true" focusable="false">'
            '<path d="{path}"/></svg>'
            "<span>{label}</span></button>"
        ).format(
            kind=kind.value,
            item=item.id,
            turn="" if turn.shown is None else turn.shown,
            title=item.title,
            pressed="true" if kind in verdicts else "false",
            label=text(language, f"cards.{kind.value}"),
            path=path,
        )
        for kind, path in BUTTONS
    )


def _why(item: Recommendation, turn: TurnView, language: str) -> Markup:
    return Markup(
        '<button type="button" class="why" data-do="why" data-item="{item}" data-turn="{turn}" aria-haspopup="dialog" '
        'aria-label="{label}">{why}</button>'
    ).format(
        item=item.id,
        turn="" if turn.shown is None else turn.shown,
        label=text(language, "cards.why_label", title=item.title),
        why=text(language, "cards.why"),
    )


def _sentence(told: str) -> str:
    return f"{told[0].upper()}{told[1:]}."
