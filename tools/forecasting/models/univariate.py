"""ARIMA, exponential smoothing and structural models of one real-valued series, orders chosen by information criterion.

All are statsmodels' state-space forms, in which NaN is a missing observation.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from core.timeline import Array

MOST_ITERATIONS = 30
_KPSS_5_PERCENT = 0.463
_LEAST_VARIANCE = 1e-8

Model = Callable[[Array, Array | None], Any]
Found = tuple[Array, Array, str]


def best_model(
    family: Callable[[Array], Mapping[str, Model]],
    series: Array,
    horizon: int,
    past: Array | None = None,
    future: Array | None = None,
) -> Found | None:
    """Mean and variance (horizon,) of the forecast by the model of least corrected AIC, and its name.

    A series that never moves stays where it is. None when no model could be fitted, or the forecast is not finite.
    """
    known = series[~np.isnan(series)]
    if len(known) < 2 or not np.isfinite(known).all():
        return None
    if known.var() < _LEAST_VARIANCE:
        return np.full(horizon, known.mean()), np.zeros(horizon), "constant"
    best: tuple[float, Any, str] | None = None
    models = family(series)
    with warnings.catch_warnings():
        # After the import of statsmodels, which sets filters of its own.
        warnings.simplefilter("ignore")
        for name, build in models.items():
            try:
                fitted = build(series, past).fit(disp=0, maxiter=MOST_ITERATIONS, cov_type="none")
            except (ValueError, np.linalg.LinAlgError, IndexError, ZeroDivisionError):
                continue
            score = float(fitted.aicc)
            if np.isfinite(score) and (best is None or score < best[0]):
                best = score, fitted, name
        if best is None:
            return None
        ahead = best[1].get_forecast(horizon, **({} if future is None else {"exog": future}))
        mean, variance = np.asarray(ahead.predicted_mean), np.asarray(ahead.se_mean) ** 2
    return (mean, variance, best[2]) if np.isfinite(mean).all() and np.isfinite(variance).all() else None


def _arima(series: Array) -> Mapping[str, Model]:
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    def model(order: tuple[int, int, int]) -> Model:
        return lambda values, exog: SARIMAX(values, exog=exog, order=order, trend="n" if order[1] else "c")

    d = int(not _stationary(series[~np.isnan(series)]))
    return {str((p, d, q)): model((p, d, q)) for p, q in ((0, 0), (1, 0), (0, 1), (1, 1))}


def _stationary(values: Array) -> bool:
    from statsmodels.tsa.stattools import kpss

    with warnings.catch_warnings():
        # The p-value is interpolated in a short table; only the statistic is used.
        warnings.simplefilter("ignore")
        return bool(kpss(values, regression="c", nlags="auto")[0] < _KPSS_5_PERCENT)


def _ets(series: Array) -> Mapping[str, Model]:  # noqa: ARG001
    from statsmodels.tsa.statespace.exponential_smoothing import ExponentialSmoothing

    return {
        "A,N,N": lambda values, exog: ExponentialSmoothing(values),  # noqa: ARG005
        "A,Ad,N": lambda values, exog: ExponentialSmoothing(values, trend=True, damped_trend=True),  # noqa: ARG005
    }


def _structural(series: Array) -> Mapping[str, Model]:  # noqa: ARG001
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    def model(**parts: Any) -> Model:
        return lambda values, exog: UnobservedComponents(values, exog=exog, **parts)

    return {
        "constant": model(level="deterministic constant"),
        "local level": model(level="local level"),
        "constant with AR(1)": model(level="deterministic constant", autoregressive=1),
    }


FAMILIES: Mapping[str, Callable[[Array], Mapping[str, Model]]] = {
    "arima": _arima,
    "ets": _ets,
    "structural": _structural,
}
"""Orders tried of each family. Exponential smoothing is the state-space form, which takes missing observations."""
