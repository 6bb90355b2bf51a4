"""The network: causal self-attention over events, with items represented by id, text and facets."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from store.columns import KINDS

BUCKETS = 44
"""Time gaps are told apart by half powers of two of a minute, up to some five years."""


@dataclass(frozen=True)
class Shape:
    """Size of a network.

    Attributes:
        items, text, facets, topics: how many there are of each; ``text`` is the width of the vectors.
        offsets: popularities that are added to scores in training.
    """

    items: int
    text: int
    facets: int
    topics: int
    offsets: int
    width: int
    layers: int
    heads: int
    length: int
    dropout: float

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for a manifest."""
        return asdict(self)


def buckets(seconds: NDArray[np.float64]) -> NDArray[np.int64]:
    """Time gaps as codes in [0, `BUCKETS`): 0 is under half a minute or so, and gaps into the past count as none."""
    steps = np.floor(2 * np.log2(1 + np.maximum(seconds, 0) / 60)).astype(np.int64)
    return np.asarray(np.minimum(steps, BUCKETS - 1))


def build(shape: Shape) -> Any:
    """A torch module after SASRec (Kang and McAuley 2018), with pre-normalised blocks.

    Attention carries a bias, per head and layer, by the place of an event before the asking one and by the time from it
    to the moment that is asked for (as in TiSASRec, Li et al. 2020, and HSTU, Zhai et al. 2024); places have no other
    embedding, so old events fade by what was learned of time. Items in and out share one representation: the sum of id
    embedding, projected text and mean facet embeddings.
    """
    import torch
    from torch import nn
    from torch.nn import functional

    class Block(nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.before = nn.LayerNorm(shape.width)
            self.qkv = nn.Linear(shape.width, 3 * shape.width)
            self.out = nn.Linear(shape.width, shape.width)
            self.between = nn.LayerNorm(shape.width)
            self.wide = nn.Linear(shape.width, 2 * shape.width)
            self.narrow = nn.Linear(2 * shape.width, shape.width)
            self.by_time = nn.Embedding(BUCKETS, shape.heads)
            self.by_place = nn.Embedding(shape.length, shape.heads)
            nn.init.zeros_(self.by_time.weight)
            nn.init.zeros_(self.by_place.weight)

        def forward(self, state: Any, gaps: Any, places: Any, future: Any) -> Any:
            people, length, width = state.shape
            parts = self.qkv(self.before(state)).view(people, length, 3, shape.heads, width // shape.heads)
            query, key, value = parts.permute(2, 0, 3, 1, 4)
            bias = (self.by_time(gaps) + self.by_place(places)).permute(0, 3, 1, 2)
            bias = bias.masked_fill(future, float("-inf"))
            seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias)
            state = state + self._drop(self.out(seen.transpose(1, 2).reshape(people, length, width)))
            return state + self._drop(self.narrow(functional.gelu(self.wide(self.between(state)))))

        def _drop(self, state: Any) -> Any:
            return functional.dropout(state, shape.dropout, self.training)

    class Network(nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            width = shape.width
            self.ids = nn.Embedding(shape.items, width)
            # Ids start small beside text and facets; where there are none, too small a start would be slow to leave.
            nn.init.normal_(self.ids.weight, std=0.02 if shape.text or shape.facets else 0.1)
            self.text = nn.Linear(shape.text, width, bias=False) if shape.text else None
            self.facets = nn.Parameter(torch.randn(max(shape.facets, 1), width) * 0.02)
            self.kinds = nn.Embedding(len(KINDS) + 1, width)
            self.waits = nn.Embedding(BUCKETS, width)
            self.strength = nn.Linear(2, width)
            self.blocks = nn.ModuleList(Block() for _ in range(shape.layers))
            self.last = nn.LayerNorm(width)
            self.offsets = nn.Parameter(torch.full((shape.offsets,), 1 / max(shape.offsets, 1)))
            self.topics = nn.Linear(width, max(shape.topics, 1))
            self.value = nn.Linear(2 * width, 1)
            for table in (self.kinds, self.waits):
                nn.init.zeros_(table.weight)

        def items(self, rows: Any, text: Any, facets: tuple[Any, Any, Any], known: Any) -> Any:
            """(n, width) representation of items.

            Args:
                rows: (n,) positions. text: (n, d) vectors.
                facets: values, starts and weights of their memberships, as in a sparse matrix by rows.
                known: (n,) what the id embedding is multiplied by: 0 leaves text and facets alone.
            """
            found = self.ids(rows) * known.unsqueeze(1)
            if self.text is not None:
                found = found + self.text(text)
            values, starts, weights = facets
            if len(values):
                bag = functional.embedding_bag(values, self.facets, starts, mode="sum", per_sample_weights=weights)
                found = found + bag
            return found

        def forward(self, item: Any, kind: Any, strength: Any, at: Any, moment: Any) -> Any:
            """(people, events, width) state at each event, to be multiplied with representations of items.

            Args:
                item: (people, events, width) representations. kind, strength: (people, events).
                at, moment: (people, events) gaps as `times` makes them.
            """
            length = item.shape[1]
            signs = torch.stack([strength.clamp(min=0), strength.clamp(max=0)], dim=2)
            # Representations start small beside what normalised layers expect.
            state = item * shape.width**0.5 + self.kinds(kind) + self.strength(signs) + self.waits(moment)
            state = functional.dropout(state, shape.dropout, self.training)
            steps = torch.arange(length)
            places = (steps[:, None] - steps[None, :]).clamp(min=0)
            future = steps[:, None] < steps[None, :]
            for block in self.blocks:
                state = block(state, at, places, future)
            return self.last(state)

    return Network()


def times(at: NDArray[np.float64], moment: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Codes of the gaps that a network reads, of (people, events) times.

    Returns:
        (people, events, events) from an event to the moment asked for at another, and (people, events) from an event to
        the moment asked for at itself.
    """
    pairs = buckets(moment[:, :, None] - at[:, None, :])
    return pairs, np.diagonal(pairs, axis1=1, axis2=2).copy()
