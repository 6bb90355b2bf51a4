"""How near forecasts come to the true future interests of simulated people, and whether the right model is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from core.timeline import Array, to_shares
from evals.simulator.world import FIRST_PERIOD, KINDS, World, WorldSettings, simulate
from tools.forecasting.ensemble import Ensemble
from tools.forecasting.metrics import kl_divergence
from tools.forecasting.series import HORIZONS, Histories, Panel, histories

CHOSEN = "chosen by backtest"
ORACLE = "knows how interests move"
_STEPS = 60
_TINY = 1e-12


@dataclass(frozen=True)
class WorldRecovery:
    """Forecasts for people of one kind.

    Attributes:
        kind: how interests move.
        people: how many were forecast.
        error: mean KL(true future shares ‖ forecast) over horizons and people, by forecaster; with the ensemble's
            choice and an oracle that knows every movement of the log shares, the future ones too, and learns from
            the same events where the person stands.
        standard_error: of each, over people.
        chosen: the forecaster that served most people.
        best: the one with the lowest error of those it can choose from.
        regret, regret_error: by how much the choice errs more than the best, paired, and its standard error.
    """

    kind: str
    people: int
    error: Mapping[str, float]
    standard_error: Mapping[str, float]
    chosen: str
    best: str
    regret: float
    regret_error: float

    @property
    def right(self) -> bool:
        """Whether the choice is as good as the best, within two standard errors or a hundredth of a nat."""
        return self.regret <= max(2 * self.regret_error, 0.01)


@dataclass(frozen=True)
class Recovery:
    """All kinds of people."""

    events: float
    worlds: tuple[WorldRecovery, ...]

    def text(self) -> str:
        """The tables as printed."""
        if not self.worlds:
            return "no people were simulated"
        lines = [
            f"KL(true future shares || forecast) in nats, horizons 1-{HORIZONS}, {self.events:g} events an active "
            f"period; {self.worlds[0].people} people a kind, standard errors at most "
            f"{max(max(world.standard_error.values()) for world in self.worlds):.3f}",
            f"{'forecaster':<28}" + "".join(f"{world.kind:>11}" for world in self.worlds),
        ]
        for name in sorted(self.worlds[0].error, key=lambda name: -sum(world.error[name] for world in self.worlds)):
            lines.append(f"{name:<28}" + "".join(f"{world.error[name]:11.4f}" for world in self.worlds))
        lines += [
            f"{world.kind}: chosen {world.chosen}, best {world.best}, regret {world.regret:+.4f} "
            f"(s.e. {world.regret_error:.4f}), {'right' if world.right else 'wrong'}"
            for world in self.worlds
        ]
        return "\n".join(lines)


def evaluate_recovery(
    seed: int = 0, people: int = 200, kinds: tuple[str, ...] = KINDS, settings: WorldSettings | None = None
) -> Recovery:
    """Fit the ensemble on the past of each kind of people and compare its forecasts with their true future.

    Args:
        seed: of the worlds.
        people: of each kind.
        kinds: each is a world of its own.
        settings: of the worlds; their last `HORIZONS` periods are the future.
    """
    settings = settings or WorldSettings()
    worlds = [simulate(settings, seed, draw=code, kinds=(kind,), people=people) for code, kind in enumerate(kinds)]
    return Recovery(settings.events, tuple(_recovered(world) for world in worlds))


def _recovered(world: World) -> WorldRecovery:
    now = world.settings.periods - HORIZONS
    past = world.panel.before(FIRST_PERIOD + now)
    ensemble = Ensemble(world.settings.topics, world.settings.period)
    ensemble.fit(past)
    known = everybody(past, FIRST_PERIOD + now)
    served = ensemble.forecast(known, HORIZONS)
    forecasts = {name: each.forecast(known, HORIZONS).shares for name, each in ensemble.forecasters.items()}
    truth = world.shares[:, now:]
    active = known.active > 0

    def score(shares: Array) -> Array:
        return np.asarray(kl_divergence(truth[active], shares[active]).mean(axis=1))

    scores = {name: score(shares) for name, shares in forecasts.items()}
    best = min(scores, key=lambda name: float(scores[name].mean()))
    scores |= {CHOSEN: score(served.forecast.shares), ORACLE: score(oracle(world, now))}
    names, counts = np.unique(np.array(served.model)[active], return_counts=True)
    regret = scores[CHOSEN] - scores[best]
    root = np.sqrt(len(regret))
    return WorldRecovery(
        kind=world.settings.kinds[0],
        people=len(regret),
        error={name: float(each.mean()) for name, each in scores.items()},
        standard_error={name: float(each.std() / root) for name, each in scores.items()},
        chosen=str(names[counts.argmax()]),
        best=best,
        regret=float(regret.mean()),
        regret_error=float(regret.std() / root),
    )


def everybody(panel: Panel, origin: int) -> Histories:
    """The histories of all people of a panel before an origin, those without any included."""
    return histories(
        panel.user,
        origin - panel.index,
        panel.positive.astype(np.float64),
        panel.negative.astype(np.float64),
        np.full(len(panel.users), origin, dtype=np.int64),
    )


def oracle(world: World, now: int) -> Array:
    """(people, horizons, topics) forecasts from the events before period ``now`` of one who knows the movements.

    True shares are ``p_kt ∝ b_k exp(d_kt)`` with known d. The base b maximises the posterior under the true
    Dirichlet prior by the minorise-maximise steps of Hunter (2004) for Bradley-Terry models; without movement this is
    the posterior mean.
    """
    move = np.log(np.maximum(world.shares, _TINY))
    factor = np.exp(np.clip(move - move[:, :1], -30, 30))
    events, settings = world.events[:, :now], world.settings
    total = events.sum(axis=2)
    size = total / (1 + np.maximum(total - 1, 0) * settings.sitting)
    prior = settings.spread * world.population
    hits = prior + np.einsum("pt,ptk->pk", size, to_shares(events))
    base = np.repeat(world.population[None], len(hits), axis=0)
    for _ in range(_STEPS):
        whole = np.einsum("pk,ptk->pt", base, factor[:, :now])
        base = hits / (settings.spread + np.einsum("pt,ptk->pk", size / whole, factor[:, :now]))
        base = to_shares(base)
    return to_shares(base[:, None] * factor[:, now:])
