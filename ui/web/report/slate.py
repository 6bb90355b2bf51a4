"""The sections of a report on the list: every item with the parts of its score, and the events that carry the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from core.results import Recommendation
from ui.web import words
from ui.web.report.person import section
from ui.web.report.ports import Facts
from ui.web.report.wording import event_words, join, moves, phrase
from ui.web.texts import has

KINDS = 6
"""Kinds of reasons that are drawn of one item; the others are one row."""

CARRIERS = 8
GROUNDS = 4
WIDE = 200.0
"""Length of the bars' axis, in units of the drawing."""


@dataclass(frozen=True)
class Part:
    """One row of an item's sum, to two decimals, so that what is shown adds up.

    Attributes:
        says: the reason in words. drawn: whether it has a bar.
    """

    label: str
    value: float
    says: str = ""
    drawn: bool = True


def listed(facts: Facts) -> Markup:
    """Every item of the list with the parts of its score as bars on one scale."""
    slate = facts.slate
    if not slate.items:
        told = [
            phrase(facts, "relax", limit=relaxation.constraint, n=relaxation.count) for relaxation in slate.relaxations
        ] or [phrase(facts, "empty")]
        lines = Markup("").join(Markup("<p>{}</p>").format(each) for each in told)
        return section(facts, "list", lines)
    sums = [parts_of(facts, item, slate.intercept) for item in slate.items]
    # Where scores begin is the same for all of them, and so large that the other bars would be dots beside it.
    values = [part.value for parts in sums for part in parts[:-1]]
    low, high = min(0.0, *values), max(0.0, *values)
    items = Markup("").join(
        _item(facts, rank, item, parts, low, high)
        for rank, (item, parts) in enumerate(zip(slate.items, sums, strict=True), start=1)
    )
    return section(facts, "list", Markup('<ol class="cards">{}</ol>').format(items))


def parts_of(facts: Facts, item: Recommendation, intercept: float) -> list[Part]:
    """The rows of an item's sum: its strongest kinds of reasons, the others together, and where every score begins."""
    sums: dict[str, float] = {}
    texts: dict[str, str] = {}
    for reason in item.reasons:
        group = reason.group or "other"
        sums[group] = sums.get(group, 0.0) + reason.contribution
        texts.setdefault(group, reason.text)
        texts[group] = texts[group] or reason.text
    strongest = sorted(sums, key=lambda group: -abs(sums[group]))[:KINDS]
    rows = [
        Part(group_name(facts, group), round(sums[group], 2), texts[group])
        for group in sorted(strongest, key=lambda group: -sums[group])
    ]
    start = Part(phrase(facts, "start"), round(intercept, 2), drawn=False)
    rest = round(round(item.score, 2) - start.value - sum(row.value for row in rows), 2)
    if rest:
        rows.append(Part(phrase(facts, "other_parts"), rest))
    return [*rows, start]


def group_name(facts: Facts, group: str) -> str:
    """A kind of reason in words."""
    return phrase(facts, f"group_{group}" if has(f"report.group_{group}") else "group_other")


def bar(value: float, low: float, high: float) -> Markup:
    """A bar from zero on the scale from ``low`` to ``high``."""
    scale = WIDE / max(high - low, 1e-9)
    zero, end = -low * scale, (value - low) * scale
    return Markup(
        '<svg class="bar" viewBox="0 0 {wide:.0f} 12" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="{side}" x="{x:.1f}" y="1" width="{width:.1f}" height="10"/>'
        '<line x1="{zero:.1f}" x2="{zero:.1f}" y1="0" y2="12"/></svg>'
    ).format(
        wide=WIDE,
        side="for" if value >= 0 else "against",
        x=min(zero, end),
        width=max(abs(end - zero), 0.4),
        zero=zero,
    )


def signed(value: float, plus: str = "+") -> str:
    """A number with two decimals and its sign."""
    return f"{'−' if round(value, 2) < 0 else plus}{abs(value):.2f}"


def _item(facts: Facts, rank: int, item: Recommendation, parts: Sequence[Part], low: float, high: float) -> Markup:
    rows = Markup("").join(
        Markup('<tr><th scope="row">{}</th><td>{}</td><td class="number">{}</td><td class="says">{}</td></tr>').format(
            part.label, bar(part.value, low, high) if part.drawn else "", signed(part.value), part.says
        )
        for part in parts
    )
    total = Markup('<tr class="total"><th scope="row">{}</th><td></td><td class="number">{}</td><td></td></tr>').format(
        phrase(facts, "score"), signed(item.score, plus="")
    )
    return Markup(
        '<li><article><h3>{rank}. {title}</h3><p class="quiet">{about}</p>'
        '<table class="parts"><caption class="sr">{caption}</caption><tbody>{rows}{total}</tbody></table>'
        "{grounds}{chance}</article></li>"
    ).format(
        rank=rank,
        title=f"{item.title} ({item.year})" if item.year else item.title,
        about=" · ".join(_about(facts, item.facets)),
        caption=phrase(facts, "parts_of", title=item.title),
        rows=rows,
        total=total,
        grounds=_grounds(facts, item),
        chance=Markup('<p class="note">{}</p>').format(item.chance_text[0].upper() + item.chance_text[1:])
        if item.chance_text
        else "",
    )


def _about(facts: Facts, facets: Mapping[str, Sequence[str]]) -> list[str]:
    genres = [words.topic(f"genre:{value}", facts.language) for value in facets.get("genre", ())[:4]]
    return genres + [join(list(facets[name][:2]), facts.language) for name in ("director", "brand") if name in facets]


def _grounds(facts: Facts, item: Recommendation) -> Markup:
    told = dict.fromkeys(
        event_words(facts, ground)
        for reason in sorted(item.reasons, key=lambda reason: -abs(reason.contribution))
        for ground in reason.grounds
    )
    if not told:
        return Markup('<p class="note">{}</p>').format(phrase(facts, "no_grounds"))
    lines = Markup("").join(Markup("<li>{}</li>").format(each) for each in list(told)[:GROUNDS])
    return Markup('<p class="note">{}</p><ul class="grounds">{}</ul>').format(phrase(facts, "grounds"), lines)


def carriers(facts: Facts) -> Markup:
    """The heaviest events, and what the list would be without each."""
    found = facts.found
    if not found.tried:
        return section(facts, "carriers", Markup("<p>{}</p>").format(phrase(facts, "no_carriers")))
    heaviest = max((each.weight for each in found.carriers), default=1.0)
    rows = Markup("").join(
        Markup(
            '<tr><th scope="row">{}</th><td>{}</td><td class="number">{:.2f}</td><td class="says">{}</td></tr>'
        ).format(event_words(facts, each.event), bar(each.weight, 0.0, heaviest), each.weight, moves(facts, each))
        for each in found.carriers[:CARRIERS]
    )
    moving = sum(1 for each in found.carriers if each.shifts)
    tried = phrase(facts, "tried", n=found.tried, moving=moving)
    head = Markup("").join(
        Markup('<th scope="col"{}>{}</th>').format(
            Markup(' colspan="2"') if name == "weight" else "", phrase(facts, f"column_{name}")
        )
        for name in ("event", "weight", "without")
    )
    return section(
        facts,
        "carriers",
        Markup('<table class="parts carried"><thead><tr>{}</tr></thead><tbody>{}</tbody></table><p>{}</p>').format(
            head, rows, tried
        ),
    )
