"""The networks behind the neural forecasters: one small network for all topics, told what came before by a context."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from tools.forecasting.models.sequences import PERSON_FEATURES, STEP_FEATURES, TOPIC_FEATURES
from tools.forecasting.series import HORIZONS

Context = Literal["gru", "lstm", "transformer", "none"]


@dataclass(frozen=True)
class Shape:
    """Size of a network.

    Attributes:
        topics: how many there are.
        context: what reads the active periods.
        hidden: width of the layers over topics.
        memory: width of the context.
        identity: numbers learned for each topic.
        dropout: of inputs and of the layer before the last.
    """

    topics: int
    context: Context
    hidden: int = 32
    memory: int = 16
    identity: int = 2
    dropout: float = 0.1


def build(shape: Shape) -> Any:
    """A torch module: (level, topic, person, steps) tensors of `EventSequences` → shares and the other tasks.

    The same weights serve every topic (Zaheer et al. 2017, "Deep sets"), so what is learned from one topic holds for
    all, and a topic is known by ``identity`` numbers only: networks with weights between any two topics learn the
    tastes of the months they were trained in. The context is a GRU (Cho et al. 2014), an LSTM (Hochreiter &
    Schmidhuber 1997) or a Transformer (Vaswani et al. 2017) over the person's active periods. The layer that corrects
    the level starts at zero, so an untrained network changes nothing.

    Returns log-shares (people, horizons, topics) and a dict of logits: ``active`` and ``events`` (people, horizons),
    ``value`` (people,), ``touched`` (people, topics).
    """
    import torch
    from torch import nn
    from torch.nn import functional

    class Network(nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            hidden, memory = shape.hidden, shape.memory
            self.register_buffer("topic_mean", torch.zeros(TOPIC_FEATURES))
            self.register_buffer("topic_scale", torch.ones(TOPIC_FEATURES))
            self.register_buffer("person_mean", torch.zeros(PERSON_FEATURES))
            self.register_buffer("person_scale", torch.ones(PERSON_FEATURES))
            self.identity = nn.Parameter(torch.randn(shape.topics, shape.identity) * 0.1)
            self.topic = nn.Linear(TOPIC_FEATURES, hidden)
            self.person = nn.Linear(PERSON_FEATURES, hidden)
            self.named = nn.Linear(shape.identity, hidden, bias=False)
            self.others = nn.Linear(hidden, hidden, bias=False)
            self.horizon = nn.Parameter(torch.randn(HORIZONS, hidden) * 0.1)
            self.mixed = nn.Linear(hidden, hidden)
            self.correction = nn.Linear(hidden, 1)
            self.dropout = nn.Dropout(shape.dropout)
            nn.init.zeros_(self.correction.weight)
            nn.init.zeros_(self.correction.bias)
            if shape.context != "none":
                self.step = nn.Linear(STEP_FEATURES, memory)
                self.reader = self._reader(memory)
                self.remembered = nn.Linear(memory, hidden, bias=False)
            self.tasks = nn.ModuleDict(
                {
                    "active": nn.Linear(hidden, HORIZONS),
                    "events": nn.Linear(hidden, HORIZONS),
                    "value": nn.Linear(hidden, 1),
                }
            )
            self.touched = nn.Linear(hidden, 1)

        @staticmethod
        def _reader(memory: int) -> Any:
            if shape.context == "gru":
                return nn.GRU(memory, memory, batch_first=True)
            if shape.context == "lstm":
                return nn.LSTM(memory, memory, batch_first=True)
            layer = nn.TransformerEncoderLayer(
                memory, 2, 2 * memory, shape.dropout, functional.gelu, batch_first=True, norm_first=True
            )
            return nn.TransformerEncoder(layer, 1, enable_nested_tensor=False)

        def context(self, steps: Any) -> Any:
            """(people, memory) what the active periods say."""
            present = steps[:, :, 0] > 0
            seen = functional.gelu(self.step(steps)) * present.unsqueeze(2)
            if shape.context == "transformer":
                # The last place is always read, so that somebody without a history has something to attend to.
                absent = ~present
                absent[:, -1] = False
                return self.reader(seen, src_key_padding_mask=absent)[:, -1]
            return self.reader(seen)[0][:, -1]

        def forward(self, level: Any, topic: Any, person: Any, steps: Any) -> tuple[Any, dict[str, Any]]:
            topic = self.dropout((topic - self.topic_mean) / self.topic_scale)
            person = self.person((person - self.person_mean) / self.person_scale)
            if shape.context != "none":
                person = person + self.remembered(self.dropout(self.context(steps)))
            state = functional.gelu(self.topic(topic) + person.unsqueeze(1) + self.named(self.identity))
            whole = (state * level[:, 0].exp().unsqueeze(2)).sum(dim=1)
            state = state + self.others(whole).unsqueeze(1)
            ahead = self.mixed(state).unsqueeze(1) + self.horizon[None, :, None]
            correction = self.correction(self.dropout(functional.gelu(ahead))).squeeze(3)
            tasks = {name: head(whole) for name, head in self.tasks.items()}
            tasks["value"] = tasks["value"].squeeze(1)
            tasks["touched"] = self.touched(state).squeeze(2)
            return torch.log_softmax(level + correction, dim=2), tasks

    return Network()
