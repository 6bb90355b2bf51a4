"""The supervisor's page as HTML: figures per agent, conversations to read, and the audit trail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from markupsafe import Markup

from core.desk import AgentFigures, AuditEntry, ToReview
from ui.web import words
from ui.web.desk.bits import Say, clock, customer, exactly, join, notice, say
from ui.web.desk.session import SPANS, DeskSession


def page(session: DeskSession, now: datetime, csv_path: str) -> str:
    """The whole page; empty while the desk is shown."""
    if session.view != "supervisor":
        return ""
    t, trail = say(session.language), session.trail
    spans = join(
        Markup('<button type="button" data-do="span" data-span="{}" aria-pressed="{}">{}</button>').format(
            name, "true" if trail.span == name else "false", t(f"supervisor.span_{name}")
        )
        for name in SPANS
    )
    review = trail.review
    return str(
        Markup(
            '<div class="dk-supervisor"><header><h2>{title}</h2><div class="dk-filters" role="group" '
            'aria-label="{span}">'
            "{spans}</div></header>{trouble}{figures}{reviews}{audit}</div>"
        ).format(
            title=t("supervisor.title"),
            span=t("supervisor.span"),
            spans=spans,
            trouble=notice(trail.problem, True),
            figures=figures(t, review.agents) if review else "",
            reviews=to_review(t, review.conversations, now, session.language) if review else "",
            audit=audit(t, session, csv_path),
        )
    )


def total(agents: Sequence[AgentFigures]) -> AgentFigures:
    """All agents together. Medians cannot be put together from medians, so the time is left out."""
    approved, edited = sum(one.approved for one in agents), sum(one.edited for one in agents)
    dismissed = sum(one.dismissed for one in agents)
    decided = approved + edited + dismissed
    edits = sum((one.edit_share or 0.0) * one.edited for one in agents)
    return AgentFigures(
        agent="",
        drafts=sum(one.drafts for one in agents),
        approved=approved,
        edited=edited,
        dismissed=dismissed,
        acceptance=(approved + edited) / decided if decided else None,
        edit_share=edits / edited if edited else None,
        sent=sum(one.sent for one in agents),
    )


def figures(t: Say, agents: Sequence[AgentFigures]) -> Markup:
    """One row an agent, and all of them together."""
    if not agents:
        return Markup('<p class="aside">{}</p>').format(t("supervisor.no_figures"))
    heads = ("agent", "sent", "first_reply", "drafts", "acceptance", "outcome", "edits")
    head = join(Markup('<th scope="col">{}</th>').format(t(f"supervisor.{name}")) for name in heads)
    slowest = max((one.first_reply_seconds or 0.0 for one in agents), default=0.0) or 1.0
    rows = join(_figures(t, one, slowest) for one in agents)
    return Markup(
        '<div class="dk-scroll" tabindex="0" role="region" aria-label="{label}"><table '
        'class="dk-table"><thead><tr>{head}'
        "</tr></thead><tbody>{rows}</tbody><tfoot>{total}</tfoot></table></div>"
        '<p class="dk-legend"><i class="approved"></i>{approved}<i class="edited"></i>{edited}<i '
        'class="dismissed"></i>'
        "{dismissed}</p>"
    ).format(
        label=t("supervisor.figures"),
        head=head,
        rows=rows,
        total=_figures(t, total(agents), slowest) if len(agents) > 1 else "",
        approved=t("supervisor.approved"),
        edited=t("supervisor.edited"),
        dismissed=t("supervisor.dismissed"),
    )


def _figures(t: Say, one: AgentFigures, slowest: float) -> Markup:
    decided = one.approved + one.edited + one.dismissed
    stack = join(
        Markup('<i class="{}" style="width:{:.1f}%"></i>').format(name, 100 * count / decided)
        for name, count in (("approved", one.approved), ("edited", one.edited), ("dismissed", one.dismissed))
        if decided and count
    )
    reply = one.first_reply_seconds
    return Markup(
        '<tr><th scope="row">{agent}</th><td>{sent}</td><td>{reply}</td><td>{drafts}</td><td>{accepted}</td>'
        '<td><span class="dk-stack" role="img" aria-label="{outcome}">{stack}</span></td><td>{edits}</td></tr>'
    ).format(
        agent=one.agent or t("supervisor.total"),
        sent=one.sent,
        reply=Markup('{}<span class="dk-bar" aria-hidden="true"><i style="width:{:.0f}%"></i></span>').format(
            exactly(t, reply), 100 * reply / slowest
        )
        if reply is not None
        else "–",
        drafts=one.drafts,
        accepted=Markup('{}<span class="dk-bar" aria-hidden="true"><i style="width:{:.0f}%"></i></span>').format(
            words.percent(one.acceptance), 100 * one.acceptance
        )
        if one.acceptance is not None
        else "–",
        outcome=t("supervisor.outcome_label", approved=one.approved, edited=one.edited, dismissed=one.dismissed),
        stack=stack,
        edits=words.percent(one.edit_share) if one.edit_share is not None else "–",
    )


def to_review(t: Say, conversations: Sequence[ToReview], now: datetime, language: str) -> Markup:
    """Conversations to read, each with why and a way there."""
    rows = join(
        Markup(
            '<li data-key="{id}"><button type="button" class="dk-thread" data-do="open" data-conversation="{id}">'
            '<span class="dk-line"><b>{name}</b><span class="dk-ago">{agent} {at}</span></span>'
            '<span class="dk-last">{title}</span><span class="dk-reason">{why}</span></button></li>'
        ).format(
            id=one.conversation_id,
            name=customer(t, one.user_id),
            agent=one.agent,
            at=clock(one.updated_at, now, language),
            title=one.title,
            why=" · ".join(one.why),
        )
        for one in conversations
    )
    body = (
        Markup('<ul class="dk-threads dk-cards">{}</ul>').format(rows)
        if rows
        else Markup('<p class="aside">{}</p>').format(t("supervisor.none_to_review"))
    )
    return Markup("<h3>{}</h3>{}").format(t("supervisor.to_review"), body)


def audit(t: Say, session: DeskSession, csv_path: str) -> Markup:
    """Who saw and sent what, under filters, and the way to take it along as CSV."""
    trail, language = session.trail, session.language
    fields = join(
        Markup('<label>{}<input name="{}" value="{}" autocomplete="off" maxlength="200"></label>').format(
            t(f"supervisor.{name}"), name, value
        )
        for name, value in (("agent", trail.agent), ("user", trail.user), ("conversation", trail.conversation))
    )
    query = urlencode({"agent": trail.agent, "user": trail.user, "conversation": trail.conversation})
    rows = join(_entry(t, entry, language) for entry in trail.entries)
    table = (
        Markup(
            '<div class="dk-scroll" tabindex="0" role="region" aria-label="{label}"><table class="dk-table '
            'dk-audit"><thead>'
            "<tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
        ).format(
            label=t("supervisor.trail"),
            head=join(
                Markup('<th scope="col">{}</th>').format(t(f"supervisor.{name}"))
                for name in ("when", "agent", "action", "user", "conversation", "detail")
            ),
            rows=rows,
        )
        if rows
        else Markup('<p class="aside">{}</p>').format(t("supervisor.trail_empty"))
    )
    return Markup(
        '<h3>{title}</h3><form class="dk-trail" data-do="trail">{fields}<button class="solid">{show}</button>'
        '<a class="dk-link" href="{href}" download>{export}</a></form>{table}'
    ).format(
        title=t("supervisor.trail"),
        fields=fields,
        show=t("supervisor.filter"),
        href=f"{csv_path}?{query}",
        export=t("supervisor.export"),
        table=table,
    )


def _entry(t: Say, entry: AuditEntry, language: str) -> Markup:
    conversation = (
        Markup('<button type="button" class="dk-cite" data-do="open" data-conversation="{}">{}</button>').format(
            entry.conversation_id, entry.conversation_id[:8]
        )
        if entry.conversation_id
        else "–"
    )
    return Markup("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>").format(
        Markup('<time datetime="{}">{} {:%H:%M}</time>').format(
            entry.at.isoformat(timespec="seconds"), words.day(entry.at, language), entry.at
        ),
        entry.agent,
        entry.action,
        customer(t, entry.user_id) if entry.user_id else "–",
        conversation,
        entry.detail,
    )
