import numpy as np
import pytest

from core.errors import InputError
from evals.association import by_person, calibration_error, concordance, pooled_auc, rank_correlation
from evals.outlook import evaluate_outlook
from evals.outlook_baselines import deviance, own_gap
from tests.tools.forecasting.outlook.test_outlook import person, world


def test_concordance_is_the_auc_of_two_times() -> None:
    score = np.array([[3.0, 2.0, 1.0, 9.0], [1.0, 1.0, 0.0, 0.0]])
    late = np.array([[0, 1, 0, 0], [0, 1, 1, 1]])
    valid = np.array([[True, True, True, False], [True, True, False, False]])
    assert concordance(score, late, valid).tolist() == [0.5, 0.5]
    assert np.isnan(concordance(score[:1], late[:1] * 0, valid[:1]))[0]


def test_pooled_auc_counts_ties_half_and_agrees_with_pairs() -> None:
    generator = np.random.default_rng(0)
    happened = generator.random(300) < 0.3
    score = np.round(generator.normal(size=300) + happened, 1)
    auc, parts = pooled_auc(score, happened, np.arange(300))
    pairs = score[happened][:, None] - score[~happened][None, :]
    assert auc == pytest.approx(((pairs > 0) + 0.5 * (pairs == 0)).mean())
    assert parts.sum() == pytest.approx(0, abs=1e-9)
    draws = [pooled_auc(score[d], happened[d], d)[0] for d in generator.integers(300, size=(400, 300))]
    assert np.sqrt((parts**2).sum()) == pytest.approx(np.std(draws), rel=0.15)


def test_people_count_alike_and_those_without_a_score_not_at_all() -> None:
    assert by_person(np.array([1.0, 0.0, 0.5, np.nan]), np.array([7, 7, 9, 11])).tolist() == [0.5, 0.5]


def test_calibration_error_of_the_rate_is_zero_and_of_its_double_the_rate() -> None:
    happened = np.arange(1000) % 5 == 0
    assert calibration_error(np.full(1000, 0.2), happened) == pytest.approx(0, abs=1e-9)
    assert calibration_error(np.full(1000, 0.4), happened) == pytest.approx(0.2)


def test_rank_correlation_sees_order_only() -> None:
    assert rank_correlation(np.array([1.0, 2.0, 9.0]), np.array([0.1, 5.0, 6.0])) == pytest.approx(1)


def test_deviance_is_zero_for_the_truth() -> None:
    events = np.array([0.5, 2.0, 7.0])
    assert deviance(events, events) == pytest.approx(0)
    assert deviance(events + 1, events) > 0


def test_own_gap_falls_back_on_the_persons_mean() -> None:
    gap = own_gap(person({9: {0: 1.0}, 6: {0: 1.0, 1: 1.0}, 1: {0: 1.0}}))
    assert gap[0, 0] == 4
    assert gap[0, 1] == 4


def test_the_benchmark_reports_every_table_and_knows_the_circles() -> None:
    panel = world(3)
    report = evaluate_outlook(panel)
    assert [row.name for row in report.adoption][-1] == "model"
    assert all(0 <= row.within[0] <= 1 and row.pooled[1] > 0 for row in report.adoption)
    assert report.adoption[-1].within_gain == (0, 0)
    assert report.adoption[-1].within[0] > 0.6
    assert report.activity[-1].log_loss < report.activity[0].log_loss
    assert report.returns[-1].within[0] > 0.55
    assert report.text() == evaluate_outlook(panel).text()
    for title in ("new topics", "activity", "adventurousness", "return of resting topics"):
        assert title in report.text()


def test_too_short_a_panel_is_refused() -> None:
    with pytest.raises(InputError, match="too few"):
        evaluate_outlook(world(3).before(103))
