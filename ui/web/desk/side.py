"""What is known of the customer as HTML: the brief, suggestions, the copilot, what a citation rests on."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from core.desk import Avoid, Brief, Cited, Offer, StaffNote, TopicNote
from ui.web import words
from ui.web.desk.bits import Say, cite, event_name, join, key, mood, say, working
from ui.web.desk.session import Asked, DeskSession, Source

_REASONS = 3


def side(session: DeskSession) -> str:
    """The whole column."""
    t = say(session.language)
    if not session.user_id:
        return str(Markup('<p class="aside dk-empty">{}</p>').format(t("side_empty")))
    parts = [source(t, session, session.source) if session.source else Markup("")]
    known = session.brief
    if known:
        parts.append(who(t, known, session.language, talking=session.thread is not None))
        if session.notes:
            parts.append(_section("notes", t("notes"), _notes(session.notes, session.language)))
    elif "brief" in session.problems:
        parts.append(_problem(t, session.problems["brief"]))
    elif "brief" in session.waiting_for:
        parts.append(working(t("briefing")))
    if session.thread:
        parts.append(_offers(t, session))
    if known:
        parts.append(history(t, known, session.language))
    if session.thread:
        parts.append(copilot(t, session))
    return str(Markup('<div class="dk-side">{}</div>').format(join(parts)))


def _section(name: str, title: str, body: Markup) -> Markup:
    return Markup('<section class="dk-part" data-key="{}"><h3>{}</h3>{}</section>').format(name, title, body)


def _problem(t: Say, line: str) -> Markup:
    return Markup('<p class="dk-problem">{} {}</p>').format(t("part_failed"), line)


def who(t: Say, known: Brief, language: str, talking: bool) -> Markup:
    """Who this is, how they feel, what they want and what they complained about.

    Args:
        talking: whether a conversation is open, so that there is a mood to tell.
    """
    since = t("since", day=words.day(known.since, language), n=known.events) if known.since else t("newcomer")
    quote = Markup("<q>{}</q>").format(known.mood.quote) if known.mood.quote else Markup("")
    head = Markup(
        '<section class="dk-part dk-brief" data-key="brief"><h2 class="sr">{title}</h2><p '
        'class="dk-headline">{headline}</p><p class="aside">{since}</p>{feeling}{consent}</section>'
    ).format(
        title=t("brief"),
        headline=known.headline,
        since=since,
        feeling=Markup('<p class="dk-feeling">{}{}</p>').format(mood(t, known.mood), quote) if talking else "",
        consent="" if known.consent_remember else Markup('<p class="dk-warn">{}</p>').format(t("no_consent")),
    )
    parts = [head]
    if known.open_requests:
        parts.append(_section("requests", t("requests"), _cited(known.open_requests, language)))
    if known.limits:
        limits = join(Markup("<li>{}</li>").format(words.limit(limit, language)) for limit in known.limits)
        parts.append(_section("limits", t("limits"), Markup('<ul class="dk-chips">{}</ul>').format(limits)))
    if known.complaints:
        parts.append(_section("complaints", t("complaints"), _cited(known.complaints, language)))
    return join(parts)


def history(t: Say, known: Brief, language: str) -> Markup:
    """Where their interests head, and what they bought."""
    parts: list[Markup] = []
    if known.rising or known.fading:
        largest = max(note.hi80 for note in (*known.rising, *known.fading)) or 1.0
        body = _topics(t, known.rising, "rising", largest, language) + _topics(
            t, known.fading, "fading", largest, language
        )
        note = f"{known.forecast_note} {t('band')}".strip()
        parts.append(_section("interests", t("interests"), Markup('{}<p class="aside">{}</p>').format(body, note)))
    if known.purchases:
        parts.append(_section("purchases", t("purchases"), _cited(known.purchases, language)))
    return join(parts)


def _cited(entries: Sequence[Cited], language: str) -> Markup:
    return Markup('<ul class="dk-list">{}</ul>').format(
        join(Markup("<li>{}</li>").format(cite(entry, language)) for entry in entries)
    )


def _notes(notes: Sequence[StaffNote], language: str) -> Markup:
    """What was left for whoever comes next, the latest first."""
    rows = (
        Markup('<li><b>{}</b> <span class="dk-day">{}</span><p>{}</p></li>').format(
            "Driftline" if note.agent == "driftline" else note.agent, words.day(note.at, language), note.text
        )
        for note in reversed(notes)
    )
    return Markup('<ul class="dk-list">{}</ul>').format(join(rows))


def _topics(t: Say, notes: Sequence[TopicNote], way: str, largest: float, language: str) -> Markup:
    rows = join(
        Markup(
            '<li class="dk-topic {way}"><span class="dk-name">{name}</span><span class="dk-band" role="img" '
            'aria-label="{label}"><i style="left:{low:.1f}%;width:{width:.1f}%"></i><u style="left:{usual:.1f}%"></u>'
            '<b style="left:{next:.1f}%"></b></span><span class="dk-share">{usual_text} → '
            "<strong>{next_text}</strong></span></li>"
        ).format(
            way=way,
            name=words.topic(note.topic, language),
            label=t(
                "band_label",
                usual=words.percent(note.share_usual),
                next=words.percent(note.share_next),
                low=words.percent(note.lo80),
                high=words.percent(note.hi80),
            ),
            low=100 * note.lo80 / largest,
            width=max(1.0, 100 * (note.hi80 - note.lo80) / largest),
            usual=min(100.0, 100 * note.share_usual / largest),
            next=min(100.0, 100 * note.share_next / largest),
            usual_text=words.percent(note.share_usual),
            next_text=words.percent(note.share_next),
        )
        for note in notes
    )
    if not rows:
        return Markup("")
    return Markup('<h4 class="dk-way {}">{}</h4><ul class="dk-topics">{}</ul>').format(way, t(way), rows)


def _offers(t: Say, session: DeskSession) -> Markup:
    if "offers" in session.problems:
        return _section("offers", t("offers"), _problem(t, session.problems["offers"]))
    if "offers" in session.waiting_for and not session.offers:
        return _section("offers", t("offers"), working(t("offering")))
    if not session.offers and not session.avoid:
        return _section("offers", t("offers"), Markup('<p class="aside">{}</p>').format(t("no_offers")))
    rows = join(_offer(t, offer, number) for number, offer in enumerate(session.offers, 1))
    return _section("offers", t("offers"), Markup('<ol class="dk-offers">{}</ol>').format(rows)) + _avoid(
        t, session.avoid, session.language
    )


def _offer(t: Say, offer: Offer, number: int) -> Markup:
    item = offer.item
    price = item.numbers.get("price")
    facts = [str(item.year or ""), f"{price:.2f}" if price is not None else ""]
    reasons = join(Markup("<li>{}</li>").format(reason[:1].upper() + reason[1:]) for reason in offer.why[:_REASONS])
    # What is put into a reply speaks to the customer, what is shown beside it of them.
    why = next((reason.text for reason in item.reasons if reason.text and reason.contribution > 0), "").rstrip(".")
    return Markup(
        '<li class="dk-offer{best}" data-key="{id}" data-offer="{id}"><div class="dk-line"><b>{title}</b>'
        '<span class="dk-ago">{facts}</span></div>{badge}<ul class="dk-why" aria-label="{why_label}">{reasons}</ul>'
        '<button type="button" class="quiet" data-do="insert" data-number="{number}" data-text="{text}" '
        'aria-label="{insert}: {title}">{insert} {key}</button></li>'
    ).format(
        best=" best" if offer.next_best else "",
        id=item.id,
        title=item.title,
        facts=" · ".join(fact for fact in facts if fact),
        badge=Markup('<span class="badge">{}</span>').format(t("next_best")) if offer.next_best else "",
        why_label=t("why"),
        reasons=reasons,
        number=number,
        text=t("insert_words_why", title=item.title, why=why) if why else t("insert_words", title=item.title),
        insert=t("insert"),
        key=key("I") if offer.next_best else key("⇧", str(number)),
    )


def _avoid(t: Say, entries: Sequence[Avoid], language: str) -> Markup:
    if not entries:
        return Markup("")
    rows = join(
        Markup('<li><b>{}</b> <span class="dk-not">{}</span> {}</li>').format(
            words.topic(entry.title, language),
            t("avoid_" + entry.why.replace(" ", "_")),
            cite(entry.cited, language) if entry.cited.text else "",
        )
        for entry in entries
    )
    return _section("avoid", t("avoid"), Markup('<ul class="dk-list dk-avoid">{}</ul>').format(rows))


def copilot(t: Say, session: DeskSession) -> Markup:
    """Questions and their answers, the latest first, and the box to ask."""
    user = session.user_id
    return _section(
        "copilot",
        t("copilot"),
        Markup(
            '<form class="dk-ask" data-do="ask"><label class="sr" for="dk-question">{label}</label><input '
            'id="dk-question" '
            'name="question" maxlength="500" autocomplete="off" placeholder="{placeholder}" '
            'data-keep="question.{user}">'
            '<button class="solid">{ask}</button></form><div aria-live="polite">{answers}</div>'
        ).format(
            label=t("copilot"),
            placeholder=t("ask_placeholder"),
            user=user,
            ask=t("ask"),
            answers=join(_answer(t, asked, session.language) for asked in reversed(session.asked)),
        ),
    )


def _answer(t: Say, asked: Asked, language: str) -> Markup:
    if asked.answer is None:
        body = _problem(t, asked.problem) if asked.problem else working(t("looking"))
    else:
        lines = join(Markup("<p>{}</p>").format(line) for line in asked.answer.text)
        cited = join(Markup("<li>{}</li>").format(cite(entry, language)) for entry in asked.answer.citations)
        items = join(
            Markup(
                '<li><b>{title}</b> <button type="button" class="quiet" data-do="insert" data-text="{text}" '
                'aria-label="{insert}: {title}">{insert}</button></li>'
            ).format(title=item.title, text=t("insert_words", title=item.title), insert=t("insert"))
            for item in asked.answer.items
        )
        body = lines
        if items:
            body += Markup('<ul class="dk-list">{}</ul>').format(items)
        if cited:
            body += Markup('<ol class="dk-citations" aria-label="{}">{}</ol>').format(t("citations"), cited)
    return Markup('<article class="dk-answer" data-key="{}"><h4>{}</h4>{}</article>').format(
        asked.key, asked.question, body
    )


def source(t: Say, session: DeskSession, shown: Source) -> Markup:
    """What a citation rests on, with its neighbours."""
    language = session.language
    if shown.item:
        item = shown.item
        facts = join(
            Markup("<li>{}: {}</li>").format(name, ", ".join(values)) for name, values in item.facets.items() if values
        ) + join(Markup("<li>{}: {:g}</li>").format(name, figure) for name, figure in item.numbers.items())
        body = Markup('<p><b>{}</b></p><ul class="dk-list">{}</ul>').format(item.title, facts)
    elif shown.turns:
        body = join(
            Markup('<div class="dk-excerpt{}" data-cited="{}">{}{}</div>').format(
                " cited" if turn.turn == shown.turn else "",
                turn.turn,
                Markup("<p>{}</p>").format(turn.text) if turn.text else "",
                Markup('<p class="aside">{}: {}</p>').format(turn.author or "–", turn.reply) if turn.reply else "",
            )
            for turn in shown.turns
        )
    else:
        body = Markup('<ul class="dk-list">{}</ul>').format(
            join(
                Markup(
                    '<li class="dk-event{cited}" data-event="{id}"><span class="dk-kind">{kind}</span> <b>{name}</b> '
                    '<span class="dk-day">{day} · {origin}</span>{quote}</li>'
                ).format(
                    cited=" cited" if event.id == shown.event_id else "",
                    id=event.id,
                    kind=words.event_kind(event, language),
                    name=event_name(event, session.items, language),
                    day=words.day(event.at, language),
                    origin=words.origin(event, language),
                    quote=Markup("<q>{}</q>").format(event.text) if event.text and event.item_id is None else "",
                )
                for event in shown.events
            )
        )
    return Markup(
        '<section class="dk-part dk-source" data-key="source" tabindex="-1"><h3>{}</h3><button type="button" '
        'class="quiet close" data-do="unsource">{}</button>{}</section>'
    ).format(t("source"), t("close"), body)
