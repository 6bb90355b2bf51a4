"""Sentences out of running text: splitting that survives titles and abbreviations, and removal of internals."""

from __future__ import annotations

import re

_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "st",
        "prof",
        "sr",
        "jr",
        "vs",
        "etc",
        "no",
        "vol",
        "pt",
        "min",
        "mins",
        "hr",
        "hrs",
        "approx",
        "e.g",
        "i.e",
        "a.m",
        "p.m",
        "u.s",
        "u.k",
        "d.c",
        "fig",
        "rev",
        "capt",
        "lt",
        "col",
        "gen",
        "sgt",
    ]
)
_STARTERS = frozenset(
    [
        "it",
        "the",
        "this",
        "that",
        "these",
        "those",
        "i",
        "you",
        "your",
        "we",
        "they",
        "he",
        "she",
        "here",
        "there",
        "if",
        "and",
        "but",
        "so",
        "as",
        "for",
        "both",
        "all",
        "each",
        "would",
        "do",
        "what",
        "how",
        "let",
        "its",
        "in",
        "on",
        "with",
        "another",
        "one",
        "two",
        "three",
        "a",
        "an",
        "my",
    ]
)
_END = re.compile(r"(?:[.!?…]+[\"')\]*_]*)(?=\s|$)|\n+")


def _is_boundary(text: str, start: int, end: int) -> bool:
    """Whether the punctuation at [start, end) ends a sentence, given all text before and after it."""
    if text[start] == "\n":
        return True
    mark = text[start:end]
    after = text[end:].lstrip(" \t")
    if not mark.startswith(".") or mark.startswith(".."):
        return mark[0] in "!?" or not after or not after[0].islower()
    word = re.search(r"(\S+)$", text[:start])
    token = word[1].lstrip("(\"'*_").casefold() if word else ""
    line = text[text.rfind("\n", 0, start) + 1 : start].strip()
    if re.fullmatch(r"\d{1,2}", line):
        return False
    if token in _ABBREVIATIONS:
        return token in {"etc", "min", "mins", "hr", "hrs", "a.m", "p.m"} and (not after or after[0].isupper())
    if re.fullmatch(r"(?:[a-z]\.)*[a-z]", token):
        following = re.match(r"[\"'(*_]*([A-Za-z']+)", after)
        if token == "i" or not after:
            return True
        return bool(following and following[1][0].isupper() and following[1].casefold() in _STARTERS and "." in token)
    return not after or not after[0].islower()


def split(text: str) -> list[str]:
    """The sentences of a text, without surrounding space; a line break always ends one."""
    sentences, rest = take(text, final=True)
    return sentences + ([rest.strip()] if rest.strip() else [])


def take(buffer: str, final: bool = False) -> tuple[list[str], str]:
    """Complete sentences at the front of a buffer, and what remains.

    Args:
        buffer: text received so far.
        final: whether no more will come; otherwise a sentence counts as complete only once the next one has begun.
    """
    sentences, start = [], 0
    for match in _END.finditer(buffer):
        if match.start() < start:
            continue
        following = buffer[match.end() :].lstrip(" \t")
        if not final and not following and buffer[match.start()] != "\n":
            break
        # The word after an abbreviation decides ("E.T. It" ends a sentence, "E.T. is" does not): wait for all of it.
        if not final and buffer[match.start()] == "." and re.fullmatch(r"[\"'(*_]*[A-Za-z']*", following):
            break
        if _is_boundary(buffer, match.start(), match.end()):
            sentence = buffer[start : match.end()].strip()
            if sentence:
                sentences.append(sentence)
            start = match.end()
    return sentences, buffer[start:]


_THINK = re.compile(r"<think>.*?(?:</think>|$)", re.DOTALL | re.IGNORECASE)
_SPECIAL = re.compile(
    r"<\|[^|>]{0,40}\|>|</?(?:s|think|tool_call|tool_response|function|eos|bos|pad|unk|im_start"
    r"|im_end)\b[^>]*>|\[/?(?:INST|TOOL_CALLS|SYS)\]",
    re.IGNORECASE,
)
_ROLE = re.compile(r"^\s*(?:assistant|system|user|driftline)\s*:\s*", re.IGNORECASE)
_FENCE = re.compile(r"```.*?(?:```|$)", re.DOTALL)
_JSON = re.compile(r"[\[{]\s*\"[^{}\[\]]*(?:[{\[][^{}\[\]]*[}\]][^{}\[\]]*)*[}\]]")
_IDS = re.compile(r"\s*[\[(]?\b(?:id|imdb(?: id)?|item(?:_id)?)?\s*[:=#]?\s*\btt\d{6,9}\b[\])]?|\s*\b[0-9a-f]{16,}\b")
_SCORES = re.compile(
    r"(?:,\s*|\s*)[\[(]?\b(?:(?:with |has |having |and )?(?:a |an |the )?(?:\w+ )?(?:score|contribution"
    r"|weight|similarity|probability|relevance|confidence|intercept)\s*(?:of|is|was|:"
    r"|=)?\s*-?\d+(?:\.\d+)?(?:\s?%)?)[\])]?",
    re.IGNORECASE,
)
_CALLS = re.compile(
    r"\s*\b(?:recommend|search_catalog|forecast_interests|explain|item_details|compare|trending"
    r"|record_preference|show_timeline|edit_timeline)\s*\([^)]*\)"
)
_TOOLS = re.compile(
    r"\b(?:search_catalog|forecast_interests|item_details|record_preference|show_timeline|edit_timeline"
    r"|topic_fit|text_similarity|item_knn|popular_now|[a-z]+_[a-z_]+)\b|\b(?:genre|director|actor|writer"
    r"|language|country):(?=[A-Z])"
)


_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})


def straight(text: str) -> str:
    """The text with plain quotation marks and spaces, as sentences are compared."""
    return text.translate(_STRAIGHT)


def strip_blocks(text: str) -> str:
    """The text without what may run over several sentences: thinking, special tokens, code, JSON and calls."""
    for pattern in (_THINK, _FENCE, _SPECIAL, _ROLE, _JSON, _CALLS):
        text = pattern.sub("", text)
    return text.strip()


def strip_internals(text: str) -> str:
    """The text without thinking, special tokens, code, JSON, ids, scores and tool or feature names."""
    text = _SCORES.sub("", _IDS.sub("", strip_blocks(text)))
    return re.sub(r"[ \t]{2,}", " ", re.sub(r"\s+([.,!?;:])", r"\1", text)).strip()


def has_internals(text: str) -> bool:
    """Whether a stripped text still names a tool, a feature or a topic key, which no removal would make readable."""
    return _TOOLS.search(text) is not None or bool(re.search(r"[{}<>]|\bJSON\b|\btool call\b|\bfunction call\b", text))
