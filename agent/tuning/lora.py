"""Low-rank adapters on the linear layers of a frozen model."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional


class LoraLinear(nn.Module):  # type: ignore[misc]
    """A frozen linear layer plus ``scale * B A``, with A (rank, in) and B (out, rank) in float32.

    Written out rather than taken from peft: that casts the activations to float32 for its adapters, which costs a
    third of the speed on a CPU.
    """

    def __init__(self, base: nn.Linear, rank: int, scale: float, generator: torch.Generator) -> None:
        super().__init__()
        self.weight, self.bias = base.weight, base.bias
        self.scale = scale
        bound = 1 / math.sqrt(base.in_features)
        self.a = nn.Parameter((torch.rand(rank, base.in_features, generator=generator) * 2 - 1) * bound)
        self.b = nn.Parameter(torch.zeros(base.out_features, rank))

    def forward(self, x: Tensor) -> Tensor:
        """``x`` (…, in) to (…, out), in the dtype of ``x``."""
        rows = x.reshape(-1, x.shape[-1])
        low = functional.linear(rows, self.a.to(x.dtype))
        out = torch.addmm(functional.linear(rows, self.weight, self.bias), low, (self.scale * self.b).to(x.dtype).t())
        return out.reshape(*x.shape[:-1], -1)


def attach(layers: nn.Module, rank: int, alpha: float, seed: int) -> None:
    """Freeze ``layers`` and put an adapter, drawn from ``seed``, on each linear layer; at first it changes nothing."""
    layers.requires_grad_(False)
    generator = torch.Generator().manual_seed(seed)
    for parent in list(layers.modules()):
        for name, child in list(parent.named_children()):
            if isinstance(child, nn.Linear):
                setattr(parent, name, LoraLinear(child, rank, alpha / rank, generator))


def adapters(model: nn.Module) -> Iterator[tuple[str, LoraLinear]]:
    """The adapted layers by the name of the layer, as in the model's own weights."""
    for name, module in model.named_modules():
        if isinstance(module, LoraLinear):
            yield name, module


def tensors(model: nn.Module) -> dict[str, Tensor]:
    """The adapters' weights in float32: ``<layer>.a`` and ``<layer>.b``."""
    return {f"{name}.{part}": getattr(layer, part).detach() for name, layer in adapters(model) for part in ("a", "b")}


def load(model: nn.Module, found: Mapping[str, Tensor]) -> None:
    """Give the adapters of ``model`` the weights that `tensors` gave of others like them.

    Raises:
        KeyError: one is missing.
        RuntimeError: one has another shape.
    """
    for name, layer in adapters(model):
        layer.load_state_dict({part: found[f"{name}.{part}"] for part in ("a", "b")}, strict=False)
