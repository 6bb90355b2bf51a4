"""Forecast share series with statsforecast: run by the benchmark in the peers' environment, arrays in, arrays out.

    python forecasting.py IN.npz OUT.npz

In: ``series`` (people, periods, topics) shares, NaN after a person's last period, and ``horizon``. Out, per model:
``<model>`` (people, horizon, topics) point forecasts as the model makes them and ``<model> seconds`` (people,), the
time of its fits.
"""

import sys
import time
import warnings

import numpy as np
from statsforecast.models import AutoARIMA, AutoETS, AutoTheta

MODELS = {"AutoARIMA": AutoARIMA, "AutoETS": AutoETS, "AutoTheta": AutoTheta}


def main(source: str, target: str) -> None:
    """Fit every model to every series that is not zero throughout."""
    warnings.filterwarnings("ignore")
    arrays = np.load(source)
    series, horizon = arrays["series"].astype(np.float64), int(arrays["horizon"])
    people, _, topics = series.shape
    out: dict[str, np.ndarray] = {}
    warm = np.abs(np.sin(np.arange(12.0)))
    for name, model in MODELS.items():
        forecast_one(model, warm, horizon)  # compiles
        points, seconds = np.zeros((people, horizon, topics)), np.zeros(people)
        for person in range(people):
            known = series[person][~np.isnan(series[person, :, 0])]
            started = time.perf_counter()
            for topic in np.flatnonzero(known.any(axis=0)):
                points[person, :, topic] = forecast_one(model, known[:, topic], horizon)
            seconds[person] = time.perf_counter() - started
        out |= {name: points, f"{name} seconds": seconds}
    np.savez(target, **out)


def forecast_one(model: type, values: np.ndarray, horizon: int) -> np.ndarray:
    """One series; its mean where the model cannot be fitted (too short, constant)."""
    try:
        found = np.asarray(model(season_length=1).forecast(values, h=horizon)["mean"], dtype=np.float64)
    except Exception:  # each model has failures of its own on short series
        found = np.full(horizon, np.nan)
    return np.where(np.isfinite(found), found, values.mean())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
