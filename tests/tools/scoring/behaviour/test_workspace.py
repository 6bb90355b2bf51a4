from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.errors import NotTrainedError
from core.settings import Settings
from store.columns import EventLog
from tests.tools.scoring.behaviour.worlds import catalogue, shop, topics
from tools.scoring.behaviour import BehaviourOptions
from tools.scoring.behaviour.workspace import behaviour_folder, train_behaviour, trained

SMALL = BehaviourOptions(moments=300, hidden=())
COLUMNS = catalogue()


def test_too_small_a_log_leaves_no_model_behind(tmp_path: Path) -> None:
    home = Settings(home=tmp_path)
    assert trained(home) == ()
    log = shop()
    assert train_behaviour(home, log, COLUMNS, topics(COLUMNS), options=SMALL) == trained(home) == ("purchase",)
    few = EventLog(log.users, log.user[:100], log.item[:100], log.at[:100], log.kind[:100], log.value[:100])
    assert train_behaviour(home, few, COLUMNS, topics(COLUMNS), options=SMALL) == trained(home) == ()
    assert not behaviour_folder(home).exists()


@pytest.mark.parametrize(("manifest", "message"), [(json.dumps({"format": 0}), "found 0"), ("{", "complete behaviour")])
def test_what_cannot_be_read_asks_for_training(tmp_path: Path, manifest: str, message: str) -> None:
    home = Settings(home=tmp_path)
    behaviour_folder(home).mkdir(parents=True)
    (behaviour_folder(home) / "behaviour.json").write_text(manifest)
    with pytest.raises(NotTrainedError, match=rf"{message}.*driftline train"):
        trained(home)
