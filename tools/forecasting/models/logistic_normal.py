"""Interests as correlated log-ratios that move: a logistic-normal state space, filtered for many people at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import numpy as np

from core.timeline import Array
from tools.forecasting.metrics import cross_entropy
from tools.forecasting.models.classical import FIT_ORIGINS, ClassicalForecaster, lowered
from tools.forecasting.models.laplace import (
    between_people,
    centred_on,
    components,
    diagonal,
    gaussian_nodes,
    mean_shares,
    posterior,
    principal,
)
from tools.forecasting.population import FOREVER, PopulationSeries
from tools.forecasting.series import HORIZONS, Histories, Panel, Windows

RANK = 31
"""Most directions of the covariance that are kept."""
SEARCH_CELLS = 16_000
"""Bound on windows × slots that hyper-parameters are searched on."""
SEARCH_WINDOWS = 1000
COVARIANCE_PEOPLE = 2000
LEAST_EVENTS = 3.0
"""People with fewer say nothing about which topics go together."""
BATCH = 1000
_ENOUGH_PEOPLE = 30
_CENTRES = 1000

State = tuple[Array, Array, Array]
"""Mean (people, parts, rank), covariance (people, parts, rank, parts, rank), age of the last evidence (people,)."""


class LogisticNormal(ClassicalForecaster):
    """Logistic-normal state space (Aitchison & Shen 1980; Cargnoni, Müller & West 1997; Blei & Lafferty 2006).

    A person's shares are the softmax of log-ratios around the recent population. Their covariance over topics is that
    of the population: evidence on one topic moves those that people like together. The log-ratios are a lasting taste
    plus a part ``passing`` of the variance that reverts to it with a half-life, so a person reverts to their own mean.

    A period's events are multinomial with over-dispersion: n of them inform like ``n (1 + k) / (n + k)`` independent
    ones, k being ``sitting``, as under a Dirichlet-multinomial of concentration k. Each period updates the state by a
    Laplace approximation, all people at once; ``skew`` is how far its mean goes from the posterior mode towards the
    posterior mean (`posterior`), which the data decide: real tastes have tails that a Gaussian has not.

    The covariance is estimated by EM over people; its ``scale`` and the other hyper-parameters by coordinate search for
    the least cross-entropy of what followed past origins. ``window`` is the half-life, in periods, of the population.
    """

    name: ClassVar[str] = "logistic normal"
    grid: ClassVar[Mapping[str, Sequence[float]]] = {
        "window": (1.0, 2.0, 4.0, 8.0, FOREVER),
        "scale": (0.5, 1.0, 2.0, 3.0, 4.0, 6.0),
        "sitting": (2.0, 5.0, 10.0, 20.0, 40.0),
        "passing": (0.0, 0.1, 0.3, 0.6),
        "half_life_days": (30.0, 120.0, 365.0),
        "skew": (0.0, 0.5, 1.0),
    }

    def __init__(self, topics: int, period: str, rank: int = RANK) -> None:
        super().__init__(topics, period)
        self.rank = max(min(rank, topics - 1), 1)
        self.nodes = gaussian_nodes(self.rank)
        centring = np.eye(topics) - 1 / topics
        self.loadings: Array = principal(centring, np.full(topics, 1 / topics), self.rank)
        self._centres: dict[tuple[float, bytes], Array] = {}

    def _defaults(self) -> dict[str, float]:
        return {
            "window": FOREVER,
            "scale": 2.0,
            "sitting": 20.0,
            "passing": 0.1,
            "half_life_days": 120.0,
            "skew": 0.0,
        }

    def observe(self, series: PopulationSeries) -> None:
        """Take the population as it is known now."""
        super().observe(series)
        self._centres = {}

    def estimate(self, panel: Panel, windows: Windows) -> None:
        """Covariance by EM, then a coordinate search over the grid."""
        counts = self._lifetimes(panel)
        if len(counts) < _ENOUGH_PEOPLE:
            return
        self._centres = {}
        self.loadings = principal(between_people(counts, self.population), self.population, self.rank)
        slots = windows.histories.totals.shape[1]
        tested = panel.windows(panel.origins(FIT_ORIGINS), min(SEARCH_WINDOWS, SEARCH_CELLS // slots), seed=1)
        known: dict[tuple[float, ...], float] = {}

        def loss() -> float:
            key = tuple(self.params.values())
            if key not in known:
                shares = self.expected(tested.histories, HORIZONS)
                known[key] = float(np.nanmean(cross_entropy(tested.targets, shares)))
            return known[key]

        best = loss()
        for _ in range(2):
            for name, values in self.grid.items():
                for value in values:
                    before = self.params[name]
                    self.params[name] = value
                    if loss() < best:
                        best = loss()
                    else:
                        self.params[name] = before

    def _lifetimes(self, panel: Panel) -> Array:
        """(people, topics) independent events of people with enough of them, at most `COVARIANCE_PEOPLE`."""
        total = panel.positive.sum(axis=1, dtype=np.float64)
        size = self._informing(total) / np.where(total > 0, total, 1)
        counts = np.zeros((len(panel.users), self.topics))
        np.add.at(counts, panel.user, panel.positive * size[:, None])
        enough = np.flatnonzero(counts.sum(axis=1) >= LEAST_EVENTS)
        return np.asarray(counts[np.random.default_rng(0).permutation(enough)[:COVARIANCE_PEOPLE]])

    def _informing(self, total: Array) -> Array:
        k = self.params["sitting"]
        return np.asarray(total * (1 + k) / (np.maximum(total, 1) + k))

    def prior(self, history: Histories) -> Array:
        """(people, topics) shares expected of each person before any evidence of theirs."""
        return self.series.recent(history.origin, self.params["window"])

    def _centre(self, history: Histories, loadings: Array) -> Array:
        rows, inverse = np.unique(self.prior(history), axis=0, return_inverse=True)
        if len(self._centres) > _CENTRES:
            self._centres = {}
        keys = [(self.params["scale"], row.tobytes()) for row in rows]
        for key, row in zip(keys, rows, strict=True):
            if key not in self._centres:
                self._centres[key] = centred_on(row, loadings, self.nodes)
        return np.stack([self._centres[key] for key in keys])[inverse.ravel()]

    @property
    def _parts(self) -> tuple[list[float], Array]:
        """Variances of the parts of z and their half-lives in periods."""
        passing = self.params["passing"]
        if not passing:
            return [1.0], np.array([np.inf])
        return [1 - passing, passing], np.array([np.inf, self.params["half_life_days"] / self.days])

    def _pass(self, mean: Array, covariance: Array, periods: Array) -> None:
        """Let ``periods`` (people,) go by without evidence, in place."""
        parts, half_life = self._parts
        left = np.exp2(-periods[:, None] / half_life)
        mean *= left[:, :, None]
        covariance *= (left[:, :, None] * left[:, None, :])[:, :, None, :, None]
        diagonal(covariance)[...] += (np.asarray(parts) * (1 - left**2))[:, :, None]

    def filtered(self, history: Histories, centre: Array, loadings: Array) -> State:
        """The state after each person's last evidence, in units of the loadings."""
        rank, people = self.rank, history.people
        parts, _ = self._parts
        mean, covariance = components(parts, people, rank)
        age = np.zeros(people)
        counts = history.shares * self._informing(history.totals.astype(np.float64))[:, :, None]
        wide = len(parts) * rank
        for slot in range(history.totals.shape[1]):
            seen = np.flatnonzero(history.totals[:, slot] > 0)
            if not len(seen):
                continue
            m, c, now = mean[seen], covariance[seen], history.age[seen, slot].astype(np.float64)
            self._pass(m, c, np.maximum(age[seen] - now, 0))
            across = c.sum(axis=3)
            prior = across.sum(axis=1)
            push, grip = posterior(
                counts[seen, slot], centre[seen], loadings, m.sum(axis=1), prior, self.params["skew"]
            )
            across = across.reshape(-1, wide, rank)
            removed = across @ grip @ across.transpose(0, 2, 1)
            mean[seen] = m + (across @ push[:, :, None]).reshape(m.shape)
            covariance[seen] = c - removed.reshape(c.shape)
            age[seen] = now
        return mean, covariance, age

    def expected(self, history: Histories, horizon: int) -> Array:
        """(people, horizons, topics) expected shares from positive evidence."""
        loadings = self.loadings * np.sqrt(self.params["scale"])
        found = np.empty((history.people, horizon, self.topics))
        for start in range(0, history.people, BATCH):
            chosen = np.arange(start, min(start + BATCH, history.people))
            some = history.take(chosen)
            centre = self._centre(some, loadings)
            mean, covariance, age = self.filtered(some, centre, loadings)
            for step in range(horizon if self.params["passing"] else 1):
                self._pass(mean, covariance, np.ones(len(chosen)) if step else age)
                spread = covariance.sum(axis=(1, 3))
                found[chosen, step] = mean_shares(centre, loadings, mean.sum(axis=1), spread, self.nodes)
            if not self.params["passing"]:
                found[chosen] = found[chosen, :1]
        return found

    def estimate_level(self, history: Histories) -> Array:
        """(people, topics) expected shares of the first forecast period."""
        return self.expected(history, 1)[:, 0]

    def shares(self, history: Histories, horizon: int) -> Array:
        """(people, horizons, topics) expected shares, lowered by what speaks against topics."""
        expected = self.expected(history, horizon)
        if not history.negative.any():
            return expected
        return np.stack([lowered(expected[:, step], history, self.days) for step in range(horizon)], axis=1)

    def sample(
        self, history: Histories, horizon: int, draws: int, rng: np.random.Generator, observed: bool = True
    ) -> Array:
        """(people, draws, horizons, topics) shares from the posterior predictive distribution, each path one person's.

        Args:
            history: of the people.
            horizon: in periods.
            draws: paths a person.
            rng: of the draws.
            observed: what a period will show, with the noise of as many events as one of the person's periods had (the
                people's median where there are none), and not what lies behind it.
        """
        loadings = self.loadings * np.sqrt(self.params["scale"])
        centre = self._centre(history, loadings)
        mean, covariance, age = self.filtered(history, centre, loadings)
        parts, half_life = self._parts
        self._pass(mean, covariance, age)
        people, wide = history.people, len(parts) * self.rank
        root = np.linalg.cholesky(covariance.reshape(people, wide, wide))
        z = rng.standard_normal((people, draws, wide)) @ root.transpose(0, 2, 1)
        z = z.reshape(people, draws, len(parts), self.rank) + mean[:, None]
        left = np.exp2(-1 / half_life)[:, None]
        fresh = np.sqrt(np.asarray(parts)[:, None] * (1 - left**2))
        paths = np.empty((people, draws, horizon, self.topics))
        for step in range(horizon):
            if step:
                z = left * z + fresh * rng.standard_normal(z.shape)
            logs = z.sum(axis=2) @ loadings.T + centre[:, None, :]
            paths[:, :, step] = np.exp(logs - logs.max(axis=-1, keepdims=True))
        if history.negative.any():
            expected = self.expected(history, horizon)
            paths *= (self.shares(history, horizon) / np.maximum(expected, 1e-300))[:, None]
        paths /= paths.sum(axis=-1, keepdims=True)
        return self._seen(paths, history, rng) if observed else paths

    def _seen(self, paths: Array, history: Histories, rng: np.random.Generator) -> Array:
        """Shares of Dirichlet-multinomial events around ``paths``."""
        total = np.ceil(history.totals).astype(np.int64)
        usual = int(np.median(total[total > 0])) if total.any() else 1
        events = np.full(paths.shape[:3], usual)
        for person, row in enumerate(total):
            if row.any():
                events[person] = rng.choice(row[row > 0], events.shape[1:])
        rates = rng.gamma(np.maximum(self.params["sitting"] * paths, 1e-12)) + 1e-300
        drawn = rng.multinomial(events, rates / rates.sum(axis=-1, keepdims=True))
        return np.asarray(drawn / events[..., None])

    def state(self) -> dict[str, Any]:
        """Everything fitted but the population."""
        return super().state() | {"loadings": self.loadings}

    def restore(self, state: Mapping[str, Any]) -> None:
        """The inverse of `state`."""
        super().restore(state)
        self.loadings = np.asarray(state["loadings"])
        self.rank = self.loadings.shape[1]
        self.nodes = gaussian_nodes(self.rank)
        self._centres = {}
