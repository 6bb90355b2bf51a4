"""The acts of which messages are made: what can be asked for, told or said."""

from __future__ import annotations

from enum import StrEnum


class Intent(StrEnum):
    """One act of a message."""

    RECOMMEND = "recommend"
    SEARCH = "search"
    EXPLAIN = "explain"
    DETAILS = "details"
    COMPARE = "compare"
    FORECAST = "forecast"
    TIMELINE = "timeline"
    TRENDING = "trending"
    RECORD = "record"
    EDIT = "edit"
    CHOOSE = "choose"
    RESET = "reset"
    ERASE = "erase"
    GREETING = "greeting"
    THANKS = "thanks"
    HELP = "help"
    SMALL_TALK = "small_talk"
    OUT_OF_SCOPE = "out_of_scope"
