"""When a conversation goes to a person: asked for, on a sensitive subject, or when the bot is unsure twice in a row.

Wordings are read by rules, so that what hands over can be looked up, and nothing depends on a model being there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from core.desk import Thread
from core.turns import Turn

Kind = Literal["asked", "emergency", "fraud", "legal", "refund", "complaint", "unsure"]

MOST = 4
"""Times that the bot hands one conversation over; an emergency always counts."""

PRIORITY: dict[Kind, int] = {
    "emergency": 2,
    "fraud": 1,
    "legal": 1,
    "refund": 1,
    "complaint": 1,
    "asked": 0,
    "unsure": 0,
}
REASON: dict[Kind, str] = {
    "asked": "The customer asked for a person.",
    "emergency": "The customer may be in danger.",
    "fraud": "A payment or a fraud.",
    "legal": "A legal matter.",
    "refund": "A refund or a return.",
    "complaint": "A complaint.",
    "unsure": "Driftline did not understand twice in a row.",
}

_PERSON = (
    r"(?:(?:real|actual|live|human|proper|another)\s+)*(?:human(?: being)?|person|agent|representative|rep"
    r"|someone|somebody"
    r"|(?:member of )?staff(?: member)?|colleague|advis[oe]r|operator|supervisor|manager|employee|people|team"
    r"|(?:customer )?(?:service|support|care)(?: (?:agent|team|rep(?:resentative)?|person|desk))?|help ?desk)"
)
_REACH = r"(?:talk|speak|chat|get through|be (?:connected|transferred|put through))(?:ing)?\s+(?:to|with)"
_ASKING = (
    r"(?:can|could|may|might) (?:i|we|you)|(?:i|we)(?: would|'d)? (?:like|want|need|wish|prefer|love|have|demand)"
    r"|let me|how (?:do|can) i|is it possible|i(?:'m| am) (?:trying|asking)|i(?:'d| would) rather|just want|please"
)
_ASKED = (
    rf"\b(?:{_ASKING})\b[^.?!]{{0,30}}\b{_REACH} (?:an?|any|some|your|the|one of your)?\s*{_PERSON}\b",
    rf"\b(?:get|put|connect|transfer|pass|hand|switch|send|forward)(?: (?:me|this|us))?(?: (?:through|over|on|up))? "
    rf"(?:to|with|onto)? ?(?:an?|any|some|your|the)?\s*(?:{_PERSON})\b(?! (?:who|that|in|from|of) )",
    rf"\bis there (?:an?|any|some)?\s*(?:{_PERSON}|(?:any|some)(?:one|body))(?: \w+){{0,3}} "
    r"(?:i|we) can (?:talk|speak|write|chat)",
    rf"^\W*(?:(?:a|an|get|give me|i want|i need|need|want)\s+)*(?:(?:real|actual|live)\s+(?:{_PERSON})"
    rf"|human(?: being)?|operator"
    rf"|(?:human|live) agent|agent|representative|customer (?:service|support|care))(?:,? (?:please|now|pls))?\W*$",
    r"\b(?:i|we)(?: do|'d| would)?(?: not|n'?t)? (?:want|like|wish)(?: to)? (?:talk|speak|chat)(?:ing)? (?:to|with) "
    r"(?:a|an|this|you,? (?:a|the)) (?:\w+ )?(?:bot|robot|machine|computer|ai)\b",
    r"\b(?:stop the|enough of (?:this|the)|no more) (?:chat ?)?bots?\b",
    # French, German, Italian, Spanish and Chinese
    r"\b(?:parler|discuter) (?:à|avec) (?:un|une|quelqu'un|votre) ?(?:vraie? )?(?:personne|humain|conseiller"
    r"|conseillère"
    r"|agent|responsable)?\b",
    r"\b(?:mit|zu) (?:einem|einer|dem|ihrem) (?:echten |richtigen |menschlichen )?(?:menschen|mitarbeiter(?:in)?|person"
    r"|berater(?:in)?|kundendienst|kundenservice)\b.{0,20}\b(?:sprechen|reden|chatten|verbinden)",
    r"\bparlare con (?:una?|un'|qualcuno|il|l')\s?(?:persona|operatore|operatrice|umano|essere umano|assistenza)?\b",
    r"\bhablar con (?:una?|alguien|el|la)\s?(?:persona|agente|humano|operador(?:a)?|representante|encargado)?\b",
    r"(?:人工(?:客服|服务)?|真人|转人工|找客服|人工坐席)",
)
_SENSITIVE: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (
        "emergency",
        (
            r"\bi(?:'m| am| feel|'ve been feeling)? ?(?:really |so |very )?suicidal\b|\bsuicidal thoughts\b",
            r"\b(?:i (?:want|wish|am going|'m going|plan|intend|might|would like)|i'm gonna|thinking (?:of"
            r"|about)|thoughts of)"
            r"(?: to)? (?:kill(?:ing)? myself|die\b(?! (?:of laugh|laugh))|end(?:ing)? (?:my life|it all)"
            r"|hurt(?:ing)? myself"
            r"|harm(?:ing)? myself|tak(?:e|ing) my (?:own )?life|cut(?:ting)? myself)",
            r"\b(?:kill|hurt|harm|cut) myself\b|\bself[- ]harm(?:ing|ed)?\b(?! (?:in|film|movie|book|stor))",
            r"\b(?:do not|don'?t) want to (?:live|be alive|be here) any ?more\b|\bno reason to live\b"
            r"|\bbetter off dead\b",
            r"\b(?:call|need|get|send)(?: me| us)? an ambulance\b|\bmedical emergency\b(?! (?:film|movie"
            r"|drama|series|show))",
            r"\b(?:i|he|she|they|we|my \w+)(?:'m|'s| am| is| are| was|'ve| have| has| think i'm| think he's| "
            r"think she's)*"
            r"(?: just| having| had| got| suffering)* (?:an? )?(?:heart attack|stroke|seizure|severe allergic reaction"
            r"|(?:bad |severe |strong )?chest pains?)\b",
            r"\b(?:i|he|she|they|my \w+) (?:just )?(?:can(?:'?t|not)|could(?:n'?t| not)) breathe\b",
            r"\b(?:i|he|she|my \w+)(?:'ve| have| has|'s)?(?: just)? (?:overdosed|swallowed (?:bleach|poison"
            r"|too many pills)"
            r"|took (?:too many|all (?:of )?(?:my|the)) pills)\b|\bis unconscious\b|\bbleeding (?:badly"
            r"|heavily|a lot)\b",
            r"\bme (?:quiero|voy a) (?:morir|suicidar|matar)\b|\bquiero (?:morir|suicidarme|matarme)\b"
            r"|\bje veux (?:mourir|me tuer)\b|\bich (?:will|möchte) (?:sterben|nicht mehr leben)\b|\bmich umbringen\b"
            r"|\bvoglio (?:morire|uccidermi)\b|(?:我想死|自杀|不想活)",
        ),
    ),
    (
        "fraud",
        (
            r"\b(?:unauthori[sz]ed|fraudulent|unknown|suspicious) (?:charge|payment|transaction|purchase"
            r"|order|withdrawal)s?\b",
            r"\b(?:charged|billed|debited)(?: \w+){0,3} (?:twice|double|two times|again|wrongly|too much|the "
            r"wrong amount)\b",
            r"\b(?:double|wrongly|over)[- ]?charged\b|\bcharged my (?:card|account) (?:for|without)\b",
            r"\b(?:this is|it'?s|report(?:ing)?|victim of|suspect(?:ed)?|committed|case of)(?: a| an| some)? "
            r"(?:fraud|scam)\b",
            r"\bi(?:'ve| have| was|'ve been| have been| got)* (?:been )?(?:scammed|defrauded|hacked|phished)\b",
            r"\bmy (?:(?:credit|debit|bank) )?(?:card|account|wallet|password)(?: details| number)? (?:was"
            r"|has been|is|got|were)"
            r" (?:stolen|hacked|blocked|compromised|used|charged|locked)\b",
            r"\b(?:did ?n'?t|did not|never) (?:authori[sz]e|make|place|order|approve) (?:this|that|these|the|any) "
            r"(?:payment|purchase|order|charge|transaction)s?\b",
            r"\b(?:payment|billing|invoice|card) (?:problem|issue|error|failed|fails|is wrong|went wrong"
            r"|(?:was|is) declined"
            r"|does(?:n'?t| not) work)\b|\b(?:problem|issue|trouble) with (?:my|the|a) (?:payment|bill"
            r"|billing|invoice|card)\b",
            r"\bdoppelt (?:abgebucht|berechnet)\b|\bbetrug\b|\bdébité deux fois\b|\bfraude\b|\bcobrado dos veces\b"
            r"|\baddebitat[oa] due volte\b|\bfrode\b|(?:盗刷|被骗|诈骗|重复扣款)",
        ),
    ),
    (
        "legal",
        (
            r"\b(?:my|our|a|call(?:ing)? (?:my|a)) (?:lawyer|attorney|solicitor)s? (?:will|is|has|about|says?|to)\b",
            r"\b(?:speak|talk|contact|call|write)\w* (?:to |with )?(?:my|our) (?:lawyer|attorney|solicitor)s?\b",
            r"\bi(?:'ll| will| am going to|'m going to| want to| might| could) sue\b|\bsue (?:you|your "
            r"company|driftline)\b",
            r"\b(?:take|taking|seek|start|consider)\w* legal (?:action|advice|steps)\b|\btake (?:you|this) to "
            r"(?:small claims )?court\b",
            r"\b(?:consumer (?:protection|rights)|trading standards|small claims|ombudsman|data protection "
            r"(?:authority|officer"
            r"|regulator)|breach of contract|gdpr (?:request|complaint|violation))\b",
            r"\b(?:mein(?:en)? anwalt|rechtliche schritte|verklagen|mon avocat|porter plainte|mi abogado"
            r"|demandar(?:los|te)?"
            r"|il mio avvocato|azione legale|vie legali)\b|(?:律师|起诉|投诉到消协|消费者协会)",
        ),
    ),
    (
        "refund",
        (
            r"\brefund(?:s|ed|ing)?\b|\breimburse(?:d|ment)?\b|\bcharge ?back\b|\bmoney back\b",
            r"\b(?:return|send back|exchange|cancel)(?:ing)? (?:this|it|that|them|my|the|an|these) "
            r"?(?:order|item|purchase|product|parcel|package|shoes|delivery|subscription)s?\b",
            r"\b(?:i|we)(?: would|'d)? (?:want|like|need|wish|have) to (?:return|send back|exchange) (?:this"
            r"|it|that|them|my \w+)\b",
            r"\b(?:geld zurück|rückerstattung|erstattung|umtauschen|remboursement|rembourser|reembolso"
            r"|devolución|devolver el dinero"
            r"|rimborso|restituire)\b|(?:退款|退货|退钱|换货)",
        ),
    ),
    (
        "complaint",
        (
            r"\b(?:make|file|lodge|have|submit|register|raise) (?:a|an|another|my) (?:\w+ )?complaint\b",
            r"\b(?:i|we)(?: would|'d)? (?:want|like|need|wish|have) to complain\b|\bi(?:'m| am) (?:going to "
            r"|here to )?complain",
            r"\b(?:my|the|our) (?:order|parcel|package|delivery|item|purchase)s?(?: \w+){0,2} (?:never|not"
            r"|n'?t|still has ?n'?t|has ?n'?t)"
            r"(?: yet)?(?: been)? (?:arrived?|come|been|delivered|shipped|received)\b",
            r"\b(?:order|parcel|package|item|delivery|product|it|they|box) (?:has |have |just |all "
            r")?(?:arrived|came|was|were|is|are)"
            r" (?:\w+ )?(?:broken|damaged|wrong|expired|defective|faulty|smashed|mouldy|moldy|spoiled|rotten"
            r"|incomplete)\b",
            r"\bwhere(?:'s| is| are) my (?:order|parcel|package|delivery|stuff|money)s?\b|\bwrong (?:item"
            r"|order|product)s?\b"
            r"|\b(?:missing|late) (?:delivery|parcel|package|order)\b",
            r"\b(?:unacceptable|outrageous|a disgrace|disgraceful)\b(?! (?:film|movie|book|comedy|humou?r))",
            r"\b(?:terrible|awful|horrible|worst|poor|bad|disgusting|appalling) (?:customer )?(?:service"
            r"|support|delivery)\b",
            r"\b(?:beschwerde|beschweren|réclamation|me plaindre|queja|quejarme|reclamo|reclamar|lamentarmi"
            r"|reclamare)\b|投诉",
        ),
    ),
)
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    *((kind, re.compile("|".join(patterns))) for kind, patterns in _SENSITIVE),
    ("asked", re.compile("|".join(_ASKED))),
)
_BACK = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|no|oh|actually)\W+)*(?:never ?mind|forget (?:it|about it)|(?:i|we)(?:'ll| will) "
    r"(?:go on|continue)"
    r" (?:with )?(?:you|the bot|without)|(?:let'?s )?(?:go )?back to (?:the )?bot|(?:continue|go on) (?:with|without)"
    r"(?: the| a)? (?:bot|person|human|you|agent)|i don'?t need (?:a|any) (?:person|human|agent)(?: any ?more)?)\b"
)


@dataclass(frozen=True)
class Reason:
    """Why a conversation goes to a person, with the words that it rests on; those may be none."""

    kind: Kind
    quote: str = ""

    @property
    def text(self) -> str:
        """The reason in words."""
        return f"{REASON[self.kind]} “{self.quote}”" if self.quote else REASON[self.kind]


def reason_in(text: str) -> Reason | None:
    """Why a message goes to a person; the gravest reason where there are several, None where there is none."""
    plain = _plain(text)
    for kind, pattern in _PATTERNS:
        found = pattern.search(plain)
        if found:
            return Reason(kind, text[found.start() : found.end()].strip() if len(plain) == len(text) else text[:120])
    return None


def asks_for_person(text: str) -> bool:
    """Whether a message asks for a person and for nothing that can be told from its words."""
    reason = reason_in(text)
    return reason is not None and reason.kind == "asked"


def wants_bot_back(text: str) -> bool:
    """Whether somebody who waits for a person says that they need none any more."""
    return _BACK.search(_plain(text)) is not None


def unsure_twice(turns: Sequence[Turn]) -> bool:
    """Whether the bot understood neither of the customer's last two messages, with nothing of the staff between."""
    spoken = [turn for turn in turns[-4:] if turn.text or turn.author not in ("driftline", "")]
    return len(spoken) >= 2 and all(turn.unsure and turn.author == "driftline" for turn in spoken[-2:])


def may_hand_over(thread: Thread, reason: Reason) -> bool:
    """Whether this reason hands the conversation over: what is asked anew does, every other kind once, all together
    `MOST` times; an emergency always."""
    if reason.kind == "emergency":
        return True
    if thread.handovers >= MOST:
        return False
    return reason.kind == "asked" or reason.kind not in thread.handed_for


def _plain(text: str) -> str:
    return text.replace("’", "'").replace("‘", "'").lower()
