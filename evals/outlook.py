"""Benchmark of what shares do not show: new topics, activity, adventurousness, and the return of resting topics.

Everything is fitted on the events before the first test origin and never refitted. Differences are paired, with
standard errors over people.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.timeline import Array, to_shares
from evals.association import (
    by_person,
    calibration_error,
    concordance,
    log_loss,
    mean_error,
    pooled_auc,
    rank_correlation,
)
from evals.outlook_baselines import (
    FADING,
    beta_binomial,
    deviance,
    gamma_poisson,
    mean_activity,
    mean_events,
    own_gap,
    topic_gap,
)
from evals.outlook_report import ActivityRow, AdoptionRow, BreadthRow, OutlookReport, ReturnRow
from tools.forecasting.backtest import ENOUGH_PEOPLE
from tools.forecasting.outcomes import complete_origins, outcomes
from tools.forecasting.outlook.adoption import BASELINE, AdoptionModel, topic_features
from tools.forecasting.outlook.background import background
from tools.forecasting.outlook.breadth import LEAST_EVENTS, BreadthModel
from tools.forecasting.outlook.logit import Logit
from tools.forecasting.outlook.outlook import FIT_ORIGINS, FIT_WINDOWS, OutlookModel, Outlooks
from tools.forecasting.outlook.returns import resting
from tools.forecasting.series import HORIZONS, Histories, Panel, Windows

TEST_PART = 0.4
MOST_WINDOWS = 30_000
DRAWS = 200


def evaluate_outlook(panel: Panel, seed: int = 0) -> OutlookReport:
    """The benchmark over a panel.

    Raises:
        InputError: the panel spans too few periods or people.
    """
    origins = panel.origins(10_000)
    tested = origins[len(origins) - round(len(origins) * TEST_PART) :]
    past = panel.before(tested[0]) if tested else panel
    complete = [each for each in complete_origins(panel, 10_000) if tested and each >= tested[0]]
    windows = outcomes(panel, complete, MOST_WINDOWS, seed)
    people = len(np.unique(windows.person))
    model = OutlookModel.fit(past, seed)
    if people < ENOUGH_PEOPLE or not (model.adoption.fitted and model.breadth.fitted and model.returns.fitted):
        raise InputError(
            f"{people} people over {len(origins)} periods ({panel.period}) are too few to test an outlook on.",
            "Import data that span more periods, or choose a shorter period.",
        )
    learned = outcomes(past, complete_origins(past, FIT_ORIGINS), FIT_WINDOWS, seed)
    served = model.outlook(windows.histories)
    return OutlookReport(
        panel.period,
        len(windows),
        people,
        _adoption(past, learned, windows, model, served),
        _activity(learned, windows, served),
        _breadth(windows, model.breadth, seed),
        _changes(windows, model.breadth, seed),
        _returns(learned, windows, model, served),
    )


def _adoption(
    past: Panel, learned: Windows, windows: Windows, model: OutlookModel, served: Outlooks
) -> tuple[AdoptionRow, ...]:
    """The baseline as it is usually built, the same with everything but our features, and the model."""
    known = model.adoption.background
    backgrounds = {int(each): background(past, int(each)) for each in np.unique(learned.histories.origin)}
    unseen, taken = _unseen(windows)
    learned_unseen, learned_taken = _unseen(learned)
    columns = list(BASELINE)
    features = np.zeros((*learned_unseen.shape, len(columns)))
    for origin, each in backgrounds.items():
        chosen = np.flatnonzero(learned.histories.origin == origin)
        features[chosen] = topic_features(learned.histories.take(chosen), each)[:, :, columns]
    plain = Logit.fit(features[learned_unseen], learned_taken[learned_unseen])
    second = AdoptionModel(known, BASELINE)
    second.fit(learned, backgrounds, model.activity.ahead(learned.histories))
    chances = {
        "popularity and co-occurrence": plain(topic_features(windows.histories, known)[:, :, columns]),
        "the same, fitted within people, activity": second.chance(windows.histories, served.ahead)[:, -1],
        "model": served.adoption[:, -1],
    }
    person = np.broadcast_to(windows.person[:, None], unseen.shape)[unseen]
    inside = {name: by_person(concordance(each, ~taken, unseen), windows.person) for name, each in chances.items()}
    pooled = {name: pooled_auc(each[unseen], taken[unseen], person) for name, each in chances.items()}
    best_auc, best_part = pooled["model"]
    return tuple(
        AdoptionRow(
            name,
            mean_error(inside[name]),
            mean_error(inside["model"] - inside[name]),
            (pooled[name][0], _root(pooled[name][1])),
            (best_auc - pooled[name][0], _root(best_part - pooled[name][1])),
            float(log_loss(each[unseen], taken[unseen]).mean()),
            calibration_error(each[unseen], taken[unseen]),
        )
        for name, each in chances.items()
    )


def _unseen(windows: Windows) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    unseen = windows.histories.positive.sum(axis=1) == 0
    return unseen, (windows.targets.sum(axis=1) > 0) & unseen


def _root(parts: Array) -> float:
    return float(np.sqrt((parts**2).sum()))


def _activity(learned: Windows, windows: Windows, served: Outlooks) -> tuple[ActivityRow, ...]:
    happened, events = windows.totals[:, 0] > 0, windows.totals.sum(axis=1, dtype=np.float64)
    history = windows.histories
    forecasts = {
        "mean rate": (mean_activity(history), HORIZONS * mean_events(history)),
        "beta-binomial, gamma-Poisson": (
            beta_binomial(learned)(history),
            HORIZONS * gamma_poisson(learned)(history),
        ),
        "the same, recency-weighted": (
            beta_binomial(learned, FADING)(history),
            HORIZONS * gamma_poisson(learned, FADING)(history),
        ),
        "model": (served.ahead.active[:, 0], served.ahead.events.sum(axis=1)),
    }
    best = log_loss(served.ahead.active[:, 0], happened)
    return tuple(
        ActivityRow(
            name,
            pooled_auc(rate, happened, windows.person)[0],
            float(log_loss(rate, happened).mean()),
            mean_error(by_person(log_loss(rate, happened) - best, windows.person)),
            deviance(count, events),
            float(np.abs(count - events).mean()),
        )
        for name, (rate, count) in forecasts.items()
    )


def _breadth(windows: Windows, model: BreadthModel, seed: int) -> tuple[BreadthRow, ...]:
    """One history a person, so that people are independent."""
    followed = (windows.targets * windows.totals[:, :, None]).sum(axis=1)
    before = windows.histories.positive.sum(axis=1)
    enough = np.flatnonzero((followed.sum(axis=1) >= LEAST_EVENTS) & (before.sum(axis=1) >= LEAST_EVENTS))
    order = np.random.default_rng(seed).permutation(enough)
    chosen = order[np.unique(windows.person[order], return_index=True)[1]]
    history, followed, before = windows.histories.take(chosen), followed[chosen], before[chosen]
    shares = to_shares(before.astype(np.float64))
    entropy = -(shares * np.log(np.where(shares > 0, shares, 1))).sum(axis=1)
    known = np.maximum.accumulate(history.positive > 0, axis=1).sum(axis=2)
    start = np.argmax(history.totals > 0, axis=1)
    rows = np.arange(len(chosen))
    later_events = history.events - history.totals[rows, start]
    measures = {
        "entropy": entropy,
        "past new topics per event": (known[:, -1] - known[rows, start]) / np.maximum(later_events, 1),
        "entropy beyond the expected": model.excess(before),
    }
    breadth = model.excess(followed)
    novelty = ((followed > 0) & (before == 0)).sum(axis=1) / followed.sum(axis=1)
    draws = np.random.default_rng(seed).integers(len(chosen), size=(DRAWS, len(chosen)))
    drawn = {
        name: np.array([rank_correlation(each[draw], breadth[draw]) for draw in draws])
        for name, each in measures.items()
    }
    best, best_drawn = list(measures.values())[-1], list(drawn.values())[-1]
    skill = rank_correlation(best, breadth)
    return tuple(
        BreadthRow(
            name,
            rank_correlation(each, breadth),
            (skill - rank_correlation(each, breadth), float((best_drawn - drawn[name]).std())),
            rank_correlation(each, novelty),
        )
        for name, each in measures.items()
    )


def _changes(windows: Windows, model: BreadthModel, seed: int) -> tuple[float, float]:
    history = windows.histories
    keys = np.random.default_rng(seed).random(history.age.shape)
    empty = history.totals == 0
    order = np.argsort(np.where(empty, keys - 2, keys), axis=1)[:, :, None]
    mixed = Histories(
        np.take_along_axis(history.positive, order, axis=1),
        np.take_along_axis(history.negative, order, axis=1),
        history.age,
        history.origin,
    )

    def told(each: Histories) -> float:
        breadth = model.breadth(each)
        sure = np.abs(breadth.change) > 2 * breadth.error
        return float(sure[~np.isnan(breadth.change)].mean())

    return told(history), told(mixed)


def _returns(learned: Windows, windows: Windows, model: OutlookModel, served: Outlooks) -> tuple[ReturnRow, ...]:
    history = windows.histories
    rests = resting(history)
    back = windows.targets > 0
    time = np.where(back.any(axis=1), np.argmax(back, axis=1) + 1, HORIZONS + 1)
    pooled = np.broadcast_to(topic_gap(learned), rests.shape)
    away = np.cumprod(1 - np.nan_to_num(model.returns.hazard(history, served.ahead)), axis=1)
    forecasts = {
        "the topic's mean over people": (pooled, _cut(pooled)),
        "the person's mean gap": (own_gap(history), _cut(own_gap(history))),
        "model": (np.nan_to_num(served.returns), 1 + away.sum(axis=1)),
    }
    inside, errors = {}, {}
    for name, (expected, cut) in forecasts.items():
        inside[name] = by_person(concordance(-expected, time, rests), windows.person)
        off = np.where(rests, np.abs(cut - time), 0).sum(axis=1)
        number = rests.sum(axis=1)
        errors[name] = by_person(np.where(number > 0, off / np.maximum(number, 1), np.nan), windows.person)
    return tuple(
        ReturnRow(name, mean_error(each), mean_error(inside["model"] - each), mean_error(errors[name]))
        for name, each in inside.items()
    )


def _cut(gap: Array) -> Array:
    """Mean of a geometric time with this mean, cut at `HORIZONS` + 1."""
    stay = 1 - 1 / np.maximum(gap, 1)
    return np.asarray(sum(stay**step for step in range(HORIZONS + 1)))
