"""What training learns, that it comes out the same, goes on where it stopped, and what it refuses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.errors import InputError
from tests.tools.scoring.sequence.worlds import DAY, ITEMS, SMALL, UNSEEN, arrays, bare, catalogue, histories, two_kinds
from tools.scoring.sequence.inputs import SequenceOptions
from tools.scoring.sequence.model import SequenceModel
from tools.scoring.sequence.training import CHECKPOINT, fit_sequence

SHORT = replace(SMALL, epochs=3, patience=3)


def hits(model: SequenceModel, seed: int = 9) -> float:
    """Part of the histories of people never seen whose most likely next item is scored highest."""
    found = []
    for start in range(11):
        for kind in range(2):
            items, at, strength = arrays([(start + step) % 11 * 2 + kind for step in range(3)])
            state = model.states(items, at, strength, at[-1] + DAY)
            found.append(int(model.scores(state)[0].argmax()) == (start + 3) % 11 * 2 + kind)
    return float(np.mean(found))


def same(first: SequenceModel, second: SequenceModel) -> bool:
    """Whether every weight is bitwise equal."""
    return np.array_equal(first.table, second.table) and all(
        np.array_equal(each, second.weights[name]) for name, each in first.weights.items()
    )


def fitted(folder: Path, options: SequenceOptions = SHORT, **given: object) -> SequenceModel:
    model = fit_sequence(two_kinds(), catalogue(), options, folder, **given)  # type: ignore[arg-type]
    assert model is not None
    return model


def test_the_order_of_items_is_learned(trained: SequenceModel) -> None:
    assert hits(trained) > 0.6


@pytest.mark.parametrize("options", [replace(SMALL, loss="gbce"), replace(SMALL, half_lives=())], ids=["gbce", "plain"])
def test_other_losses_learn_too(tmp_path: Path, options: SequenceOptions) -> None:
    assert hits(fitted(tmp_path, options)) > 0.6


def test_items_without_text_and_facets_are_learned_by_id(tmp_path: Path) -> None:
    model = fit_sequence(two_kinds(), bare(), replace(SMALL, id_dropout=0.95), tmp_path)
    assert model is not None
    assert hits(model) > 0.6


def test_an_item_nobody_met_is_placed_by_its_text(trained: SequenceModel) -> None:
    even, odd = (trained.scores(trained.states(*arrays([kind, kind + 2, kind + 4]), 1.4e9))[0] for kind in (0, 1))
    assert even[UNSEEN[0]] > even[UNSEEN[1]]
    assert odd[UNSEEN[1]] > odd[UNSEEN[0]]


def test_topics_and_value_of_what_comes_next_are_told(trained: SequenceModel) -> None:
    states = np.concatenate([trained.states(*arrays([kind, kind + 2, kind + 4]), 1.4e9) for kind in (0, 1)])
    shares = trained.topic_shares(states)
    assert np.allclose(shares.sum(axis=1), 1, atol=1e-5)
    assert shares[0, 0] > 0.8
    assert shares[1, 1] > 0.8
    assert trained.value(states[0], np.array([6, 8], np.int32)).min() > 0.5


def test_the_same_training_gives_the_same_weights(tmp_path: Path) -> None:
    first, again, other = (fitted(tmp_path, replace(SHORT, seed=seed)) for seed in (1, 1, 2))
    assert same(first, again)
    assert not same(first, other)


@pytest.mark.parametrize("stop_at", ["pass 2", "closing pass 1"])
def test_a_stopped_training_goes_on_to_the_same_weights(tmp_path: Path, stop_at: str) -> None:
    class Stopped(Exception):
        pass

    def stop(message: str, _done: float) -> None:
        if stop_at in message:
            raise Stopped

    with pytest.raises(Stopped):
        fitted(tmp_path / "stopped", progress=stop)
    told: list[str] = []
    resumed = fitted(tmp_path / "stopped", progress=lambda message, _done: told.append(message))
    assert not any("pass 1," in message for message in told)
    assert same(resumed, fitted(tmp_path / "whole"))
    assert not (tmp_path / "stopped" / CHECKPOINT).exists()


@pytest.mark.parametrize("damage", [b"", b"not a checkpoint"])
def test_a_checkpoint_that_cannot_be_read_is_not_used(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / CHECKPOINT).write_bytes(damage)
    assert same(fitted(tmp_path), fitted(tmp_path / "fresh"))


def test_a_checkpoint_of_other_options_is_not_used(tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(_message: str, _done: float) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        fitted(tmp_path, progress=stop)
    other = replace(SHORT, seed=3)
    assert same(fitted(tmp_path, other), fitted(tmp_path / "fresh", other))


def test_progress_rises_to_one(tmp_path: Path) -> None:
    done: list[float] = []
    fitted(tmp_path, progress=lambda _message, part: done.append(part))
    assert done == sorted(done)
    assert done[-1] == 1.0


def test_the_generators_of_others_are_left_alone(tmp_path: Path) -> None:
    import torch

    before = torch.random.get_rng_state()
    fitted(tmp_path)
    assert torch.equal(before, torch.random.get_rng_state())


def test_events_after_the_moment_change_nothing(tmp_path: Path) -> None:
    log = two_kinds()
    moment = float(np.quantile(log.at, 0.8))
    late = log.at > moment
    changed = replace(log, item=np.where(late, 1, log.item).astype(np.int32))
    options = replace(SHORT, least_events=50)
    first, second = (fit_sequence(each, catalogue(), options, tmp_path, until=moment) for each in (log, changed))
    assert first is not None
    assert second is not None
    assert same(first, second)


def test_too_few_events_give_no_model(tmp_path: Path) -> None:
    assert fit_sequence(two_kinds(people=3), catalogue(), SMALL, tmp_path) is None
    assert fit_sequence(histories([[1]] * 500), catalogue(), SMALL, tmp_path) is None
    assert fit_sequence(histories([]), catalogue(), SMALL, tmp_path) is None


def test_dislikes_alone_give_no_model(tmp_path: Path) -> None:
    log = two_kinds()
    assert fit_sequence(replace(log, strength=-log.strength), catalogue(), SMALL, tmp_path) is None


def test_a_catalogue_of_one_item_can_be_trained_on(tmp_path: Path) -> None:
    model = fit_sequence(histories([[0] * 8] * 60), bare(1), replace(SHORT, epochs=1), tmp_path)
    assert model is not None
    assert np.isfinite(model.scores(model.states(*arrays([0, 0]), 1.4e9))).all()


def test_all_events_at_one_moment_can_be_trained_on(tmp_path: Path) -> None:
    log = two_kinds()
    model = fit_sequence(replace(log, at=np.full(len(log.at), 1.3e9)), catalogue(), replace(SHORT, epochs=1), tmp_path)
    assert model is not None
    assert np.isfinite(model.table).all()


def test_an_item_beyond_the_catalogue_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=f"item {ITEMS + 3}, but there are {ITEMS} items"):
        fit_sequence(histories([[1, ITEMS + 3]]), catalogue(), SMALL, tmp_path)
