"""A history that is being brought, as HTML: where to drop its file, what it was read as, and what needs a look."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from core.histories import BroughtHistory, HistoryPreview, HistoryTitle
from core.mentions import TitleMatch
from ui.web import words
from ui.web.history_columns import mapping_form
from ui.web.texts import has, text
from ui.web.timeline_events import pages
from ui.web.timeline_view import Bringing

ON_PAGE = 12
"""Titles on a page of the list."""
LARGEST_MB = 50
_NAMES = {
    "netflix": "Netflix",
    "letterboxd": "Letterboxd",
    "imdb": "IMDb",
    "goodreads": "Goodreads",
    "spotify": "Spotify",
    "trakt": "Trakt",
    "driftline": "Driftline",
}
_GUIDED = tuple(_NAMES)[:6]


def named(source: str, language: str) -> str:
    """A source by the name that its people know it by."""
    return _NAMES.get(source) or (text(language, "history.own") if source == "own" else source)


def drop_zone(bringing: Bringing, language: str) -> Markup:
    """Where a file is chosen or dropped, which files those may be, and what was wrong with the last one."""
    guide = Markup("").join(
        Markup("<li><b>{}</b> {}</li>").format(_NAMES[name], text(language, f"history.guide_{name}"))
        for name in _GUIDED
    )
    return Markup(
        '<div class="drop" data-drop data-limit="{limit}" data-too-large="{large}" data-failed="{failed}">'
        '<p>{lead}</p><label class="solid choose" for="dl-history">{choose}</label><input id="dl-history" type="file" '
        'accept=".csv,.tsv,.txt,.json,.zip,.gz" data-upload><p class="aside">{hint}</p><p class="busy" role="status" '
        'hidden>{busy}</p><p class="trouble" role="alert"{calm}>{problem}</p></div>'
        '<details class="guide"><summary>{guide_title}</summary><ul>{guide}<li>{any_table}</li></ul></details>'
    ).format(
        limit=LARGEST_MB * 1024 * 1024,
        large=text(language, "history.too_large", limit=LARGEST_MB),
        failed=text(language, "history.failed"),
        lead=text(language, "history.lead"),
        choose=text(language, "history.choose"),
        hint=text(language, "history.hint", limit=LARGEST_MB),
        busy=text(language, "history.busy"),
        calm="" if bringing.problem else Markup(" hidden"),
        problem=bringing.problem,
        guide_title=text(language, "history.guide"),
        guide=guide,
        any_table=text(language, "history.guide_any"),
    )


def brought_list(found: Sequence[BroughtHistory], language: str) -> Markup:
    """The histories that stand in the timeline, each with the way to take it back."""
    if not found:
        return Markup("")
    rows = Markup("").join(
        Markup(
            '<li><span><b>{name}</b> {told}</span><button type="button" class="quiet" data-tl="hist_undo" '
            'data-import="{id}" aria-label="{label}">{undo}</button></li>'
        ).format(
            name=named(one.source, language),
            told=text(
                language,
                "history.brought",
                n=one.events,
                count=f"{one.events:,}",
                years=span(one.first.year, one.last.year),
                day=words.day(one.at, language),
            ),
            id=one.import_id,
            label=text(language, "history.take_back_of", name=named(one.source, language)),
            undo=text(language, "history.take_back"),
        )
        for one in found
    )
    return Markup('<ul class="brought" aria-label="{}">{}</ul>').format(text(language, "history.brought_title"), rows)


def span(first: int, last: int) -> str:
    """A stretch of years: "2011–2026", or one of them."""
    return str(first) if first == last else f"{first}–{last}"


def preview_html(bringing: Bringing, preview: HistoryPreview, language: str) -> Markup:
    """What a file was read as: counts, notes, lines left out, columns, titles to settle, and the two ways on."""
    ready = settled(bringing, preview)
    fresh = max(0, ready - preview.known)
    years = preview.years
    return Markup(
        '<div class="preview" data-source="{source}" role="group" tabindex="-1" aria-label="{name}">'
        '<h3>{name} <span class="facet">{kind}</span></h3>'
        '<p class="sum">{sum}</p>{known}{notes}{faults}{mapping}{titles}'
        '<div class="decide"><button type="button" class="solid" data-tl="hist_import"{off}>{add}</button>'
        '<button type="button" class="quiet" data-tl="hist_drop">{drop}</button></div><p class="aside">{nothing}</p>'
        "</div>"
    ).format(
        source=preview.source,
        name=preview.name,
        kind=named(preview.source, language),
        sum=text(
            language,
            "history.sum_events" if preview.events else "history.sum",
            rows=f"{preview.total:,}",
            matched=f"{preview.count('matched'):,}",
            check=f"{preview.count('check'):,}",
            unknown=f"{preview.count('unknown'):,}",
            years=span(*years) if years else "–",
        ),
        known=Markup('<p class="aside">{}</p>').format(
            text(language, "history.known", n=preview.known, count=f"{preview.known:,}")
        )
        if preview.known
        else "",
        notes=_notes(preview, language),
        faults=_faults(preview, language),
        mapping=mapping_form(preview, language) if preview.mapping and preview.columns else "",
        titles=_titles(bringing, preview, language) if preview.titles else "",
        off="" if fresh else Markup(" disabled"),
        add=text(language, "history.add", n=fresh, count=f"{fresh:,}"),
        drop=text(language, "history.drop"),
        nothing=text(language, "history.nothing_yet"),
    )


def settled(bringing: Bringing, preview: HistoryPreview) -> int:
    """How many rows have an item, by the catalogue or by the person."""
    if preview.events:
        return len(preview.events)
    return sum(
        title.rows
        for number, title in enumerate(preview.titles)
        if bringing.fixes.get(number, title.item_id) is not None
    )


def _notes(preview: HistoryPreview, language: str) -> Markup:
    if not preview.notes:
        return Markup("")
    return Markup('<ul class="notes">{}</ul>').format(
        Markup("").join(
            Markup("<li>{}</li>").format(note_words(note.kind, note.count, note.detail, language))
            for note in preview.notes
        )
    )


def note_words(kind: str, count: int, detail: str, language: str) -> str:
    """A note in words."""
    return text(language, f"history.note_{kind}", n=count, count=f"{count:,}", detail=detail)


def fault_words(reason: str, language: str) -> str:
    """Why a line cannot be used, in words."""
    key = f"history.fault_{reason}"
    return text(language, key) if has(key) else reason.replace("_", " ")


def _faults(preview: HistoryPreview, language: str) -> Markup:
    if not preview.faulty:
        return Markup("")
    rows = Markup("").join(
        Markup("<li>{} <b>{}</b> <code>{}</code></li>").format(
            text(language, "history.line", line=fault.line, file=fault.file) if fault.line else "",
            fault_words(fault.reason, language),
            fault.raw,
        )
        for fault in preview.faults[:50]
    )
    return Markup('<details class="faults"><summary>{}</summary><ul>{}</ul></details>').format(
        text(language, "history.faults", n=preview.faulty, count=f"{preview.faulty:,}"), rows
    )


def _titles(bringing: Bringing, preview: HistoryPreview, language: str) -> Markup:
    """The titles of one status, each with what it is taken for."""
    counts = {status: preview.count(status) for status in ("check", "unknown", "matched")}
    show = bringing.show if counts.get(bringing.show) else next((name for name in counts if counts[name]), "check")
    tabs = Markup("").join(
        Markup('<button type="button" data-tl="hist_show" data-status="{}" aria-pressed="{}">{}</button>').format(
            status,
            "true" if status == show else "false",
            text(language, f"history.status_{status}", count=f"{count:,}"),
        )
        for status, count in counts.items()
        if count
    )
    listed = [(number, title) for number, title in enumerate(preview.titles) if title.status == show]
    page = min(bringing.page, max(0, (len(listed) - 1) // ON_PAGE))
    rows = Markup("").join(
        _title(bringing, number, title, language) for number, title in listed[page * ON_PAGE : (page + 1) * ON_PAGE]
    )
    helps = Markup(
        '<p class="helps"><span>{}</span><button type="button" class="quiet" data-tl="hist_first">{}</button></p>'
    ).format(text(language, "history.check_lead"), text(language, "history.take_first"))
    return Markup('<div class="choice" role="group" aria-label="{}">{}</div>{}<ul class="titles">{}</ul>{}').format(
        text(language, "history.titles"),
        tabs,
        helps if show == "check" else "",
        rows,
        pages("hist_page", page, len(listed), ON_PAGE, language),
    )


def _title(bringing: Bringing, number: int, title: HistoryTitle, language: str) -> Markup:
    chosen = bringing.fixes.get(number, title.item_id)
    found = {match.item_id: match for match in (*bringing.searches.get(number, ()), *title.matches)}
    options = Markup("").join(
        Markup('<option value="{}"{}>{}</option>').format(
            match.item_id, Markup(" selected") if match.item_id == chosen else "", _match(match)
        )
        for match in found.values()
    )
    said = f"{title.title} ({title.year})" if title.year else title.title
    looked = number in bringing.searches and not bringing.searches[number]
    return Markup(
        '<li class="title{state}" data-key="title-{number}"><div><b>{said}</b>{creator} <span class="facet">{rows}'
        '{series}</span></div><form data-tl="hist_fix" data-live data-number="{number}"><label>'
        '<span class="sr">{is_}</span>'
        '<select name="item"><option value=""{none}>{leave}</option>{options}</select></label></form>'
        '<form class="look" data-tl="hist_search" data-number="{number}"><label><span class="sr">{look_for}</span>'
        '<input name="words" type="search" maxlength="200" placeholder="{other}"></label>'
        '<button class="quiet">{look}</button></form>{nothing}</li>'
    ).format(
        state=" done" if chosen else "",
        number=number,
        said=said,
        creator=Markup(" <span>{}</span>").format(title.creator) if title.creator else "",
        rows=text(language, "history.times", n=title.rows, count=f"{title.rows:,}"),
        series=f" · {text(language, 'history.series')}" if title.is_series else "",
        is_=text(language, "history.which", title=said),
        none="" if chosen else Markup(" selected"),
        leave=text(language, "history.leave_out"),
        options=options,
        look_for=text(language, "history.look_for", title=said),
        other=text(language, "history.other"),
        look=text(language, "history.look"),
        nothing=Markup('<p class="aside">{}</p>').format(text(language, "history.not_found")) if looked else "",
    )


def _match(match: TitleMatch) -> str:
    return f"{match.title} ({match.year})" if match.year else match.title
