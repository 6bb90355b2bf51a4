"""What the behaviour model is compared with, on the same cases: each gives the log-odds in all cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from tools.scoring.behaviour.calibration import calibrate, platt
from tools.scoring.behaviour.cases import LIKE, Cases
from tools.scoring.behaviour.fit import BehaviourOptions, learnt
from tools.scoring.behaviour.network import Network, constant, log_loss

Logits = NDArray[np.float32]
Predict = Callable[[Cases], Logits]
TREES = 400
LEAVES = 31
STEP = 0.08
RHYTHM = ("since", "rhythm", "overdue", "long_overdue", "usual_gap", "own_lately")


@dataclass(frozen=True)
class Setting:
    """What ways to predict are fitted on.

    Attributes:
        names: of the features. learn, check: cases per head. days: horizon per head, none for ``like``.
        everything: take-ups (decayed, 28 days) of all items together.
    """

    names: tuple[str, ...]
    learn: Mapping[str, Cases]
    check: Mapping[str, Cases]
    days: Mapping[str, float]
    everything: float
    options: BehaviourOptions


Peer = Callable[[Setting, str], Predict]


def base_rate(setting: Setting, head: str) -> Predict:
    """The same for everybody and everything."""
    value = constant(setting.learn[head])
    return lambda cases: np.full(len(cases), value, np.float32)


def by_hand(setting: Setting, head: str) -> Predict:
    """Smoothed rates: of the person for the item and of everybody for it; for liking, of the person and of the item."""
    place = {name: row for row, name in enumerate(setting.names)}

    def odds(cases: Cases) -> Logits:
        x = {name: cases.x[:, row].astype(np.float64) for name, row in place.items()}
        if head == LIKE:
            person, item = (np.clip(x[name], 0.01, 0.99) for name in ("liked", "item_liked"))
            total = np.log(person / (1 - person)) + np.log(item / (1 - item))
        else:
            own = np.expm1(x["own"]) / (np.expm1(x["tenure"]) + 30)
            share = np.maximum(np.exp(x["popular_28"]) - 0.05, 0.01) / setting.everything
            total = np.log(setting.days[head] * (own + (np.expm1(x["lately"]) + 1) / 30 * share))
        return np.asarray(total, np.float32)

    learn = setting.learn[head]
    slope, shift = platt(odds(learn), learn.y, learn.offset)
    return lambda cases: np.asarray(slope * odds(cases) + shift, np.float32)


def logistic(setting: Setting, head: str) -> Predict:
    """Logistic regression on the same features."""
    return _network(setting, head, replace(setting.options, hidden=()))


def alone(setting: Setting, head: str) -> Predict:
    """The network for this kind of behaviour alone."""
    return _network(setting, head, setting.options)


def without_rhythm(setting: Setting, head: str) -> Predict:
    """The network without how long ago, and in what rhythm, the person took the item up."""
    hidden = [row for row, name in enumerate(setting.names) if name in RHYTHM]

    def blind(cases: Cases) -> Cases:
        x = cases.x.copy()
        x[:, hidden] = 0
        return replace(cases, x=x)

    short = replace(setting, learn={head: blind(setting.learn[head])}, check={head: blind(setting.check[head])})
    predict = _network(short, head, setting.options)
    return lambda cases: predict(blind(cases))


def _network(setting: Setting, head: str, options: BehaviourOptions) -> Predict:
    network: Network = learnt({head: setting.learn[head]}, {head: setting.check[head]}, options)
    return lambda cases: network.logits(cases.x, (head,))[head]


def trees(setting: Setting, head: str) -> Predict:
    """Gradient-boosted trees (Friedman 2001; histograms as in Ke et al. 2017), as many as are best on later time.

    They know the rate that a case was drawn at as a feature more: their odds are those of the cases as drawn.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier

    learn, check = setting.learn[head], setting.check[head]
    small = len(learn) < 50_000
    model = HistGradientBoostingClassifier(
        max_iter=TREES // 2 if small else TREES,
        learning_rate=STEP / 2 if small else STEP,
        max_leaf_nodes=LEAVES // 3 if small else LEAVES,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=0,
    )
    best, count = np.inf, 0
    model.warm_start = True
    for stage in range(20, model.max_iter + 1, 20):
        model.set_params(max_iter=stage)
        model.fit(_drawn(learn), learn.y)
        loss = log_loss(model.decision_function(_drawn(check)), check.y)
        if loss < best:
            best, count = loss, stage
        elif stage - count >= 60:
            break
    model._predictors = model._predictors[:count]

    def odds(cases: Cases) -> Logits:
        return np.asarray(model.decision_function(_drawn(cases)) - cases.offset, np.float32)

    slope, shift = calibrate(odds(check), check)
    return lambda cases: np.asarray(slope * odds(cases) + shift, np.float32)


def _drawn(cases: Cases) -> NDArray[np.float32]:
    return np.column_stack([cases.x, cases.offset])


def chance_drawn(logit: Logits, cases: Cases) -> NDArray[np.float64]:
    """(n,) probability among the cases as drawn."""
    return np.asarray(expit((logit + cases.offset).astype(np.float64)))


PEERS: Mapping[str, Peer] = {
    "base rate": base_rate,
    "rates by hand": by_hand,
    "logistic regression": logistic,
    "boosted trees": trees,
}
