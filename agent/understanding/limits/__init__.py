"""Numeric limits in plain words: years, running times, prices, awards and scores become closed intervals.

Text arrives in lower case with catalogue titles masked out, so that "2001: A Space Odyssey" is never read as a year.
"""

from __future__ import annotations

from agent.understanding.limits.base import Limit
from agent.understanding.limits.comparisons import Relative, relatives
from agent.understanding.limits.counts import count
from agent.understanding.limits.prices import prices
from agent.understanding.limits.runtimes import runtimes
from agent.understanding.limits.scores import others
from agent.understanding.limits.years import years

__all__ = ["Limit", "Relative", "count", "others", "prices", "relatives", "runtimes", "years"]
