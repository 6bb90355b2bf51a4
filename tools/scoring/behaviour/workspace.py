"""The behaviour model of a workspace: where it is kept, its training, and what it predicts."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from scipy.sparse import csr_matrix

from core.errors import NotTrainedError
from core.settings import Settings
from store.columns import ItemColumns
from tools.scoring.behaviour.fit import BehaviourOptions, fit_behaviour
from tools.scoring.behaviour.model import FORMAT, save

if TYPE_CHECKING:
    from store.columns import EventLog

OPTIONS = BehaviourOptions()


def behaviour_folder(settings: Settings) -> Path:
    """Where the behaviour model of a workspace lives."""
    return settings.models_dir / "behaviour"


def train_behaviour(
    settings: Settings,
    log: EventLog,
    columns: ItemColumns,
    topics: csr_matrix,
    progress: Callable[[str, float], None] = lambda _what, _part: None,
    options: BehaviourOptions = OPTIONS,
) -> tuple[str, ...]:
    """Fit and save the model of a workspace; returns what it predicts, nothing where the log is too small for a model.

    Args:
        log: item events in time order, only those to learn from.
        topics: (items, topics) membership.
        progress: told what is being done, and how far all of it is, in [0, 1].
    """
    model = fit_behaviour(log, columns, topics, options, progress)
    if model is None:
        forget_behaviour(settings)
        return ()
    save(model, behaviour_folder(settings))
    return model.kinds


def forget_behaviour(settings: Settings) -> None:
    """Delete the saved model, which was learnt from other data."""
    shutil.rmtree(behaviour_folder(settings), ignore_errors=True)


def trained(settings: Settings) -> tuple[str, ...]:
    """What the saved model predicts; nothing where there is none.

    Raises:
        NotTrainedError: there is one of another format, or not the whole of one.
    """
    try:
        manifest = json.loads((behaviour_folder(settings) / "behaviour.json").read_text(encoding="utf-8"))
        if manifest["format"] != FORMAT:
            raise NotTrainedError(f"behaviour model of format {FORMAT} (found {manifest['format']})")
        return tuple(manifest["heads"])
    except FileNotFoundError:
        return ()
    except (KeyError, TypeError, ValueError) as error:
        raise NotTrainedError(f"complete behaviour model in {behaviour_folder(settings)}") from error
