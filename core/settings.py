"""Settings: environment variables ``DRIFTLINE_*``, then ``driftline.toml`` in the workspace, then the defaults."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from core.errors import InputError, SettingsError
from core.periods import time_zone


class Settings(BaseSettings):
    """Everything that can be configured. Nothing is written outside ``home``.

    Attributes:
        home: the workspace: database, vectors, models, logs.
        database_url: SQLAlchemy URL; empty means the SQLite file in ``home``.
        chroma_url: ``http://host:port`` of a ChromaDB server; empty means the persistent client in ``home``.
        llm_url: base URL of an OpenAI-compatible endpoint; empty means the local server of `driftline llm serve`.
        llm_model: model to serve or to ask for; empty means the default for this machine.
        llm_home: where the model server's environment, weights and logs live; empty means ``home/llm``.
        llm_timeout: seconds that a turn waits for one answer of the model before it goes on without.
        embedder: a sentence-transformers name or path; the default is taken from its package where there is no hub.
        text_tuning: "on" fine-tunes how questions are read on the workspace's own items and events, and uses what
            was learnt where it proved better; "off" does neither.
        item_noun: what one thing of the catalogue is called in replies; empty means "film" where there are directors,
            else "item".
        topic_facet: the catalogue facet whose values are the interest topics; "clusters" learns topics from what items
            are about instead. Unless set, it is that too where the catalogue has no such facet.
        topic_clusters: how many topics to learn; empty means by the size of the catalogue.
        period: length of a timeline period.
        timezone: IANA name of the zone whose calendar periods follow ("Europe/Berlin").
        extra_forecasters: slower forecasters that training tries for ``period``, besides those it tries for all; each
            serves only people for whom it did better.
        api_token: bearer token that the API asks for; empty leaves it open (bind to localhost then).
        api_origins: pages elsewhere whose scripts may call the API ("https://shop.example"); "*" is any.
        default_user: whom requests of chat programs and tool callers that name nobody are for; empty is nobody, and
            then nothing of them is kept.
        desk_agents: the staff of the desk, name → password; without any its page asks for a name alone.
        desk_supervisors: names of those who may see the figures and the audit trail.
        chatwoot_url: base address of a Chatwoot whose agent bot Driftline is; empty means there is none.
        chatwoot_token, chatwoot_secret: the bot's access token, and the secret that signs its webhooks.
        chatwoot_drafts: whether staff there get draft replies as private notes.
    """

    model_config = SettingsConfigDict(env_prefix="DRIFTLINE_", extra="forbid", frozen=True)

    home: Path = Path(".driftline")
    database_url: str = ""
    chroma_url: str = ""
    llm_url: str = ""
    llm_model: str = ""
    llm_api_key: SecretStr = SecretStr("local")
    llm_port: int = Field(default=8471, ge=1, le=65535)
    llm_home: Path | None = None
    llm_timeout: float = Field(default=3.0, gt=0)
    embedder: str = "sentence-transformers/all-MiniLM-L6-v2"
    text_tuning: Literal["off", "on"] = "off"
    item_noun: str = ""
    topic_facet: str = "genre"
    topic_clusters: int | None = Field(default=None, ge=2, le=400)
    period: Literal["day", "week", "2weeks", "month", "quarter", "year"] = "month"
    timezone: str = "UTC"
    extra_forecasters: tuple[str, ...] = ("topic network",)
    api_token: SecretStr = SecretStr("")
    api_origins: tuple[str, ...] = ()
    default_user: str = ""
    desk_agents: dict[str, SecretStr] = {}
    desk_supervisors: tuple[str, ...] = ()
    chatwoot_url: str = ""
    chatwoot_token: SecretStr = SecretStr("")
    chatwoot_secret: SecretStr = SecretStr("")
    chatwoot_drafts: bool = True
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("home", "llm_home")
    @classmethod
    def _absolute(cls, value: Path | None) -> Path | None:
        return None if value is None else value.expanduser().resolve()

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            time_zone(value)
        except InputError as error:  # only a ValueError becomes the setting's own error
            raise ValueError("there is no such time zone; IANA names look like Europe/Berlin") from error
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is the library's
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Environment first, then the workspace's file: a variable set for one run wins."""
        home = Path(os.environ.get("DRIFTLINE_HOME", ".driftline")).expanduser()
        toml = TomlConfigSettingsSource(settings_cls, toml_file=home / "driftline.toml")
        return init_settings, env_settings, toml

    @property
    def sql_url(self) -> str:
        """SQLAlchemy URL of the durable store."""
        return self.database_url or f"sqlite:///{self.home / 'driftline.db'}"

    @property
    def vectors_dir(self) -> Path:
        """Directory of the embedded ChromaDB."""
        return self.home / "vectors"

    @property
    def models_dir(self) -> Path:
        """Directory of trained artefacts, one folder a slice."""
        return self.home / "models"

    @property
    def logs_dir(self) -> Path:
        """Directory of logs."""
        return self.home / "logs"

    @property
    def llm_dir(self) -> Path:
        """Directory of the model server."""
        return self.llm_home or self.home / "llm"


def load_settings() -> Settings:
    """Settings of this process.

    Raises:
        SettingsError: a setting is malformed; the message names it, its value and what is accepted.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]) or "driftline.toml"
        raise SettingsError(
            f"Setting {name} is {first.get('input')!r}: {first['msg']}.",
            f"Set DRIFTLINE_{name.upper()} or edit driftline.toml in the workspace.",
        ) from error
    except ValueError as error:  # a malformed TOML file
        raise SettingsError(f"driftline.toml cannot be read: {error}.", "Correct or remove it.") from error
