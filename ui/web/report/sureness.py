"""The section of a report on what the model is sure of and what not: tested error, ranges, and how firm the list is."""

from __future__ import annotations

from markupsafe import Markup

from ui.web import words
from ui.web.report.person import section
from ui.web.report.ports import Facts
from ui.web.report.wording import join, phrase

SHOWN = 3
LEAST = 0.05
"""A topic whose range ends below this says little, however narrow the range is."""


def sureness(facts: Facts) -> Markup:
    """What is known of the forecast's error, which topics have narrow and wide ranges, and how the list holds."""
    told = [*_forecast(facts), *_list(facts)]
    lines = Markup("").join(Markup("<li>{}</li>").format(each) for each in told)
    return section(facts, "sureness", Markup("<ul>{}</ul>").format(lines)) if told else Markup("")


def _forecast(facts: Facts) -> list[str]:
    forecast = facts.forecast
    if forecast is None:
        return []
    told = [phrase(facts, "forecast_by", model=words.forecaster(forecast.model, facts.language))]
    if forecast.backtest_error is None:
        told.append(phrase(facts, "untested"))
    else:
        told.append(phrase(facts, "tested", error=f"{forecast.backtest_error:.2f}"))
    low, high = forecast.lo80[0], forecast.hi80[0]
    places = [place for place in range(len(forecast.topics)) if high[place] >= LEAST]
    places.sort(key=lambda place: high[place] - low[place])

    def named(chosen: list[int]) -> str:
        return join(
            [
                phrase(
                    facts,
                    "topic_range",
                    topic=words.topic(forecast.topics[place], facts.language),
                    low=f"{100 * low[place]:.0f}",
                    high=f"{100 * high[place]:.0f}",
                )
                for place in chosen
            ],
            facts.language,
        )

    if len(places) > SHOWN:
        told.append(phrase(facts, "surest", topics=named(places[:SHOWN])))
        told.append(phrase(facts, "least_sure", topics=named(places[: -SHOWN - 1 : -1])))
    if forecast.note:
        told.append(forecast.note)
    return told


def _list(facts: Facts) -> list[str]:
    found, items = facts.found, facts.slate.items
    if not items or not found.tried:
        return []
    first = items[0]
    lost = sum(
        1 for each in found.carriers for shift in each.shifts if shift.item_id == first.id and shift.rank_then != 1
    )
    firm = phrase(facts, "firm_first", title=first.title, kept=found.tried - lost, n=found.tried)
    left = {
        shift.item_id
        for each in found.carriers
        for shift in each.shifts
        if shift.rank_then is None or shift.rank_then > facts.request.k
    }
    stay = [item.title for item in items if item.id not in left]
    told = [firm]
    if stay:
        told.append(phrase(facts, "firm_stay", titles=join(stay[:5], facts.language), n=len(stay)))
    else:
        told.append(phrase(facts, "firm_none"))
    return told
