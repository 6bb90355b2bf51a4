"""The fine-tuned encoder at work: some tens of milliseconds a message, on any machine."""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from agent.intents import Intent
from agent.tuning.adapter import WEIGHTS, Base, verify
from agent.understanding.proposals import SLOTS, Name, Proposal, part_of, tools_of
from core.errors import ModelServerError
from tools.retrieval.embedder import computes_bfloat16

if TYPE_CHECKING:
    from agent.reader.network import Pieces, ReadingNetwork

ADAPTERS = Path(__file__).parent / "adapters"
"""One a base, in a folder of its name."""

LIKELY = 0.5
DOUBT = 0.15
"""So near to even is doubt: most such messages are read wrongly, and a larger model is asked if there is one."""

FAINT = 0.2
"""A name whose likeliest part in a call is fainter than this is not what the call is about."""

_NAMED = {"record_preference", "edit_timeline", "search_catalog", "item_details", "compare"}
"""Tools that are nothing without a name."""


_OPPOSITE = [{good, bad} for good in ("likes", "wants", "like") for bad in ("dislikes", "faded", "without")]
"""Parts of which a name plays one at most: nobody wants what they dislike in one breath."""


@dataclass(frozen=True)
class Chances:
    """How likely each tool is asked for, and each part played by each name: `TOOLS` and `PARTS` in their order."""

    tools: tuple[float, ...]
    parts: tuple[tuple[float, ...], ...]

    @property
    def doubtful(self) -> bool:
        """Whether any of them is near to even."""
        return any(_even(chance) for row in (self.tools, *self.parts) for chance in row)


class EncoderReader:
    """Reads messages with a fine-tuned encoder; loaded on first use, thread-safe.

    Args:
        base: what was fine-tuned.
        folder: of the adapter; by default the one that ships for this base.

    Raises:
        ModelServerError: on use, when the adapter is not whole or is of another base.
    """

    def __init__(self, base: Base, folder: Path | None = None) -> None:
        self.base = base
        self._folder = folder or ADAPTERS / base.name
        self._lock = threading.Lock()
        self._loaded: tuple[ReadingNetwork, Pieces] | None = None

    def load(self) -> None:
        """Load the network now, so that the first message need not wait."""
        self._network()

    def chances(self, message: str, names: Sequence[Name], acts: Sequence[Intent]) -> Chances:
        """The probabilities behind a reading."""
        import torch

        from agent.reader.network import Message

        network, pieces = self._network()
        with torch.inference_mode():
            tools, parts = network(pieces.batch([Message(message, names, acts)]))
        return Chances(tuple(tools[0].sigmoid().tolist()), tuple(map(tuple, parts.sigmoid().tolist())))

    def _network(self) -> tuple[ReadingNetwork, Pieces]:
        with self._lock:
            if self._loaded is None:
                self._loaded = _load(self.base, self._folder)
            return self._loaded


def decided(chances: Chances, names: Sequence[Name], acts: Collection[Intent]) -> list[Proposal]:
    """The calls that are asked for, tastes first and then as their names come.

    What is likelier than not counts; of a tool that is near to even, the rules decide.

    Args:
        names: with their parts by the rules.
        acts: what the message asks for by the rules.
    """
    from agent.reader.network import PARTS, TOOLS

    found: dict[str, dict[str, list[Name]]] = {}
    for name, parts in zip(names, chances.parts, strict=True):
        # That the rules know of a part, whichever, tells that the name plays one; which one, the chances know better.
        doubtful = part_of(name) is not None and any(map(_even, parts))
        for (tool, slot), chance in zip(PARTS, parts, strict=True):
            if chance > LIKELY or (doubtful and chance == max(parts)):
                found.setdefault(tool, {}).setdefault(slot, []).append(name)
    told = {tool for act in acts for tool in tools_of(act)}
    for tool, chance in zip(TOOLS, chances.tools, strict=True):
        asked = tool in told if _even(chance) and tool not in _NAMED else chance > LIKELY
        if not asked or tool in found:
            continue
        if tool not in _NAMED:
            found[tool] = {}
        elif names:
            # The message asks for it, so the likeliest name is meant, if any is likely at all.
            columns = [number for number, (asked_of, _) in enumerate(PARTS) if asked_of == tool]
            row, number = max(
                ((each, column) for each in range(len(names)) for column in columns),
                key=lambda place: chances.parts[place[0]][place[1]],
            )
            sure = {
                slot for (_, slot), chance in zip(PARTS, chances.parts[row], strict=True) if chance > LIKELY + DOUBT
            }
            meant = chances.parts[row][number] > FAINT
            if meant and not any({PARTS[number][1], slot} in _OPPOSITE for slot in sure):
                found[tool] = {PARTS[number][1]: [names[row]]}

    def place(tool: str) -> tuple[bool, bool, int]:
        starts = [span[0] for listed in found[tool].values() for name in listed for span in name.spans[:1]]
        return tool != "record_preference", tool != "edit_timeline", min(starts, default=10**6)

    return [
        Proposal(
            tool, {slot: tuple(name.text for name in found[tool][slot]) for slot in SLOTS[tool] if slot in found[tool]}
        )
        for tool in sorted(found, key=place)
    ]


def _even(chance: float) -> bool:
    return abs(chance - LIKELY) < DOUBT


# Several services in one process read with the same network, which holds nothing of anybody.
@lru_cache(maxsize=2)
def _load(base: Base, folder: Path) -> tuple[ReadingNetwork, Pieces]:
    import torch
    from safetensors.torch import load_file

    from agent.reader.network import Pieces, ReadingNetwork, encoder_of

    # Several people write at once, and a message is short: threads that wait for one another cost more than they save.
    torch.set_num_threads(1)
    card = verify(folder, base.sha256)
    tensors = {name: tensor.float() for name, tensor in load_file(folder / WEIGHTS).items()}
    encoder = encoder_of(base.folder)
    scale = card.alpha / card.rank
    with torch.no_grad():
        for name, module in encoder.named_modules():
            if f"{name}.a" in tensors:
                module.weight += scale * tensors[f"{name}.b"] @ tensors[f"{name}.a"]
    if computes_bfloat16():
        encoder.to(torch.bfloat16)
    network: ReadingNetwork = ReadingNetwork(encoder, encoder.config.hidden_size)
    heads = {name: tensor for name, tensor in tensors.items() if name.startswith(("acts.", "parts."))}
    shapes = network.state_dict()
    if any(name in shapes and shapes[name].shape != tensor.shape for name, tensor in heads.items()):
        raise ModelServerError(f"{folder / WEIGHTS} is of another network.", "Install Driftline again.")
    missing = network.load_state_dict(heads, strict=False)
    if missing.unexpected_keys or any(not key.startswith("encoder.") for key in missing.missing_keys):
        raise ModelServerError(f"{folder / WEIGHTS} is of another network.", "Install Driftline again.")
    network.eval()
    return network, Pieces(base.folder)
