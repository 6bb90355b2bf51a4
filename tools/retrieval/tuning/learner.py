"""LoRA on the query side of a bi-encoder: texts move towards the vectors of the items that answer them.

The item side stays as it is, so its vectors are constants: every item of the pool is a negative in every step, the
near ones first of all, at the price of one product; no index is rebuilt, and whatever else is computed from item
vectors is as before. The loss is InfoNCE (van den Oord et al. 2018) over the whole pool; among what people took up,
logits carry the items' popularity while training (Menon et al. 2021), so that the encoder need not learn it.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tools.deps import Floats
from tools.retrieval.tuning.examples import Example, Material, targets

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Recipe:
    """How an adapter is trained.

    Attributes:
        layers: the last so many layers get weights; those below need no backward pass.
        seconds: training stops after this long, whatever ``steps`` says.
        anchor: weight of the squared distance to the vectors of the base, which keeps what it knew.
    """

    rank: int = 8
    layers: int = 3
    steps: int = 240
    batch: int = 32
    rate: float = 1e-3
    temperature: float = 0.05
    anchor: float = 1.0
    seconds: float = 150.0
    seed: int = 0


def learn(
    model: SentenceTransformer,
    vectors: Floats,
    material: Material,
    examples: Sequence[Example],
    before: Floats,
    recipe: Recipe,
    progress: Progress,
) -> Any:
    """A peft model over the transformer of ``model``, trained; ``model`` encodes through it from now on.

    Args:
        vectors: (items, d) unit vectors of the item side, zero rows for items without one.
        before: (examples, d) unit vectors of the examples' texts by the base.
    """
    import torch
    from peft import LoraConfig, get_peft_model
    from torch.nn import functional

    torch.manual_seed(recipe.seed)
    inner = model[0]
    total = inner.auto_model.config.num_hidden_layers
    chosen = "|".join(str(layer) for layer in range(total - min(recipe.layers, total), total))
    config = LoraConfig(
        r=recipe.rank,
        lora_alpha=2 * recipe.rank,
        target_modules=rf".*\.({chosen})\..*(query|key|value|dense)",
        task_type="FEATURE_EXTRACTION",
    )
    peft = get_peft_model(inner.auto_model, config)
    inner.auto_model = peft
    weights = [weight for weight in peft.parameters() if weight.requires_grad]
    optimiser = torch.optim.AdamW(weights, lr=recipe.rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, recipe.steps))
    known = torch.from_numpy(before)
    table = torch.from_numpy(np.ascontiguousarray(vectors))
    open_to = ~material.held & np.asarray(vectors.any(axis=1))
    popularity = torch.from_numpy(np.log(material.popularity + 1.0).astype(np.float32))
    wanted = targets(examples, len(vectors))
    order = random.Random(recipe.seed)
    rows: list[int] = []
    # The name changed in release 6 of the library.
    tokens = getattr(model, "preprocess", None) or model.tokenize
    started = time.monotonic()
    model.train()
    for step in range(recipe.steps):
        if len(rows) < recipe.batch:
            rows += order.sample(range(len(examples)), len(examples))
        batch, rows = rows[: recipe.batch], rows[recipe.batch :]
        # Lines of about one length waste no padding, but then batches would differ by kind; the mixture matters more.
        found = functional.normalize(model(tokens([examples[row].text for row in batch]))["sentence_embedding"])
        logits = found @ table.T / recipe.temperature
        taken = torch.tensor([examples[row].kind == "interest" for row in batch]).float()
        logits = logits + taken[:, None] * popularity
        mask = np.stack([material.pools[examples[row].pool] & open_to for row in batch])
        logits = logits.masked_fill(torch.from_numpy(~mask), -1e4)
        aim = torch.from_numpy(wanted[batch].toarray())
        drift = (found - known[batch]).square().sum(dim=1).mean()
        loss = -(aim * logits.log_softmax(dim=1)).sum(dim=1).mean() + recipe.anchor * drift
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        spent = time.monotonic() - started
        progress("Tuning the query encoder", max((step + 1) / recipe.steps, min(1.0, spent / recipe.seconds)))
        if spent > recipe.seconds:
            break
    model.eval()
    return peft


def _rate(step: int, steps: int) -> float:
    """A tenth of the steps up, then down in a line."""
    warm = max(1, steps // 10)
    return (step + 1) / warm if step < warm else max(0.05, (steps - step) / (steps - warm))
