"""The one error tree of Driftline.

    DriftlineError                an expected failure: one line that names the thing, the value and the remedy
    ├── SettingsError             a setting is missing, malformed or contradicts another
    ├── InputError                data from outside cannot be used (file, column, row, argument)
    │   └── NotFoundError         a user, item, event or conversation that does not exist
    ├── NotTrainedError           the workspace lacks a trained artefact; the remedy is `driftline train`
    ├── ModelError                the language model is missing, slow, or answered nonsense
    │   └── ModelServerError      the local model server could not be installed, started or stopped
    ├── ToolRetry                 a tool asks the model to call it again with better arguments
    └── ToolStop                  a tool ends the turn: no better argument would help

Everything else that is raised is a bug and keeps its traceback.
"""


class DriftlineError(Exception):
    """Base of every expected failure.

    Args:
        what: what is wrong, naming the thing and the value.
        remedy: what the reader can do about it, as an imperative sentence.
    """

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(f"{what} {remedy}".strip())
        self.what = what
        self.remedy = remedy


class SettingsError(DriftlineError):
    """A setting is missing, malformed or contradicts another."""


class InputError(DriftlineError):
    """Data from outside cannot be used."""


class NotFoundError(InputError):
    """A user, item, event or conversation that does not exist."""


class NotTrainedError(DriftlineError):
    """The workspace lacks a trained artefact."""

    def __init__(self, artefact: str) -> None:
        super().__init__(f"No {artefact} in this workspace.", "Run `driftline train` first.")


class ModelError(DriftlineError):
    """The language model is missing, slow, or answered nonsense."""


class ModelServerError(ModelError):
    """The local model server could not be installed, started or stopped."""


class ToolRetry(DriftlineError):  # noqa: N818 - it steers a turn, as StopIteration steers a loop
    """A tool asks the model to call it once more with better arguments."""


class ToolStop(DriftlineError):  # noqa: N818 - likewise
    """A tool ends the turn: no better argument would help."""
