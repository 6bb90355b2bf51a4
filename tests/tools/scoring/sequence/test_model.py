"""States and scores of people, and how a model is kept."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from core.errors import InputError
from tests.tools.scoring.sequence.worlds import DAY, ITEMS, SMALL, START, arrays, catalogue
from tools.scoring.sequence.model import FORMAT, SequenceModel
from tools.scoring.sequence.network import BUCKETS, buckets

NOW = START + 30 * DAY


def test_nobody_without_events_has_a_state(trained: SequenceModel) -> None:
    states = trained.states(*arrays([]), NOW)
    assert states.shape == (1, SMALL.width)
    assert not states.any()
    assert not trained.scores(states).any()


def test_many_people_at_once_stand_where_each_does_alone(trained: SequenceModel) -> None:
    people = [[2, 4], [], [1], [3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 1, 3]]
    parts = [arrays(each) for each in people]
    starts = np.concatenate([[0], np.cumsum([len(each) for each in people])])
    items, at, strength = (np.concatenate(each) for each in zip(*parts, strict=True))
    now = np.asarray(NOW + DAY * np.arange(4), np.float64)
    many = trained.states(items, at, strength, now, starts=starts)
    for row, part in enumerate(parts):
        assert np.allclose(many[row], trained.states(*part, now[row])[0], atol=1e-5)
    assert many.dtype == trained.scores(many).dtype == np.float32


def test_only_the_latest_events_of_a_long_history_count(trained: SequenceModel) -> None:
    items, at, strength = arrays(list(range(20)))
    latest = slice(-SMALL.length, None)
    whole = trained.states(items, at, strength, NOW)
    assert np.array_equal(whole, trained.states(items[latest], at[latest], strength[latest], NOW))


def test_order_moment_and_opinion_all_count(trained: SequenceModel) -> None:
    items, at, strength = arrays([2, 4, 6])
    state = trained.states(items, at, strength, NOW)
    assert not np.allclose(state, trained.states(items[::-1].copy(), at, strength, NOW), atol=1e-3)
    assert not np.allclose(state, trained.states(items, at, strength, at[-1] + 60), atol=1e-3)
    assert not np.allclose(state, trained.states(items, at, -strength, NOW), atol=1e-3)


def test_a_state_knows_nothing_of_later_events(trained: SequenceModel) -> None:
    """The network reads a batch of whole histories; what it says at an event must not depend on what follows."""
    import torch

    network = trained._network()
    draws = np.random.default_rng(3)
    given = torch.from_numpy(draws.normal(size=(1, 6, SMALL.width)).astype(np.float32))
    kind, strength = torch.zeros(1, 6, dtype=torch.int64), torch.ones(1, 6)
    gaps, wait = (torch.from_numpy(draws.integers(0, BUCKETS, size)) for size in ((1, 6, 6), (1, 6)))
    with torch.inference_mode():
        before = network(given, kind, strength, gaps, wait)
        given[:, 4:] = torch.from_numpy(draws.normal(size=(1, 2, SMALL.width)))
        after = network(given, kind, strength, gaps, wait)
    assert torch.allclose(before[:, :4], after[:, :4], atol=1e-6)
    assert not torch.allclose(before[:, 4:], after[:, 4:], atol=1e-2)


def test_longer_gaps_never_have_smaller_codes() -> None:
    found = buckets(np.array([-50.0, 0.0, 60.0, 3600.0, DAY, 30 * DAY, 365 * DAY, 1e12]))
    assert found[0] == found[1] == 0
    assert (np.diff(found) >= 0).all()
    assert len(set(found.tolist())) == 7
    assert found[-1] == BUCKETS - 1


def test_a_saved_model_comes_back_the_same(trained: SequenceModel, tmp_path: Path) -> None:
    trained.save(tmp_path / "deep" / "sequence.npz")
    back = SequenceModel.load(tmp_path / "deep" / "sequence.npz", items=ITEMS)
    state = trained.states(*arrays([2, 4, 6]), NOW)
    assert np.array_equal(state, back.states(*arrays([2, 4, 6]), NOW))
    assert np.array_equal(trained.scores(state), back.scores(state))
    assert [each.name for each in (tmp_path / "deep").iterdir()] == ["sequence.npz"]


def test_a_model_of_another_format_is_refused(trained: SequenceModel, tmp_path: Path) -> None:
    path = tmp_path / "sequence.npz"
    trained.save(path)
    with np.load(path) as file:
        arrays_ = dict(file)
    manifest = json.loads(str(arrays_["manifest"])) | {"format": FORMAT + 1}
    np.savez(path, **{**arrays_, "manifest": np.array(json.dumps(manifest))})
    with pytest.raises(InputError, match=f"has format {FORMAT + 1}, not {FORMAT}.*driftline train"):
        SequenceModel.load(path)


def test_a_model_of_another_number_of_items_is_refused(trained: SequenceModel, tmp_path: Path) -> None:
    trained.save(tmp_path / "sequence.npz")
    with pytest.raises(InputError, match=f"is of {ITEMS} items, the catalogue has 7"):
        SequenceModel.load(tmp_path / "sequence.npz", items=7)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short", b"text"])
def test_a_file_that_is_no_model_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "sequence.npz").write_bytes(content)
    with pytest.raises(InputError, match="is no sequence model"):
        SequenceModel.load(tmp_path / "sequence.npz")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no sequence model at .*sequence\.npz"):
        SequenceModel.load(tmp_path / "sequence.npz")


def test_a_changed_catalogue_keeps_known_items_and_reads_new_ones(trained: SequenceModel) -> None:
    vectors = catalogue().vectors
    old = np.array([5, -1, -1, 0], np.int32)
    given = vectors[[5, 2, 3, 0]].copy()
    given[2] = 0
    changed = trained.aligned(old, given)
    assert np.array_equal(changed.table[[0, 3]], trained.table[[5, 0]])
    assert not changed.table[2].any()
    even = changed.states(*arrays([3, 3]), NOW)
    assert changed.scores(even).shape == (1, 4)
    # The new item's text is of the even kind.
    assert changed.table[1] @ trained.table[4] > changed.table[1] @ trained.table[5]
