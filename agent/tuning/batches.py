"""Training examples as the model server will see them: rendered, tokenised, and laid out in batches."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import torch
from torch import Tensor

from core.errors import InputError

END = "<|im_end|>"
_POOL = 16  # batches' worth of examples that are sorted by length together


class Tokenizer(Protocol):
    """What is used of a Hugging Face tokenizer."""

    def apply_chat_template(self, conversation: Any, **options: Any) -> Any:
        """The conversation as text."""

    def encode(self, text: str, **options: Any) -> list[int]:
        """Token ids of ``text``."""

    def convert_tokens_to_ids(self, tokens: str) -> int:
        """The id of one token."""


@dataclass(frozen=True)
class Example:
    """One example: token ids of all that the model reads, and of what it is to write, the end token included."""

    prompt: tuple[int, ...]
    answer: tuple[int, ...]


@dataclass(frozen=True)
class Group:
    """Examples that begin with the same tokens, usually the system message: read once for a whole batch."""

    prefix: tuple[int, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class Batch:
    """Rows padded on the right, without the prefix that they share.

    Attributes:
        prefix: (1, P) token ids.
        ids: (N, T) token ids.
        at: (M,) positions in the flattened ``ids`` whose next token is part of an answer.
        targets: (M,) those next tokens.
        rows: (M,) the row of each.
    """

    prefix: Tensor
    ids: Tensor
    at: Tensor
    targets: Tensor
    rows: Tensor


def read_examples(files: Sequence[Path], tokenizer: Tokenizer, longest: int = 1024) -> list[Group]:
    """Read JSON lines ``{"messages": [system, user, assistant]}``.

    Args:
        longest: tokens of the longest example that is taken.

    Raises:
        InputError: a line is no such example or is too long, or there is none at all.
    """
    by_system: defaultdict[str, list[Example]] = defaultdict(list)
    for file in files:
        try:
            text = file.read_text(encoding="utf-8")
        except OSError as error:
            raise InputError(f"{file} cannot be read: {error.strerror}.", "Give a file of examples.") from error
        for number, line in enumerate(text.splitlines(), 1):
            try:
                messages = json.loads(line)["messages"]
                roles = [message["role"] for message in messages]
                if roles != ["system", "user", "assistant"]:
                    raise ValueError(f"roles are {roles}")
                found = encode(messages, tokenizer)
            except (ValueError, KeyError, TypeError) as error:
                raise InputError(
                    f"{file}, line {number}, is not an example: {error}.",
                    'A line is {"messages": [system, user, assistant]}.',
                ) from error
            if len(found.prompt) + len(found.answer) > longest:
                raise InputError(f"{file}, line {number}, has more than {longest} tokens.", "Shorten it.")
            by_system[messages[0]["content"]].append(found)
    if not by_system:
        raise InputError(f"No example in {', '.join(map(str, files))}.", "Give a file of examples.")
    return [_group(examples) for examples in by_system.values()]


def encode(messages: Sequence[Mapping[str, str]], tokenizer: Tokenizer) -> Example:
    """Tokenise a conversation whose last message is to be written.

    The prompt is tokenised by itself, as the server does, so that training and serving meet at the same token.
    """
    prompt = tokenizer.apply_chat_template(list(messages[:-1]), tokenize=False, add_generation_prompt=True)
    answer = tokenizer.encode(messages[-1]["content"], add_special_tokens=False)
    return Example(
        tuple(tokenizer.encode(prompt, add_special_tokens=False)),
        (*answer, tokenizer.convert_tokens_to_ids(END)),
    )


def batches(groups: Sequence[Group], tokens: int, order: random.Random | None = None) -> Iterator[Batch]:
    """All examples once, in batches of at most ``tokens`` padded tokens (but one example at least).

    Args:
        order: shuffles; without it the order is by length.
    """
    plans: list[tuple[Group, list[Example]]] = []
    for group in groups:
        examples = list(group.examples)
        if order is not None:
            order.shuffle(examples)
        shortest = min(_own(group, example) for example in examples)
        pool = len(examples) if order is None else _POOL * max(1, tokens // shortest)
        for start in range(0, len(examples), pool):
            plans += [(group, rows) for rows in _cut(group, examples[start : start + pool], tokens)]
    if order is not None:
        order.shuffle(plans)
    return (_batch(group, rows) for group, rows in plans)


def _group(examples: list[Example]) -> Group:
    first, last = min(examples, key=_prompt).prompt, max(examples, key=_prompt).prompt
    shared = next((place for place, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    # The last token of the prompt stays a row's own: it predicts the first of the answer.
    kept = min(shared, min(len(example.prompt) for example in examples) - 1)
    return Group(first[:kept], tuple(examples))


def _prompt(example: Example) -> tuple[int, ...]:
    return example.prompt


def _own(group: Group, example: Example) -> int:
    return len(example.prompt) - len(group.prefix) + len(example.answer) - 1


def _cut(group: Group, examples: list[Example], tokens: int) -> Iterator[list[Example]]:
    rows: list[Example] = []
    for example in sorted(examples, key=lambda each: _own(group, each)):
        if rows and _own(group, example) * (len(rows) + 1) > tokens:
            yield rows
            rows = []
        rows.append(example)
    yield rows


def _batch(group: Group, examples: list[Example]) -> Batch:
    width = max(_own(group, example) for example in examples)
    ids = torch.zeros(len(examples), width, dtype=torch.long)
    at: list[int] = []
    targets: list[int] = []
    rows: list[int] = []
    for row, example in enumerate(examples):
        prompt = example.prompt[len(group.prefix) :]
        own = (*prompt, *example.answer[:-1])
        ids[row, : len(own)] = torch.tensor(own)
        first = row * width + len(prompt) - 1
        at += range(first, first + len(example.answer))
        targets += example.answer
        rows += [row] * len(example.answer)
    return Batch(torch.tensor([group.prefix], dtype=torch.long), ids, *map(torch.tensor, (at, targets, rows)))
