from __future__ import annotations

import pytest

from agent.build import open_workspace
from core.results import Reason
from core.settings import Settings
from evals.explanations import _alike, evaluate
from tests.agent.workspace import NOW


def test_counterfactuals_hold_and_reasons_are_compared(small_settings: Settings) -> None:
    workspace = open_workspace(small_settings, now=lambda: NOW)
    try:
        report = evaluate(workspace, people=2)
    finally:
        workspace.database.close()
    assert report.people == 2
    assert sum(report.answers.values()) == 6
    assert not report.sizes or report.valid == 1.0
    assert {row.cases for row in report.stability} == {6}
    assert all(0 <= row.same <= 1 and -1 <= row.correlation <= 1 for row in report.stability)
    assert "counterfactuals:" in report.text()


def test_likeness_of_reasons_goes_by_kind_and_order() -> None:
    first = [Reason(feature=name, contribution=part, group=name, text=name) for name, part in (("a", 3), ("b", 1))]
    for other, same in ((first, True), (first[::-1], False)):
        kept, order = _alike(first, other)
        assert kept is same
        assert order == pytest.approx(1.0)
