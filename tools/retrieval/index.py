"""The vector index of the items in ChromaDB: built incrementally, queried with the constraints as metadata filters."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from core.errors import InputError, SettingsError
from core.settings import Settings
from core.types import Constraints, Item
from tools.deps import Floats
from tools.retrieval.embedder import Embedder
from tools.retrieval.text import item_text

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

Progress = Callable[[str, float], None]

_CHUNK = 512
_REMEMBERED = 100_000
"""Vectors of texts that a build keeps at hand for items that read alike."""
_PAGE = 2000
# Chosen by evals/retrieval: recall@10 against exact search, and the time of a query.
_HNSW = {"space": "cosine", "ef_construction": 200, "ef_search": 200, "max_neighbors": 32}


@dataclass(frozen=True)
class IndexReport:
    """What a build did: items embedded (new or changed text), items whose metadata alone changed, and the rest."""

    embedded: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0


def connect(settings: Settings) -> ClientAPI:
    """The ChromaDB client of a workspace: embedded in ``home/vectors``, or a server by ``chroma_url``.

    Raises:
        SettingsError: the server does not answer, or the URL is not ``http(s)://host[:port]``.
    """
    import chromadb

    options = chromadb.Settings(anonymized_telemetry=False)
    if not settings.chroma_url:
        settings.vectors_dir.mkdir(parents=True, exist_ok=True)
        return chromadb.PersistentClient(str(settings.vectors_dir), settings=options)
    url = urlsplit(settings.chroma_url)
    if url.scheme not in ("http", "https") or not url.hostname:
        raise SettingsError(f"chroma_url is {settings.chroma_url!r}.", "Write it as http://host:port.")
    secure = url.scheme == "https"
    try:
        return chromadb.HttpClient(url.hostname, url.port or (443 if secure else 8000), ssl=secure, settings=options)
    except ValueError as error:
        raise SettingsError(
            f"No ChromaDB server answers at {settings.chroma_url}.",
            "Start it (`chroma run`), or unset DRIFTLINE_CHROMA_URL to use the embedded one.",
        ) from error


def collection(client: ClientAPI, name: str, embedder: str) -> Collection:
    """A collection of cosine vectors of one embedder; one made with another embedder is replaced by an empty one."""
    kind: dict[str, Any] = {
        "configuration": {"hnsw": _HNSW},
        "embedding_function": None,
        "metadata": {"embedder": embedder},
    }
    found = client.get_or_create_collection(name, **kind)
    if (found.metadata or {}).get("embedder") == embedder:
        return found
    client.delete_collection(name)
    return client.create_collection(name, **kind)


class VectorIndex:
    """Items by the vector of one of their texts. Thread-safe; one process writes at a time.

    Args:
        name: of the collection.
        text: what is embedded of an item; one for which it is empty is not in the index.
        purpose: what a build is doing, for the progress.
    """

    def __init__(
        self,
        client: ClientAPI,
        embedder: Embedder,
        name: str = "items",
        text: Callable[[Item], str] = item_text,
        purpose: str = "Embedding the catalogue",
    ) -> None:
        self._embedder = embedder
        self._text, self._purpose = text, purpose
        self._collection = collection(client, name, embedder.identity)

    def build(self, items: Iterable[Item], total: int, progress: Progress) -> IndexReport:
        """Bring the index in line with the items: only new or changed texts are embedded, missing items deleted.

        Work is kept chunk by chunk, so an interrupted build goes on where it stopped.

        Args:
            total: how many items there are, for the progress alone.
        """
        known = {item_id: (entry["text"], entry["meta"]) for item_id, entry in self._entries()}
        read, present = 0, set[str]()
        embedded = updated = unchanged = 0
        seen: dict[str, Floats] = {}
        stream = iter(items)
        while chunk := list(islice(stream, _CHUNK)):
            read += len(chunk)
            texts = {item.id: text for item in chunk if (text := self._text(item))}
            chunk = [item for item in chunk if item.id in texts]
            present.update(texts)
            meta = {item.id: _metadata(item, texts[item.id]) for item in chunk}
            fresh = [item.id for item in chunk if known.get(item.id, ("", ""))[0] != meta[item.id]["text"]]
            refiled = [item.id for item in chunk if item.id not in fresh and known[item.id][1] != meta[item.id]["meta"]]
            if fresh:
                vectors = self._encoded([texts[item_id] for item_id in fresh], seen)
                self._collection.upsert(ids=fresh, embeddings=vectors, metadatas=[meta[item_id] for item_id in fresh])
            if refiled:
                # An update keeps metadata keys that it does not name, so the entry is written anew.
                vectors = self.vectors(refiled)
                self._collection.delete(ids=refiled)
                self._collection.add(ids=refiled, embeddings=vectors, metadatas=[meta[i] for i in refiled])
            embedded += len(fresh)
            updated += len(refiled)
            unchanged += len(chunk) - len(fresh) - len(refiled)
            progress(self._purpose, min(1.0, read / max(total, 1)))
        gone = [item_id for item_id in known if item_id not in present]
        for start in range(0, len(gone), _PAGE):
            self._collection.delete(ids=gone[start : start + _PAGE])
        return IndexReport(embedded, updated, len(gone), unchanged)

    def _encoded(self, texts: Sequence[str], seen: dict[str, Floats]) -> Floats:
        """(n, d) vectors of texts; one seen before is not computed again, as shops sell much under one name."""
        new = [text for text in dict.fromkeys(texts) if text not in seen]
        fresh = dict(zip(new, self._embedder.encode(new, bulk=True), strict=True))
        if len(seen) < _REMEMBERED:
            seen |= fresh
        return np.stack([seen[text] if text in seen else fresh[text] for text in texts])

    def query(self, vector: Floats, k: int, constraints: Constraints | None = None) -> list[tuple[str, float]]:
        """The k nearest items that obey the constraints, as (id, cosine similarity), nearest first."""
        if constraints is None:
            constraints = Constraints(available_only=False)
        hidden = constraints.exclude_items
        answer = self._collection.query(
            query_embeddings=[vector], n_results=k + len(hidden), where=where(constraints), include=["distances"]
        )
        distances = (answer["distances"] or [[]])[0]
        found = zip(answer["ids"][0], distances, strict=True)
        return [(item_id, 1.0 - distance) for item_id, distance in found if item_id not in hidden][:k]

    def vectors(self, ids: Sequence[str]) -> Floats:
        """(n, d) vectors in the order of the ids; zero rows for items that are not indexed."""
        rows = {item_id: row for row, item_id in enumerate(ids)}
        filled: Floats | None = None
        for start in range(0, len(ids), _PAGE):
            page = self._collection.get(ids=list(ids[start : start + _PAGE]), include=["embeddings"])
            if not page["ids"]:
                continue
            vectors = np.asarray(page["embeddings"], dtype=np.float32)
            if filled is None:
                filled = np.zeros((len(ids), vectors.shape[1]), dtype=np.float32)
            filled[[rows[item_id] for item_id in page["ids"]]] = vectors
        return np.zeros((len(ids), self._embedder.dimension), dtype=np.float32) if filled is None else filled

    def count(self) -> int:
        """How many items are indexed."""
        return int(self._collection.count())

    def _entries(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for offset in range(0, self.count(), _PAGE):
            page = self._collection.get(limit=_PAGE, offset=offset, include=["metadatas"])
            yield from zip(page["ids"], page["metadatas"] or [], strict=True)


def where(constraints: Constraints) -> dict[str, Any] | None:
    """The constraints as a ChromaDB metadata filter; None when there is nothing to filter.

    Excluded items are left to the caller, and figures are compared in double precision here.
    """
    parts: list[dict[str, Any]] = [{"available": True}] if constraints.available_only else []
    for facet, wanted in constraints.require.items():
        choices = [{f"facet.{facet}": {"$contains": value.casefold()}} for value in wanted]
        if not choices:
            raise InputError(f"The limit on {facet} names no value.", "Name one, or leave the limit out.")
        parts.append(choices[0] if len(choices) == 1 else {"$or": choices})
    for facet, unwanted in constraints.exclude.items():
        parts += [{f"facet.{facet}": {"$not_contains": value.casefold()}} for value in unwanted]
    for name, limit in constraints.ranges.items():
        # An open interval still asks for the figure to be known.
        unbounded = limit.low is None and limit.high is None
        ends = (("$gte", -sys.float_info.max if unbounded else limit.low), ("$lte", limit.high))
        parts += [{f"number.{name}": {sign: float(end)}} for sign, end in ends if end is not None]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else {"$and": parts}


def _metadata(item: Item, text: str) -> dict[str, Any]:
    filed: dict[str, Any] = {"available": item.available}
    filed |= {f"number.{name}": float(figure) for name, figure in item.numbers.items()}
    filed |= {
        f"facet.{facet}": [value.casefold() for value in values] for facet, values in item.facets.items() if values
    }
    return {**filed, "text": _digest(text), "meta": _digest(json.dumps(filed, sort_keys=True))}


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()
