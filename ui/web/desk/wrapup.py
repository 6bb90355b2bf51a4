"""The wrap-up as a dialog: summary, disposition, follow-ups, and each fact to confirm or leave out."""

from __future__ import annotations

from markupsafe import Markup

from core.desk import Fact
from ui.web.desk.bits import Say, join, notice, say
from ui.web.desk.session import DeskSession


def dialog(session: DeskSession) -> str:
    """The dialog; empty where none is open."""
    wrap = session.wrap_up
    if wrap is None:
        return ""
    t = say(session.language)
    choices = join(
        Markup('<label><input type="radio" name="disposition" value="{}"{}> <span>{}</span></label>').format(
            choice, Markup(" checked") if choice == wrap.disposition else "", _disposition(t, choice)
        )
        for choice in wrap.dispositions
    )
    facts = join(_fact(t, fact) for fact in wrap.facts)
    return str(
        Markup(
            '<dialog class="menu dk-wrap" data-key="wrap-{id}" aria-label="{title}"><form data-do="close" '
            'data-conversation="{id}"><header><h2>{title}</h2><button type="button" class="quiet" '
            'data-do="unwrap">{cancel}'
            '</button></header><label class="dk-field">{summary_label}<textarea name="summary" rows="4" '
            'autofocus maxlength="4000" '
            'data-keep="summary.{id}">{summary}</textarea></label><fieldset><legend>{disposition}</legend>'
            '<div class="dk-choices">{choices}</div></fieldset><label class="dk-field">{follow_label}<textarea '
            'name="follow_ups" rows="2" maxlength="2000" data-keep="follow.{id}">{follow}</textarea></label>'
            "<fieldset><legend>{facts_label}</legend>{facts}</fieldset>{trouble}"
            '<div class="dk-end"><button class="solid">{close}</button></div></form></dialog>'
        ).format(
            id=wrap.conversation_id,
            title=t("wrap"),
            cancel=t("cancel"),
            summary_label=t("summary"),
            summary=wrap.summary,
            disposition=t("disposition"),
            choices=choices,
            follow_label=t("follow_ups"),
            follow="\n".join(wrap.follow_ups),
            facts_label=t("facts"),
            facts=Markup('<p class="aside">{}</p><ul class="dk-facts">{}</ul>').format(t("facts_note"), facts)
            if facts
            else Markup('<p class="aside">{}</p>').format(t("no_facts")),
            trouble=notice(session.notice, True, session.notices) if session.trouble else "",
            close=t("close_conversation"),
        )
    )


def _disposition(t: Say, choice: str) -> str:
    name = "disposition_" + choice.casefold().replace(" ", "_").replace("-", "_")
    try:
        return t(name)
    except KeyError:
        return choice


def _fact(t: Say, fact: Fact) -> Markup:
    return Markup(
        '<li data-key="{id}"><div><b>{text}</b>{quote}</div><div class="dk-choices" role="radiogroup" '
        'aria-label="{text}"><label><input type="radio" name="fact-{id}" value="confirm" data-fact="{id}"> '
        "<span>{confirm}"
        '</span></label><label><input type="radio" name="fact-{id}" value="reject"> '
        "<span>{reject}</span></label></div></li>"
    ).format(
        id=fact.id,
        text=fact.text,
        quote=Markup("<q>{}</q>").format(fact.quote) if fact.quote else "",
        confirm=t("confirm"),
        reject=t("reject"),
    )
