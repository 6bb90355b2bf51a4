from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from core.errors import InputError
from core.types import EventKind
from evals.behaviour import MODEL, evaluate
from evals.behaviour_scores import Judge, best_threshold
from tests.tools.scoring.behaviour.worlds import catalogue, critics, log_of, shop, topics
from tools.scoring.behaviour import BehaviourOptions
from tools.scoring.behaviour.cases import Cases

SMALL = BehaviourOptions(moments=300, hidden=(8,))


def drawn(count: int = 4000, people: int = 200) -> tuple[Cases, np.ndarray]:
    rng = np.random.default_rng(0)
    logit = rng.normal(-1, 1.5, count).astype(np.float32).round(1)
    offset = rng.choice([0.0, 2.0], count).astype(np.float32)
    y = rng.random(count) < expit(logit + offset)
    person = rng.integers(0, people, count).astype(np.int32)
    return Cases(np.zeros((count, 1), np.float32), y, offset, person, person, np.zeros(count)), logit


def test_scores_agree_with_an_independent_oracle() -> None:
    from sklearn.metrics import accuracy_score, brier_score_loss, f1_score, log_loss, roc_auc_score

    cases, logit = drawn()
    chance = expit((logit + cases.offset).astype(np.float64))
    found = Judge(cases).qualities({"it": logit}, {"it": 0.4}, "it")["it"]
    assert found.accuracy.value == pytest.approx(accuracy_score(cases.y, chance >= 0.5))
    assert found.f1.value == pytest.approx(f1_score(cases.y, chance >= 0.4))
    assert found.auc.value == pytest.approx(roc_auc_score(cases.y, chance), abs=1e-6)
    assert found.log_loss.value == pytest.approx(log_loss(cases.y, chance), rel=1e-5)
    assert found.brier.value == pytest.approx(brier_score_loss(cases.y, chance), rel=1e-5)
    weight = np.where(cases.y, 1.0, np.exp(cases.offset))
    assert found.auc_all.value == pytest.approx(roc_auc_score(cases.y, logit, sample_weight=weight), abs=1e-6)
    assert found.against.value == 0


def test_true_probabilities_are_calibrated_and_others_are_not() -> None:
    cases, logit = drawn(20_000)
    found = Judge(cases).qualities({"true": logit, "bold": logit * 2}, {"true": 0.5, "bold": 0.5}, "true")
    assert found["true"].calibration.value < 0.02 < 0.05 < found["bold"].calibration.value
    assert found["bold"].against.low > 0
    assert found["true"].auc.low < found["true"].auc.value < found["true"].auc.high


def test_levels_hold_every_case_once() -> None:
    cases, logit = drawn()
    levels = Judge(cases).levels(logit, 4)
    assert sum(each.happened for each in levels) == cases.y.sum()
    assert sum(each.cases for each in levels) == pytest.approx(
        np.where(cases.y, 1, np.exp(cases.offset)).sum(), rel=1e-5
    )
    rates = [each.happened / each.cases for each in levels]
    assert rates == sorted(rates)


def test_the_best_threshold_has_the_largest_f1() -> None:
    cases, logit = drawn(300)
    chance = expit(logit.astype(np.float64))

    def f1(threshold: float) -> float:
        said = chance >= threshold
        return float(2 * (said & cases.y).sum() / (said.sum() + cases.y.sum()))

    assert f1(best_threshold(chance, cases.y)) == pytest.approx(max(f1(each) for each in np.unique(chance)), abs=0.01)


def test_the_model_beats_the_simple_ways_where_there_is_something_to_know() -> None:
    columns = catalogue()
    report = evaluate(shop(), columns, topics(columns), options=SMALL, moments=100)
    (purchase,) = report.heads
    rows = {row.name: row.quality for row in purchase.rows}
    assert list(rows)[-1] == MODEL
    for simple in ("base rate", "rates by hand"):
        assert rows[simple].against.low > 0
    assert rows["network, no rhythm"].against.value > 0.02
    assert "1 in " in purchase.text()
    assert report.text().startswith("== a log")


def test_each_kind_of_behaviour_has_its_table() -> None:
    columns = catalogue()
    report = evaluate(critics(), columns, topics(columns), options=SMALL, moments=100)
    assert [head.kind for head in report.heads] == ["rating", "like"]
    like = {row.name: row.quality for row in report.heads[1].rows}
    assert like[MODEL].auc.value > 0.85 > like["base rate"].auc.value
    assert "network, this alone" in like
    assert report.heads[1].missed == 0


def test_too_small_a_log_is_refused() -> None:
    columns = catalogue()
    few = [(n % 3, n % 7, float(n), EventKind.PURCHASE, 1.0) for n in range(60)]
    with pytest.raises(InputError, match="too few events"):
        evaluate(log_of(few, 3), columns, topics(columns))
