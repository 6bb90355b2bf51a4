"""The network that reads a message: a sentence encoder with low-rank adapters, and a head for acts and one for names.

A joint model of intent and slots over one encoder (Chen, Zhuo and Wang 2019, *BERT for joint intent classification and
slot filling*), with spans that are given instead of tagged. Titles and people are replaced by one and the same title
and person before it reads: what a name is called says nothing of the part that it plays.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer
from transformers.utils import logging

from agent.intents import Intent
from agent.understanding.entities import Role
from agent.understanding.proposals import SLOTS, Name

TOOLS = tuple(SLOTS)
PARTS = tuple((tool, slot) for tool, slots in SLOTS.items() for slot in slots)

_STAND_INS = {"title": "Titanic", "person": "Hitchcock"}
_PICTURES = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]")
"""The word pieces know none of them: all would be one unknown word, which turns the meaning of a message."""

_SHORT_WITHOUT = re.compile(r"\bw/o\b")
"""Three word pieces that say nothing together; what stands in its place is as long."""

_LONGEST = 256
_HIDDEN = 256
_UNTOLD = 0.2
_INTENTS = tuple(intent for intent in Intent if intent is not Intent.CHOOSE)
"""Acts by the rules that the network is told of; a message that settles on an item does not reach it."""
_ROLES = tuple(Role)


@dataclass(frozen=True)
class Message:
    """A message as the rules read it: its names and acts."""

    text: str
    names: Sequence[Name]
    acts: Collection[Intent]


@dataclass(frozen=True)
class Batch:
    """Messages as numbers.

    Attributes:
        ids, mask: (N, T) word pieces and which of them count.
        message: (M,) which message each name is of.
        inside: (M, T) which word pieces belong to it; rows sum to 1, or to 0 for a name beyond the window.
        acts: (N, intents) 1 for what the rules read.
        roles: (M, roles + 1) 1 for the role by the rules, the last column for somebody else's taste.
    """

    ids: Tensor
    mask: Tensor
    message: Tensor
    inside: Tensor
    acts: Tensor
    roles: Tensor


class ReadingNetwork(nn.Module):  # type: ignore[misc]
    """Scores (log-odds) of the tools of a message, and of the parts of each of its names."""

    def __init__(self, encoder: nn.Module, width: int) -> None:
        super().__init__()
        self.encoder = encoder
        # What the rules make of a message is told, but not always: the network learns to do without them, too.
        self.told = nn.Dropout1d(_UNTOLD)
        self.acts = _head(2 * width + len(_INTENTS), len(TOOLS))
        self.parts = _head(3 * width + len(_INTENTS) + len(_ROLES) + 1, len(PARTS))

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """(N, tools) and (M, parts)."""
        hidden = self.encoder(input_ids=batch.ids, attention_mask=batch.mask).last_hidden_state.float()
        there = batch.mask[:, :, None].float()
        mean = (hidden * there).sum(1) / there.sum(1)
        whole = torch.cat([mean, hidden.masked_fill(there == 0, -1e4).amax(1), self.told(batch.acts[:, None])[:, 0]], 1)
        own = torch.einsum("mt,mtd->md", batch.inside, hidden[batch.message])
        return self.acts(whole), self.parts(
            torch.cat([own, self.told(batch.roles[:, None])[:, 0], whole[batch.message]], 1)
        )


class Pieces:
    """Messages to batches, with the word pieces of the encoder."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = AutoTokenizer.from_pretrained(folder)
        self.mask: int = self._tokenizer.mask_token_id
        self.last_special: int = max(self._tokenizer.all_special_ids)

    def batch(self, messages: Sequence[Message]) -> Batch:
        """Messages as one batch."""
        told = [replaced(message.text, message.names) for message in messages]
        found = self._tokenizer(
            [_SHORT_WITHOUT.sub("no ", _PICTURES.sub(" ", text)) for text, _ in told],
            truncation=True,
            max_length=_LONGEST,
            padding=True,
            return_tensors="pt",
            return_offsets_mapping=True,
        )
        offsets = found["offset_mapping"]
        message, inside = [], []
        for number, (_, places) in enumerate(told):
            starts, ends = offsets[number, :, 0], offsets[number, :, 1]
            for spans in places:
                row = torch.zeros(len(starts))
                for start, end in spans:
                    row[(starts < end) & (ends > start)] = 1.0
                message.append(number)
                inside.append(row / row.sum().clamp(min=1.0))
        width = offsets.shape[1]
        return Batch(
            ids=found["input_ids"],
            mask=found["attention_mask"],
            message=torch.tensor(message, dtype=torch.long),
            inside=torch.stack(inside) if inside else torch.zeros(0, width),
            acts=torch.tensor([[float(intent in each.acts) for intent in _INTENTS] for each in messages]),
            roles=torch.tensor([_told(name) for each in messages for name in each.names]).reshape(-1, len(_ROLES) + 1),
        )


def _told(name: Name) -> list[float]:
    return [*(float(name.role is role) for role in _ROLES), float(name.other)]


def replaced(text: str, names: Sequence[Name]) -> tuple[str, list[list[tuple[int, int]]]]:
    """The message with stand-ins for titles and people, and where each name's words stand in it."""
    spans = sorted((start, end, number) for number, name in enumerate(names) for start, end in name.spans)
    places: list[list[tuple[int, int]]] = [[] for _ in names]
    parts: list[str] = []
    read, length = 0, 0
    for start, end, number in spans:
        if start < read:
            # A name inside another has the words of that one.
            places[number].append((max(0, length - 1), length))
            continue
        before, word = text[read:start], _STAND_INS.get(names[number].sort, text[start:end])
        parts += [before, word]
        places[number].append((length + len(before), length + len(before) + len(word)))
        length += len(before) + len(word)
        read = end
    return "".join((*parts, text[read:])), places


def encoder_of(folder: Path) -> nn.Module:
    """The encoder in a folder, frozen."""
    verbosity = logging.get_verbosity()
    # It reports the pooling layer, which is left out on purpose, as if something were wrong.
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        encoder: nn.Module = AutoModel.from_pretrained(folder, add_pooling_layer=False)
    finally:
        logging.enable_progress_bar()
        logging.set_verbosity(verbosity)
    return encoder.requires_grad_(False)


def _head(width: int, outputs: int) -> nn.Module:
    return nn.Sequential(nn.Linear(width, _HIDDEN), nn.GELU(), nn.Dropout(0.2), nn.Linear(_HIDDEN, outputs))
