"""The one door to the language model: where it is, how it is doing, and chat models that keep their deadline."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Protocol

import httpx

from agent.llm import server
from agent.llm.blocking import BLOCK_VARIABLE, calls_blocked
from agent.llm.weights import SMALL_MODEL
from agent.state import ModelStatus
from core.errors import ModelError
from core.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from agent.llm.chat_model import EndpointChatModel

_FRESH = 1.0  # seconds that a known status is good for
_PATIENCE = 0.25  # seconds that a caller waits for a new one
_PROBE = 2.0  # seconds that the probe itself may take, in the background


class ChatClient(Protocol):
    """What the agent needs of a language model; ModelClient and ScriptedClient are the implementations."""

    @property
    def model_name(self) -> str:
        """Name to show and to ask for; empty while unknown."""

    def status(self) -> ModelStatus:
        """Whether it can be asked now. Cheap: call it on every turn."""

    def chat_model(
        self, timeout: float | None = None, *, max_tokens: int = 128, temperature: float = 0.0
    ) -> BaseChatModel:
        """A chat model whose every answer is complete within ``timeout`` seconds or raises ModelError."""


class ModelClient:
    """Client of the configured endpoint, or of the local server when none is configured."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._listed = ""
        self._bases: dict[str, EndpointChatModel] = {}
        self._lock = threading.Lock()
        self._known = ModelStatus(state="loading", name=self.model_name, detail="The model is being looked for.")
        self._known_at = float("-inf")
        self._probing: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Base URL of the endpoint, ending in the API version."""
        return self._settings.llm_url.rstrip("/") or server.url(self._settings)

    @property
    def model_name(self) -> str:
        """The model's name at the endpoint; at a configured URL without ``llm_model``, the first one it lists."""
        if self._settings.llm_url:
            return self._settings.llm_model or self._listed
        return server.model_name(self._settings)

    def status(self) -> ModelStatus:
        """State of the model, at most about a second old; never blocks longer than 0.3 s.

        A probe that takes longer goes on in the background and its answer is there for the next call.
        """
        if calls_blocked():
            return ModelStatus(state="offline", name=self.model_name, detail=f"{BLOCK_VARIABLE} is set.")
        with self._lock:
            if time.monotonic() - self._known_at < _FRESH:
                return self._known
            if self._probing is None or not self._probing.is_alive():
                self._probing = threading.Thread(target=self._probe, name="model-status", daemon=True)
                self._probing.start()
            probing = self._probing
        probing.join(_PATIENCE)
        return self._known

    def chat_model(
        self, timeout: float | None = None, *, max_tokens: int = 128, temperature: float = 0.0
    ) -> BaseChatModel:
        """A LangChain chat model over the endpoint; cheap to make, never retries.

        Args:
            timeout: seconds for one complete answer; None is the setting ``llm_timeout``.
            max_tokens: longest answer. On a CPU each token costs about 30 ms, so ask for no more than is used.
            temperature: 0 gives the same answer to the same prompt.

        Raises:
            ModelError: the endpoint's model is not known yet (a configured URL that was never reached).
        """
        name = self.model_name
        if not name:
            raise ModelError(f"No model is known at {self.url}.", "Start it, or set DRIFTLINE_LLM_MODEL.")
        return self._base(self.url, name).model_copy(
            update={
                "model_name": name,
                "deadline": timeout or self._settings.llm_timeout,
                "max_tokens": max_tokens,
                "temperature": temperature,
            }
        )

    def _base(self, url: str, name: str) -> EndpointChatModel:
        known = self._bases.get(url)
        if known is not None:
            return known
        import openai

        from agent.llm.chat_model import EndpointChatModel

        made = EndpointChatModel(
            model=name,
            base_url=url,
            api_key=self._settings.llm_api_key,
            max_retries=0,
            deadline=self._settings.llm_timeout,
            # A proxy for the internet must not stand between this process and its own machine.
            http_client=openai.DefaultHttpxClient(trust_env=bool(self._settings.llm_url)),
        )
        self._bases[url] = made
        return made

    def _probe(self) -> None:
        status = self._remote_status() if self._settings.llm_url else server.status(self._settings, _PROBE)
        status = status.model_copy(update={"writes": status.name != SMALL_MODEL})
        self._known, self._known_at = status, time.monotonic()
        if status.state == "ready":
            self.chat_model()  # imports its libraries here, which takes a second that the first turn need not wait

    def _remote_status(self) -> ModelStatus:
        key = self._settings.llm_api_key.get_secret_value()
        try:
            reply = httpx.get(f"{self.url}/models", headers={"Authorization": f"Bearer {key}"}, timeout=_PROBE)
            reply.raise_for_status()
            listed = [str(model["id"]) for model in reply.json()["data"]]
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            return ModelStatus(state="offline", name=self.model_name, detail=f"{self.url} does not answer: {error}")
        wanted = self._settings.llm_model
        if wanted and wanted not in listed:
            return ModelStatus(
                state="offline",
                name=wanted,
                detail=f"{self.url} serves {', '.join(listed) or 'nothing'}, not {wanted}.",
            )
        if not listed:
            return ModelStatus(state="offline", name="", detail=f"{self.url} serves no model.")
        self._listed = listed[0]
        return ModelStatus(state="ready", name=self.model_name, detail=self.url)
