"""A score as a sum that a reader can check: its parts, rounded so that they add up as shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from core.explanations import Explanation
from ui.web.texts import has, text


@dataclass(frozen=True)
class Row:
    """One line of the sum: the parts as shown add up to the score as shown."""

    label: str
    value: float
    note: str = ""


def rounded(values: Sequence[float], total: float, digits: int = 2) -> list[float]:
    """Values rounded so that they add up to the rounded total: those cut the most are given the missing last digits."""
    unit = 10**-digits
    floors = [int(value // unit) for value in values]
    missing = round(total / unit) - sum(floors)
    order = sorted(range(len(values)), key=lambda index: -(values[index] / unit - floors[index]))
    for step in range(abs(missing)):
        if order:
            floors[order[step % len(order)]] += 1 if missing > 0 else -1
    return [round(floor * unit, digits) for floor in floors]


def rows(found: Explanation, language: str) -> list[Row]:
    """The sum as lines, the start first and then what counts most."""
    groups = [group for group in found.groups if group.contribution]
    parts = [found.intercept, *(group.contribution for group in groups)]
    start, *shown = rounded(parts, found.item.score)
    lines = [Row(text(language, "why.start"), start)]
    for group, value in zip(groups, shown, strict=True):
        key = f"why.group_{group.group}"
        label = text(language, key if has(key) else "why.group_other")
        lines.append(Row(label, value, group.text))
    return [lines[0], *sorted(lines[1:], key=lambda row: -abs(row.value))]


def summed(found: Explanation, language: str) -> Markup:
    """The sum as bars, and as one line of figures."""
    lines = rows(found, language)
    largest = max(abs(row.value) for row in lines) or 1.0
    bars = Markup("").join(
        Markup(
            '<tr class="{sign}"><th scope="row">{label}{note}</th><td class="bar-cell" aria-hidden="true"><span '
            'class="bar"><i style="width:{width:.0f}%"></i></span></td><td class="figure">{value}</td></tr>'
        ).format(
            sign="minus" if row.value < 0 else "plus",
            label=row.label,
            note=Markup("<small>{}</small>").format(row.note) if row.note else "",
            width=max(2.0, 100 * abs(row.value) / largest) if row.value else 0.0,
            value=signed(row.value),
        )
        for row in lines
    )
    shown = [row for row in lines if row.value]
    arithmetic = " ".join(
        f"{row.value:.2f}" if index == 0 else f"{'−' if row.value < 0 else '+'} {abs(row.value):.2f}"
        for index, row in enumerate(shown)
    ).replace("-", "−")
    return Markup(
        '<section class="sum"><h3>{head}</h3><p class="aside">{lead}</p><table>{bars}</table>'
        '<p class="arithmetic">{arithmetic} = <b>{score:.2f}</b></p></section>'
    ).format(
        head=text(language, "why.sum"),
        lead=text(language, "why.sum_lead"),
        bars=bars,
        arithmetic=arithmetic,
        score=found.item.score,
    )


def signed(value: float) -> str:
    """A part of a score with its sign: "−0.25"."""
    return f"{value:+.2f}".replace("-", "−")
