"""What a tool may be called with: arguments that a model proposes, and the hard limits among them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.errors import ToolRetry
from core.types import Constraints, Range


class ToolArgs(BaseModel):
    """Base of a tool's arguments: what a model may propose; anything else is rejected."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Limits(ToolArgs):
    """Hard limits as a model writes them: facet values, and figures with inclusive ends."""

    require: dict[str, list[str]] = Field(
        default={}, description='facet values, one of which must be there: {"genre": ["Thriller"]}'
    )
    exclude: dict[str, list[str]] = Field(
        default={}, description='facet values that must not be there: {"genre": ["Horror"]}'
    )
    at_least: dict[str, float] = Field(default={}, description='lowest figures: {"year": 1991}')
    at_most: dict[str, float] = Field(default={}, description='highest figures: {"runtime": 120}')

    def constraints(self) -> Constraints:
        """These limits as the store understands them."""
        names = [*self.at_least, *(name for name in self.at_most if name not in self.at_least)]
        return Constraints(
            require={facet: tuple(values) for facet, values in self.require.items() if values},
            exclude={facet: tuple(values) for facet, values in self.exclude.items() if values},
            ranges={name: Range(low=self.at_least.get(name), high=self.at_most.get(name)) for name in names},
        )

    @classmethod
    def of(cls, constraints: Constraints) -> Limits:
        """The limits of constraints; excluded items are left to the context."""
        return cls(
            require={facet: list(values) for facet, values in constraints.require.items()},
            exclude={facet: list(values) for facet, values in constraints.exclude.items()},
            at_least={name: limit.low for name, limit in constraints.ranges.items() if limit.low is not None},
            at_most={name: limit.high for name, limit in constraints.ranges.items() if limit.high is not None},
        )


def merge_constraints(first: Constraints, second: Constraints) -> Constraints:
    """Both at once, and never looser than ``first``.

    Where both require values of one facet, the values of ``second`` that ``first`` also has are kept, or those of
    ``first`` when they share none. Ranges intersect; where they do not overlap, the one of ``first`` holds.
    """
    require = {facet: tuple(values) for facet, values in first.require.items()}
    for facet, values in second.require.items():
        known = {value.casefold() for value in require.get(facet, ())}
        shared = tuple(value for value in values if value.casefold() in known)
        require[facet] = shared or require.get(facet) or tuple(values)
    exclude = {
        facet: tuple(dict.fromkeys([*first.exclude.get(facet, ()), *second.exclude.get(facet, ())]))
        for facet in [*first.exclude, *(facet for facet in second.exclude if facet not in first.exclude)]
    }
    ranges = dict(first.ranges)
    for name, limit in second.ranges.items():
        base = ranges.get(name, Range())
        low = max((end for end in (base.low, limit.low) if end is not None), default=None)
        high = min((end for end in (base.high, limit.high) if end is not None), default=None)
        ranges[name] = base if low is not None and high is not None and low > high else Range(low=low, high=high)
    return Constraints(
        require=require,
        exclude=exclude,
        ranges=ranges,
        exclude_items=first.exclude_items | second.exclude_items,
        available_only=first.available_only or second.available_only,
    )


def parse_args(model: type[ToolArgs], args: Mapping[str, Any]) -> ToolArgs:
    """Raw arguments as the tool's model.

    Raises:
        ToolRetry: naming the first bad argument, its value and what is accepted.
    """
    try:
        return model.model_validate(dict(args))
    except ValidationError as error:
        raise bad_argument(model, error) from error


def bad_argument(model: type[ToolArgs], error: ValidationError) -> ToolRetry:
    """What a model is told of arguments that do not validate."""
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"]) or "arguments"
    return ToolRetry(
        f"Argument {name} is {str(first.get('input'))[:80]!r}: {first['msg']}.",
        f"Use {', '.join(model.model_fields) or 'no arguments'}.",
    )
