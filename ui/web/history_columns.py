"""Which column of somebody's own table is what: the form where it is corrected, and what the form sends."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from core.histories import HistoryColumns, HistoryPreview
from ui.web.texts import text

_COLUMNS = ("title", "date", "rating", "year", "creator", "id")
_ORDERS = ("", "dmy", "mdy", "ymd")


def mapping_form(preview: HistoryPreview, language: str) -> Markup:
    """Which column is what, to be corrected."""
    told = preview.mapping
    assert told is not None

    def select(name: str, options: Sequence[tuple[str, str]], now: str) -> Markup:
        rows = Markup("").join(
            Markup('<option value="{}"{}>{}</option>').format(value, Markup(" selected") if value == now else "", label)
            for value, label in options
        )
        return Markup('<label>{}<select name="{}">{}</select></label>').format(
            text(language, f"history.column_{name}"), name, rows
        )

    none = ("", text(language, "history.no_column"))
    columns = [(column, column) for column in preview.columns]
    fields = [select(name, columns if name == "title" else [none, *columns], getattr(told, name)) for name in _COLUMNS]
    fields.append(
        select("order", [(one, text(language, f"history.order_{one or 'auto'}")) for one in _ORDERS], told.order)
    )
    ends = Markup("").join(
        Markup('<label>{}<input name="{}" type="number" step="any" value="{:g}"></label>').format(
            text(language, f"history.column_{name}"), name, getattr(told, name)
        )
        for name in ("worst", "best")
    )
    return Markup(
        '<details class="mapping" open><summary>{title}</summary><form data-tl="hist_map">{fields}{ends}'
        '<label>{called}<input name="source" maxlength="40" pattern="[a-z0-9][a-z0-9_\\-]*" value="{source}"></label>'
        '<button class="quiet">{again}</button></form></details>'
    ).format(
        title=text(language, "history.mapping"),
        fields=Markup("").join(fields),
        ends=ends if told.rating else "",
        called=text(language, "history.column_source"),
        source=told.source,
        again=text(language, "history.read_again"),
    )


def mapping_of(data: dict[str, object], before: HistoryColumns) -> HistoryColumns:
    """The columns that a form sent.

    Raises:
        ValueError: a figure is none, or a name is malformed.
    """
    fields = {name: str(data.get(name) or "") for name in (*_COLUMNS, "order")}
    ends = {name: float(str(data.get(name) or 0)) for name in ("worst", "best")} if fields["rating"] else {}
    if fields["rating"] != before.rating:
        ends = {}
    return HistoryColumns.model_validate({**fields, **ends, "source": str(data.get("source") or "own").strip()})
