"""Fine-tuning of the small model by low-rank adapters, on a CPU, in runs that may be killed and resumed.

A plain loop in place of a trainer: half of the cost of a step is avoided by reading the tokens that all examples begin
with once a batch, with their gradient, and by computing the vocabulary's scores at the tokens of the answer alone.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional
from transformers import AutoModelForCausalLM, AutoTokenizer, DynamicCache

from agent.tuning import checkpoint, lora
from agent.tuning.adapter import Base, Card, file_sha256, save_adapter
from agent.tuning.batches import Batch, Group, batches, read_examples
from agent.tuning.recipe import Recipe

_TIME_OVER = "the time is over"


@dataclass
class _State:
    step: int = 0
    seconds: float = 0.0
    tokens: int = 0
    examples: int = 0
    best: float = math.inf
    worse: int = 0  # evaluations since the best
    ended: str = ""


class Training:
    """One run: `train` makes it and is how it is used."""

    def __init__(
        self, base: Base, train: Sequence[Group], held_out: Sequence[Group], recipe: Recipe, data: dict[str, Any]
    ) -> None:
        self.base, self.train, self.held_out, self.recipe, self.data = base, train, held_out, recipe, data
        # Attention of short rows: the fused kernel for the CPU takes twice as long as plain matrix products.
        self.model = AutoModelForCausalLM.from_pretrained(
            base.folder, dtype=torch.bfloat16, attn_implementation="eager"
        )
        self.model.requires_grad_(False)
        lora.attach(self.model.model.layers, recipe.rank, recipe.alpha, recipe.seed)
        self.parameters = [parameter for parameter in self.model.parameters() if parameter.requires_grad]
        self.optimizer = torch.optim.AdamW(
            self.parameters, lr=recipe.learning_rate, weight_decay=recipe.weight_decay, betas=(0.9, 0.99)
        )
        self.state = _State()
        self.steps = sum(len(self._epoch(epoch)) for epoch in range(recipe.epochs))

    def _epoch(self, number: int) -> list[Batch]:
        order = random.Random(f"{self.recipe.seed} {number}")
        return list(batches(self.train, self.recipe.batch_tokens, order))

    def scores(self, batch: Batch) -> Tensor:
        """Scores of the vocabulary (M, V) at the positions of the answers, in float32."""
        cache = None
        if batch.prefix.shape[1]:
            cache = DynamicCache(config=self.model.config)
            self.model.model(batch.prefix, past_key_values=cache, use_cache=True)
            for layer in cache.layers:
                layer.keys = layer.keys.expand(len(batch.ids), -1, -1, -1)
                layer.values = layer.values.expand(len(batch.ids), -1, -1, -1)
        start = batch.prefix.shape[1]
        places = torch.arange(start, start + batch.ids.shape[1])[None]
        hidden = self.model.model(
            batch.ids, past_key_values=cache, position_ids=places, use_cache=cache is not None
        ).last_hidden_state
        scores: Tensor = self.model.lm_head(hidden.flatten(0, 1)[batch.at])
        return scores.float()

    def evaluate(self) -> dict[str, float]:
        """Held-out loss (nats a token) and the share of answers that greedy decoding would write exactly."""
        total, tokens, exact, answers = 0.0, 0, 0, 0
        with torch.inference_mode():
            for batch in batches(self.held_out, 2 * self.recipe.batch_tokens):
                scores = self.scores(batch)
                total += functional.cross_entropy(scores, batch.targets, reduction="sum").item()
                wrong = batch.rows[scores.argmax(-1) != batch.targets]
                exact += len(batch.ids) - len(wrong.unique())
                tokens, answers = tokens + len(batch.targets), answers + len(batch.ids)
        return {"loss": total / tokens, "exact": exact / answers}

    def step(self, batch: Batch, done: float) -> float:
        """One step of the optimizer when the share ``done`` of the run is over; the loss before it."""
        for group in self.optimizer.param_groups:
            group["lr"] = self.recipe.rate(done)
        self.optimizer.zero_grad()
        loss = functional.cross_entropy(self.scores(batch), batch.targets)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, self.recipe.clip)
        self.optimizer.step()
        return float(loss.detach())

    def save(self, file: Path) -> None:
        """Write all that is needed to go on; the file is whole or the one before."""
        state = {
            "state": asdict(self.state),
            "adapters": lora.tensors(self.model),
            "optimizer": self.optimizer.state_dict(),
        }
        checkpoint.save(file, self._identity(), state)

    def load(self, file: Path) -> None:
        """Go on from `save`.

        Raises:
            InputError: it is of another recipe, base or data.
        """
        saved = checkpoint.load(file, self._identity())
        self.state = _State(**saved["state"])
        if self.state.ended == _TIME_OVER:
            self.state.ended = ""  # this part may have more
        lora.load(self.model, saved["adapters"])
        self.optimizer.load_state_dict(saved["optimizer"])

    def run(self, out: Path, kept: Path, minutes: float, save_every: float, progress: Callable[[str], None]) -> None:
        """Train until the epochs or the minutes are over or the held-out loss no longer falls.

        Args:
            out: the best adapter goes into it.
            kept: the file of the checkpoint.
        """
        state, recipe = self.state, self.recipe
        saved = state.seconds
        epoch, first = 0, 0
        while not state.ended and epoch < recipe.epochs:
            plan = self._epoch(epoch)
            for batch in plan[max(0, state.step - first) :]:
                began = time.monotonic()
                done = max(state.step / self.steps, state.seconds / (60 * minutes))
                loss = self.step(batch, done)
                state.step += 1
                state.tokens += batch.prefix.numel() + batch.ids.numel()
                state.examples += len(batch.ids)
                if state.step % 10 == 0 or state.step == 1:
                    progress(self._line(loss, minutes))
                over = state.step == self.steps or state.seconds + time.monotonic() - began >= 60 * minutes
                if state.step % recipe.evaluate_every == 0 or over:
                    self._judge(out, progress)
                state.seconds += time.monotonic() - began
                if over and not state.ended:
                    state.ended = "all examples were seen" if state.step == self.steps else _TIME_OVER
                if state.ended or state.seconds - saved >= 60 * save_every:
                    self.save(kept)
                    saved = state.seconds
                if state.ended:
                    break
            first += len(plan)
            epoch += 1
        progress(f"Ended after step {state.step}: {state.ended}; best held-out loss {state.best:.4f}")

    def _judge(self, out: Path, progress: Callable[[str], None]) -> None:
        state = self.state
        found = self.evaluate()
        better = found["loss"] < state.best
        progress(
            f"step {state.step}  held-out loss {found['loss']:.4f}  exact {found['exact']:.3f}"
            + ("  best so far" if better else "")
        )
        if not better:
            state.worse += 1
            if state.worse >= self.recipe.patience:
                state.ended = "the held-out loss no longer falls"
            return
        state.best, state.worse = found["loss"], 0
        card = Card(
            base=self.base.name,
            base_sha256=self.base.sha256,
            rank=self.recipe.rank,
            alpha=self.recipe.alpha,
            recipe=asdict(self.recipe),
            data=self.data,
            metrics={"held_out_" + name: round(value, 5) for name, value in found.items()} | {"steps": state.step},
            made_at=datetime.now(UTC).replace(microsecond=0),
        )
        save_adapter(out / "adapter", lora.tensors(self.model), card)

    def _line(self, loss: float, minutes: float) -> str:
        state = self.state
        by_steps = state.seconds / state.step * (self.steps - state.step)
        left = max(0.0, min(by_steps, 60 * minutes - state.seconds)) / 60
        rates = ""
        if state.seconds:
            rates = f"{state.tokens / state.seconds:.0f} tokens/s  {state.examples / state.seconds:.1f} examples/s  "
        return f"step {state.step} of {self.steps}  loss {loss:.4f}  {rates}{left:.0f} min left"

    def _identity(self) -> dict[str, Any]:
        return {"recipe": asdict(self.recipe), "base": self.base.sha256, "data": self.data}


def train(
    base: Base,
    examples: Sequence[Path],
    validation: Path,
    out: Path,
    *,
    recipe: Recipe | None = None,
    minutes: float = 100.0,
    save_every: float = 3.0,
    resume: bool = False,
    threads: int | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Path:
    """Fine-tune ``base`` and keep the adapter that is best on the held-out examples.

    Args:
        examples: JSON lines ``{"messages": [system, user, assistant]}``.
        validation: the same, held out.
        out: folder of the run; one run at a time may use it.
        minutes: time for training, counted over all parts of a resumed run. The learning rate falls towards its end.
        save_every: minutes between two checkpoints.
        resume: go on from the folder's checkpoint, if it has one.
        threads: of the processor; as many as PyTorch takes by itself when None.
        progress: gets lines to show.

    Returns:
        The folder of the adapter, in ``out``.

    Raises:
        InputError: the examples cannot be used, another run uses ``out``, or the checkpoint is of another run.
    """
    with checkpoint.run_folder(out, resume) as kept:
        if threads is not None:
            torch.set_num_threads(threads)
        tokenizer = AutoTokenizer.from_pretrained(base.folder)
        groups, held_out = read_examples(examples, tokenizer), read_examples([validation], tokenizer)
        data = {file.name: {"examples": _lines(file), "sha256": file_sha256(file)} for file in (*examples, validation)}
        run = Training(base, groups, held_out, recipe or Recipe(), data)
        if kept.exists():
            run.load(kept)
            progress(f"Going on from step {run.state.step}")
        run.run(out, kept, minutes, save_every, progress)
    return out / "adapter"


def _lines(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())
