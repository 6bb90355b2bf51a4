"""Of which items words are said, and of how many of them they must hold: "all", "none", "two of the four", "only"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.grounding.claims.base import CLAUSE, NUMBER, Predicate, Sentence, value_of
from agent.grounding.evidence import Facts
from agent.lexicon import GENRE_NOUNS


@dataclass(frozen=True)
class Scope:
    """The items that words are said of.

    Attributes:
        least, most: of how many of them the words must hold.
        others: items of which they must not hold.
        after: where the words that are said of them begin.
        plain: whether one item, or each of several, is simply named.
    """

    items: tuple[Facts, ...]
    least: int
    most: int
    others: tuple[Facts, ...] = ()
    after: int = 0
    plain: bool = True

    def holds(self, predicate: Predicate, negated: bool = False) -> bool:
        """Whether the words hold of as many items as the sentence says; never where a figure is unknown."""
        found = [predicate(item) for item in (*self.items, *self.others)]
        if not self.items or any(each is None for each in found):
            return False
        true = [bool(each) != negated for each in found]
        count = sum(true[: len(self.items)])
        return self.least <= count <= self.most and not any(true[len(self.items) :])


_N = rf"(?:{NUMBER}|a couple)"
_VERB = (
    r"(?:is|are|was|were|isn't|aren't|wasn't|weren't|has|have|had|won|win|got|get|came|come|comes|runs?|lasts?|stays?"
    r"|costs?|did|do|does|didn't|don't|took|takes?|deals?|should|might|belongs?|fits?|features?|contains?)\b"
)
_THINGS = r"(?: (?:films?|movies?|titles?|items?|picks?|things|products?|here|on this list|in this list|on the list))*"
_NOUN = r"(?: (?!is\b|are\b|was\b|were\b|has\b|have\b|of\b|the\b)(?P<{}>[a-z-]+s))?"

_PARTITIVE = re.compile(
    rf"\b(?:(?P<bound>at least|at most|more than|fewer than|only|just|exactly) )?"
    rf"(?P<some>{_N}|all|both|each|every one|none|neither|half|most|several|some|any) of "
    rf"(?:them|the|these|those|my|his|her|their)(?: (?P<total>{_N}|pair))?\b"
)
_BARE = re.compile(
    rf"(?:^|[,;:.] ?|\b(?:and|but|so|as|that|while|of which) )(?P<some>both|neither|none|all|each|nothing|everything)"
    rf"(?: of)?(?: (?:the|these|those))?(?: (?P<total>{_N}))?(?:{_THINGS}|{_NOUN.format('noun')}) (?:also |all "
    rf"|both |just )?(?={_VERB})"
    rf"|(?:^|[,;:.] ?|\b(?:and|but|so|as|that|while|of which) )(?P<few>{_N}){_THINGS} (?:also )?(?={_VERB})"
    rf"|\bthere(?: is|'s| are|'re) (?:(?P<there>no|not|nothing)|(?:only |just )?(?P<many>{_N}))\b"
    rf"|\b(?P<these>these|the|those|my) (?P<exact>{_N}){_THINGS} (?:all |both )?(?={_VERB})"
    rf"|\bthe (?P<rest>rest|others?|other (?:one|{_N})){_THINGS} (?:all |both )?(?={_VERB})"
)
_NOR = re.compile(r"\bneither $")
_TOTAL = re.compile(rf"\b(?:of|among|in) (?:the|these|those|my) (?P<total>{_N}|pair)\b")


def scope_at(sentence: Sentence, position: int) -> Scope:
    """The scope of the words at a position; it has no items where the words are said of none."""
    low = sentence.masked
    start = max((match.end() for match in CLAUSE.finditer(low, 0, position)), default=0)
    found = [match for match in _PARTITIVE.finditer(low, start) if match.end() <= position]
    for match in _BARE.finditer(low, max(start - 5, 0)):
        if start < match.end() <= position and not any(match.start() < other.end() for other in found):
            found.append(match)
    if found:
        match = max(found, key=lambda each: each.end())
        if not any(match.end() <= link[0] and link[1] <= position for link in sentence.links):
            return _quantified(sentence, match)
    return _named(sentence, position, start)


def _quantified(sentence: Sentence, match: re.Match[str]) -> Scope:
    groups = match.groupdict()
    exact = groups.get("exact")
    some = groups["some"] or groups.get("few") or groups.get("many") or ("none" if groups.get("there") else "all")
    total = groups["total"] or exact or ("two" if some in {"both", "neither"} else None)
    items = pool(sentence, total, match.start(), groups.get("noun") or "")
    sentence.operators.add(match.span())
    if groups.get("rest"):
        named = [item for link in sentence.links if link[1] <= match.start() for item in link[2]]
        wanted = re.search(rf"other ({_N})$", groups["rest"])
        items = [item for item in pool(sentence, None, 0) if item not in named]
        items = items if not wanted or value_of(wanted[1]) == len(items) else []
    dated = re.match(r"(?: films?| movies?| ones?| picks?)? from (?P<year>\d{4})\b", sentence.masked[match.end() :])
    if dated and total:
        among = sentence.evidence.shown or sentence.evidence.known
        items = [item for item in among if item.year == int(dated["year"])]
        items = items if len(items) == value_of(total) else []
        sentence.used.append((match.start(), match.end() + dated.end()))
    excepted = _excepted(sentence)
    if excepted and some == "all":
        items = [item for item in items if item not in excepted]
    count = len(items)
    least, most = count, count
    if some in {"none", "neither", "nothing"}:
        least, most = 0, 0
    elif some == "half":
        least = most = count // 2 if count % 2 == 0 else count + 1
    elif some == "most":
        least, most = count // 2 + 1, max(count - 1, count // 2 + 1)
    elif some in {"several", "some", "any"}:
        least = 1 if some != "several" else 2
    elif re.fullmatch(_N, some):
        number = 2 if some == "a couple" else value_of(some)
        bound = groups.get("bound")
        least, most = {
            "at least": (number, count),
            "more than": (number + 1, count),
            "at most": (0, number),
            "fewer than": (0, number - 1),
        }.get(bound or "", (number, number))
    return Scope(tuple(items), least, most, others=tuple(excepted), after=match.end(), plain=False)


_EXCEPT = re.compile(r"\b(?:except|apart from|other than|bar|aside from|with the exception of)(?: for)? $")


def _excepted(sentence: Sentence) -> list[Facts]:
    """The items behind "except"."""
    found: list[Facts] = []
    end = None
    for start, stop, items in sentence.links:
        cue = _EXCEPT.search(sentence.masked[:start])
        if cue:
            sentence.operators.add((cue.start(), start))
        if cue or (end is not None and re.fullmatch(r",? (?:and|or) |, ", sentence.low[end:start])):
            found += [item for item in items if item is not None]
            end = stop
    return found


def _named(sentence: Sentence, position: int, start: int) -> Scope:
    low = sentence.masked
    items = tuple(sentence.items_at(position))
    chain = next((link for link in sentence.links if start <= link[0] < position and _NOR.search(low[: link[0]])), None)
    if chain is not None:
        named, after = _nor(sentence, chain)
        sentence.operators.add((chain[0] - 8, chain[0]))
        return Scope(items=named, least=0, most=0, after=after, plain=False)
    held = next((link for link in sentence.links if items and items[0] in link[2] and link[0] >= start), None)
    if held is None:
        return Scope(items=items, least=len(items), most=len(items))
    contrast = [link for link in sentence.links if re.search(r"\bunlike (?:the )?$", low[: link[0]])]
    if contrast and held not in contrast:
        others = tuple(item for link in contrast for item in link[2] if item is not None)
        return Scope(items=items, least=len(items), most=len(items), others=others, after=held[1], plain=False)
    spared = re.search(r"\b(?P<some>all|none|every one) but (?:the )?$", low[: held[0]])
    if spared:
        rest = tuple(item for item in pool(sentence, None, 0) if item not in items)
        count = len(rest) if spared["some"] != "none" else 0
        sentence.operators.add((spared.start(), held[0]))
        if count:
            return Scope(rest, count, count, others=items, after=held[1], plain=False)
        return Scope(items, len(items), len(items), others=rest, after=held[1], plain=False)
    before = re.search(r"\bonly (?:the )?$", low[: held[0]])
    inside = re.search(r"\bthe (?:only|one)\b(?: (?:one|film|movie|item|pick)\b)?", low[held[1] : position])
    if before or inside:
        span = before.span() if before else (held[1] + inside.start(), held[1] + inside.end()) if inside else (0, 0)
        sentence.operators.add(span)
        match = _TOTAL.search(low)
        among = pool(sentence, match["total"] if match else None, 0)
        others = tuple(item for item in among if item not in items)
        least = len(items) if others else len(items) + 1
        return Scope(items=items, least=least, most=len(items), others=others, after=held[1], plain=False)
    return Scope(items=items, least=len(items), most=len(items))


def _nor(sentence: Sentence, first: tuple[int, int, tuple[Facts | None, ...]]) -> tuple[tuple[Facts, ...], int]:
    """The items of "neither … nor …", and where the words said of them begin."""
    named = [first]
    for link in sentence.links:
        if link[0] > named[-1][1] and re.fullmatch(r",? (?:nor|or) ", sentence.low[named[-1][1] : link[0]]):
            named.append(link)
            sentence.operators.add((named[-2][1], link[0]))
    return tuple(item for link in named for item in link[2] if item is not None), named[-1][1]


def pool(sentence: Sentence, total: str | None, position: int, noun: str = "") -> list[Facts]:
    """The items that "the four", "both kettles" or "them" mean; empty where nothing has that many."""
    evidence = sentence.evidence
    linked = [item for link in sentence.links if link[1] <= position for item in link[2] if item is not None]
    spoken = [evidence.by_id[key] for key in sentence.about if key in evidence.by_id]
    sets = [linked, spoken, list(evidence.shown), list(evidence.known)]
    if noun:
        sets = [[item for item in items if _is_a(item, noun)] for items in sets]
    if total is None:
        return next((items for items in sets if len(items) > 1), [])
    count = 2 if total in {"pair", "a couple"} else value_of(total)
    return next((items for items in sets if len(items) == count), [])


def _is_a(item: Facts, noun: str) -> bool:
    one = noun.removesuffix("s")
    genres = {value for word in (noun, one) for value in GENRE_NOUNS.get(word, ())}
    kinds = {value.casefold().removesuffix("s") for values in item.facets.values() for value in values}
    return one in kinds or any(item.has("genre", genre) for genre in genres)


_NOT = re.compile(r"(?:\b(?:not|never|no|without|nor|cannot)\b|n't\b)(?! only\b)[^,;]{0,30}$")


def counted_at(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a word is only the noun of a quantity: "both kettles", "all three comedies"."""
    scope_at(sentence, end + 1)
    counted = any(left <= start and end <= right for left, right in sentence.operators)
    if counted:
        sentence.used.append((start, end))
    return counted


def holds_at(sentence: Sentence, scope: Scope, predicate: Predicate, negated: bool = False) -> bool:
    """`Scope.holds`; what was said is kept for the words that deny it of another item."""
    sentence.predicate = predicate
    return scope.holds(predicate, negated)


def denied_at(sentence: Sentence, scope: Scope, position: int) -> bool:
    """Whether the words at a position are denied of the items of their scope, beside what its quantity says."""
    return _NOT.search(sentence.masked[scope.after : position]) is not None


_TOO = re.compile(
    r"(?:\b(?:and|as|just as|so) (?P<so>so )?(?:is|was|are|were|does|do|did|has|have) (?:the )?$)"
    r"|(?P<neither>\b(?:nor|neither) "
    r"(?:is|was|are|were|does|do|did|has|have) (?:the )?$)"
)
_ELLIPSIS = re.compile(
    r"^,? (?:(?:is|was|are|were|does|do|did|has)(?: not|n't)|(?:is|being) the (?:\w+ )?exception)(?=[.,;!]|$)"
)


def ellipses(sentence: Sentence) -> None:
    """ "Gladiator is not", "Gladiator is the exception": what was said of the others does not hold of it."""
    for start, _, items in sentence.links:
        match = _TOO.search(sentence.masked[:start])
        if match and sentence.predicate:
            found = [sentence.predicate(item) for item in items if item is not None]
            wanted = not match["neither"]
            sentence.add("ellipsis", match.start(), start, bool(found) and all(each is wanted for each in found))
    for _, end, items in sentence.links:
        match = _ELLIPSIS.match(sentence.low[end:])
        if match is None:
            continue
        known = [item for item in items if item is not None]
        found = [sentence.predicate(item) for item in known] if sentence.predicate else []
        ok = bool(found) and all(each is False for each in found)
        sentence.add("ellipsis", end, end + match.end(), ok)


_OPERATOR = re.compile(
    r"\b(?:only|same|neither|none|nor|half|most(?! likely| people)|shar(?:e|ed|es|ing) (?:an?|the|their|some|no"
    r"|one|two)|in common|doubl\w+|twice|triple\w*"
    r"|favourite|favorite|always|certain|certainly|definitely|guaranteed|the rest|the others?|any other|everyone"
    r"|everybody|nobody|alike|equally|exception|except|never (?:been|more|less)|by \w+ (?:minutes|years)|century"
    r"|by (?!your history)[^,.;]{3,40} alone)\b"
)
_HARMLESS = re.compile(
    r"(?:on the other hand|only (?=\d)|enjoy[^,.;]{0,40} most\b|only (?:about |around )?(?:\d+|\w+) (?:minutes"
    r"|hours)|if you only|only (?:if"
    r"|when|say|ask|guess|facts)"
    r"|not only|if only|the only thing|only (?:know|have|speak"
    r"|see|tell|go"
    r"|use)"
    r"|(?:one|some|any) of your favourites?|most of (?:all|the time)|at (?:the )?most|(?:the )?same (?:again|time"
    r"|way)"
    r"|half an hour|and a half|half (?:hour|past)|not (?:always|certain)|can't be certain)"
)


def loose_operators(sentence: Sentence) -> None:
    """Words that say of how many, of which alone or how surely, and that no rule has weighed."""
    fine = [match.span() for match in _HARMLESS.finditer(sentence.masked)]
    asked = sentence.low.rstrip().endswith("?")
    for match in _OPERATOR.finditer(sentence.masked):
        start, end = match.span()
        weighed = any(left <= start and end <= right for left, right in (*sentence.operators, *sentence.used, *fine))
        if not weighed and not asked:
            heard = re.search(rf"\b{re.escape(match[0])}\b", sentence.evidence.heard) is not None
            sentence.add("quantity", start, end, heard)
