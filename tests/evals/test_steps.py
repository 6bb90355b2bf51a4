from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from evals.steps import CANDIDATES, STEPS, WHOLE, steps
from tests.evals.test_ranking_forecasts import CUT, deps_of
from tests.tools.scoring.conftest import NOW, film, make_bench, ratings


def test_the_steps_make_up_the_whole(tmp_path: Path) -> None:
    bench, database = make_bench(tmp_path, [film(n) for n in range(60)], ratings(60))
    bench.train(until=CUT)
    found, candidates = steps(replace(deps_of(bench), now=lambda: NOW))
    database.close()
    middle = {step.name: step.p50 for step in found}
    assert set(middle) == {*STEPS, CANDIDATES, WHOLE}
    assert 0 < candidates <= 60
    assert all(step.p95 >= step.p50 > 0 for step in found)
    assert middle[WHOLE] > middle[CANDIDATES] > 0
