"""The neural forecasters: what they start from, what they learn, when they stop, and that they come back the same."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from core.periods import Indices
from core.timeline import PeriodCounts
from tools.forecasting.metrics import kl_divergence
from tools.forecasting.models import learning, neural
from tools.forecasting.models.learning import examples, train, values
from tools.forecasting.models.networks import Shape, build
from tools.forecasting.models.neural import NeuralForecaster, RecurrentForecaster, TopicNetwork, TransformerForecaster
from tools.forecasting.models.pooling import LogPool
from tools.forecasting.models.sequences import STEPS, event_sequences
from tools.forecasting.outcomes import complete_origins, outcomes
from tools.forecasting.population import population_series
from tools.forecasting.series import HORIZONS, Floats, Histories, Panel, stack_counts

T = 4
KINDS: tuple[type[NeuralForecaster], ...] = (TopicNetwork, RecurrentForecaster, TransformerForecaster)
Taste = Callable[[Indices, Indices], Floats]


def world(taste: Taste, people: int = 60, periods: int = 12, seed: int = 0, active: float = 1.0) -> Panel:
    """People active in so many of the periods, with four events each time in what ``taste(person, period)`` says."""
    generator = np.random.default_rng(seed)
    user = np.repeat(np.arange(people), periods)
    index = np.tile(np.arange(100, 100 + periods), people)
    kept = generator.random(len(user)) < active
    user, index = user[kept], index[kept]
    positive = (4 * taste(user, index)).astype(np.float32)
    users = tuple(str(each) for each in range(people))
    return Panel(tuple("abcd"), "week", users, user, index, positive, np.zeros_like(positive), np.full(T, 1 / T))


def sated(user: Indices, index: Indices) -> Floats:
    """Everybody has two topics, and a period of many events ends the interest in the one and wakes the other."""
    much = np.random.default_rng(user[-1]).random((user.max() + 1, 12)) < 0.5
    turns: Indices = np.cumsum(much, axis=1) - much
    chosen: Indices = turns[user, index - 100]
    size = np.where(much, 2.0, 0.5)[user, index - 100]
    found: Floats = np.eye(T, dtype=np.float32)[(user + 2 * (chosen % 2)) % T] * size[:, None]
    return found


def steady(user: Indices, index: Indices) -> Floats:
    """Everybody stays with one topic."""
    found: Floats = np.eye(T, dtype=np.float32)[user % T]
    return found


def turning(user: Indices, index: Indices) -> Floats:
    """Sated, but at the end of time everybody stays with the last topic."""
    end = 12 * user + np.minimum(index - 100, 8)
    topic = np.argmax(sated(user, index), axis=1)[np.searchsorted(12 * user + index - 100, end)]
    found: Floats = np.eye(T, dtype=np.float32)[topic] * sated(user, index).sum(axis=1, keepdims=True)
    return found


def trained(kind: type[NeuralForecaster], panel: Panel, seeds: int = 1) -> NeuralForecaster:
    model = kind(T, "week", seeds)
    model.fit(panel)
    return model


@pytest.fixture(scope="module", autouse=True)
def quick() -> Iterator[None]:
    """Small worlds are enough to learn from, in few steps."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(learning, "RATE", 0.01)
        patch.setattr(neural, "ENOUGH_TO_LEARN", 500)
        yield


@pytest.fixture(scope="module")
def learned(quick: None) -> NeuralForecaster:
    return trained(RecurrentForecaster, world(sated))


def one(*rows: tuple[int, list[float]], origin: int = 112, against: list[float] | None = None) -> Histories:
    index = np.array([number for number, _ in rows], dtype=np.int64)
    positive = np.array([mass for _, mass in rows], dtype=np.float64).reshape(len(rows), T)
    negative = np.zeros_like(positive)
    if against is not None:
        negative[-1] = against
    return stack_counts([PeriodCounts("week", index, positive, negative)], origin, T)


PASTS = {
    "empty": one(),
    "one event": one((111, [1, 0, 0, 0])),
    "only dislikes": one((111, [0, 0, 0, 0]), against=[0, 0, 4, 0]),
    "long ago": one((-1400, [200, 0, 0, 0]), (111, [0, 0, 2, 0])),
    "many periods": one(*((number, [1.0, number % 3, 0, 2]) for number in range(30, 112))),
}


@pytest.mark.parametrize("past", PASTS.values(), ids=PASTS)
@pytest.mark.parametrize("horizon", [1, 4, 6])
def test_shares_are_distributions_and_intervals_hold_them(
    learned: NeuralForecaster, past: Histories, horizon: int
) -> None:
    found = learned.forecast(past, horizon)
    assert found.shares.shape == (1, horizon, T)
    assert np.allclose(found.shares.sum(axis=2), 1)
    assert ((found.lo >= 0) & (found.lo <= found.shares) & (found.shares <= found.hi) & (found.hi <= 1)).all()
    assert (found.shares[:, HORIZONS:] == found.shares[:, HORIZONS - 1 : HORIZONS]).all()


@pytest.mark.parametrize("context", ["none", "gru", "lstm", "transformer"])
@pytest.mark.parametrize("past", PASTS.values(), ids=PASTS)
def test_an_untrained_network_changes_nothing(context: str, past: Histories) -> None:
    model = TopicNetwork(T, "week")
    model.networks = [build(Shape(T, context)).eval()]  # type: ignore[arg-type]
    assert np.allclose(model.shares(past, 2), LogPool(T, "week").shares(past, 2), atol=1e-3)


def test_nobody_known_is_forecast_as_by_the_pool(learned: NeuralForecaster) -> None:
    for name in ("empty", "only dislikes"):
        found, expected = learned.shares(PASTS[name], 1), learned.base.shares(PASTS[name], 1)
        assert np.allclose(found, expected)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_ends_an_interest_is_learned_and_holds_for_others(kind: type[NeuralForecaster]) -> None:
    model = trained(kind, world(sated))
    others = world(sated, people=80, seed=1)
    windows = others.windows([111], 60)
    pool = LogPool(T, "week")
    pool.fit(world(sated))
    error, base = (
        np.nanmean(kl_divergence(windows.targets, each.shares(windows.histories, HORIZONS))) for each in (model, pool)
    )
    assert error < 0.7 * base
    assert model.gains[0] > 0.05


def test_training_stops_at_the_start_when_what_was_learned_no_longer_holds() -> None:
    model = trained(TopicNetwork, world(turning))
    windows = world(turning, seed=1).windows([111], 60)
    base = model.base.shares(windows.histories, HORIZONS)
    found, expected = (
        np.nanmean(kl_divergence(windows.targets, each)) for each in (model.shares(windows.histories, HORIZONS), base)
    )
    assert found < expected + 0.02


def test_validation_periods_are_never_trained_on(monkeypatch: pytest.MonkeyPatch) -> None:
    # Always a little better, so that the last weights are kept whatever the validation periods hold.
    count = itertools.count()
    monkeypatch.setattr(learning, "_validation", lambda *_: np.arange(3.0) - next(count))
    networks = []
    for each in (world(steady), world(lambda user, index: steady(user + (index >= 110), index))):
        model = TopicNetwork(T, "week")
        model.observe(population_series(each))
        followed = each.windows(each.origins(100), 10_000)
        known = outcomes(each, complete_origins(each, 100), 1000)
        data = [examples(each, part, model.inputs(part.histories)) for part in (followed, known)]
        networks.append(train(model.shape, data[0], data[1], 0)[0].state_dict())
    assert all(np.array_equal(networks[0][name], networks[1][name]) for name in networks[0])


def test_people_are_forecast_alike_alone_and_together(learned: NeuralForecaster) -> None:
    many = world(sated).windows([111], 20).histories
    together = learned.shares(many, 2)
    alone = np.concatenate([learned.shares(many.take(np.array([row])), 2) for row in range(many.people)])
    assert np.allclose(together, alone, rtol=1e-4, atol=1e-6)


def test_empty_slots_in_front_change_nothing(learned: NeuralForecaster) -> None:
    past = PASTS["long ago"]
    front = ((0, 0), (5, 0), (0, 0))
    wider = Histories(
        np.pad(past.positive, front), np.pad(past.negative, front), np.pad(past.age, front[:2]), past.origin
    )
    assert np.allclose(learned.shares(past, 4), learned.shares(wider, 4), rtol=1e-5)
    assert event_sequences(past, learned.base, False).steps.shape[1] == STEPS


def test_a_restored_forecaster_is_the_same(learned: NeuralForecaster) -> None:
    state = learned.state()
    plain = {name: each for name, each in state.items() if name in ("params", "gains")}
    again = RecurrentForecaster(T, "week", 1)
    again.restore(state | json.loads(json.dumps(plain)))
    again.observe(learned.series)
    past = PASTS["many periods"]
    assert np.array_equal(again.forecast(past, 4).hi, learned.forecast(past, 4).hi)
    first, second = again.outlook(past), learned.outlook(past)
    assert first is not None
    assert second is not None
    assert np.array_equal(first.touched, second.touched)


def test_training_repeats_itself_tells_how_far_it_is_and_leaves_the_random_state_alone() -> None:
    import torch

    torch.manual_seed(5)
    before = torch.random.get_rng_state()
    heard: list[float] = []
    models = [TopicNetwork(T, "week", 2, lambda _message, done: heard.append(done)), TopicNetwork(T, "week", 1)]
    for each in models:
        each.fit(world(steady, active=0.9))
    first, second = (each.networks[0].state_dict() for each in models)
    assert all(torch.equal(first[name], second[name]) for name in first)
    assert torch.equal(before, torch.random.get_rng_state())
    assert heard == sorted(heard)
    assert 0.5 < heard[-1] <= 1


def test_too_little_to_learn_from_leaves_the_pool() -> None:
    panel = world(steady, people=20)
    model = trained(TransformerForecaster, panel)
    history = panel.windows([110], 20).histories
    assert model.outlook(history) is None
    assert np.array_equal(model.shares(history, 2), model.base.shares(history, 2))


def test_the_outlook_knows_who_left_and_what_they_take_up() -> None:
    panel = world(steady, people=120, active=0.8)
    gone = (panel.user % 2 == 1) & (panel.index > 100 + panel.user % 8)
    kept = ~gone
    panel = Panel(
        panel.topics,
        panel.period,
        panel.users,
        panel.user[kept],
        panel.index[kept],
        panel.positive[kept],
        panel.negative[kept],
        panel.prior,
    )
    model = trained(RecurrentForecaster, panel)
    found = model.outlook(outcomes(panel, [112], 120).histories)
    person = outcomes(panel, [112], 120).person
    assert found is not None
    stays = person % 2 == 0
    assert (found.active[stays].mean(axis=0) > found.active[~stays].mean(axis=0) + 0.2).all()
    assert (found.events[stays].mean(axis=0) > found.events[~stays].mean(axis=0)).all()
    own = found.touched[np.flatnonzero(stays), person[stays] % T]
    assert own.mean() > 2 * found.touched[stays].mean()


def test_value_is_the_part_of_the_evidence_that_speaks_for_topics() -> None:
    positive = np.array([[1, 0, 0, 0], [2, 0, 0, 0], [0, 0, 0, 0]], dtype=np.float32)
    negative = np.array([[0, 1, 0, 0], [0, 0, 0, 0], [0, 0, 3, 0]], dtype=np.float32)
    panel = Panel(tuple("abcd"), "week", ("u", "v"), np.array([0, 0, 1]), np.array([100, 105, 101]), positive, negative,
                  np.full(T, 0.25))  # fmt: skip
    found = values(panel, np.array([0, 0, 0, 1, 1]), np.array([100, 102, 106, 99, 102]))
    assert found[:2].tolist() == [0.5, 1.0]
    assert found[3] == 0.0
    assert np.isnan(found[[2, 4]]).all()
