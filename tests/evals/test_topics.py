from __future__ import annotations

import numpy as np

from evals.topics import GROWTH, evaluate
from tests.tools.forecasting.worlds import KINDS, shop


def test_clear_topics_hold_when_items_like_the_others_are_added() -> None:
    vectors, words, _ = shop(40)
    report = evaluate(vectors, words, np.arange(len(vectors)), len(KINDS))
    assert dict(report.sizes) == {f"cluster:{kind}": 40 for kind in KINDS}
    assert [each.by for each in report.growth] == [*GROWTH, *GROWTH]
    assert all(each.kept == each.rand == 1 for each in report.growth)
    assert all(each.topics == (len(KINDS),) * 3 for each in report.growth)


def test_a_kind_that_comes_last_and_finds_no_topic_free_moves_items() -> None:
    vectors, words, kind = shop(40)
    report = evaluate(vectors, words, (np.array(kind) == 0).astype(np.int64), len(KINDS) - 1)
    at_random, newest = report.growth[: len(GROWTH)], report.growth[len(GROWTH) :]
    assert {each.added for each in at_random} == {"at random"}
    assert {each.added for each in newest} == {"newest"}
    assert min(each.rand_anew for each in newest) < 1
    assert report.text().count("%") == 2 * len(GROWTH)
