"""A model that lies in every second sentence, through the whole service: none of its lies may ever be shown.

The liar knows the truth of each turn and labels what it says; a lie carries the words that make it one. Neither the
sentence nor these words, said of the same item, may be in a reply, and a good part of the true sentences should be.

    python -m evals.lying          over the workspace, as people whom it forgets again
"""

from __future__ import annotations

import random
import threading
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from langchain_core.messages import BaseMessage

from agent.build import Workspace, open_workspace, service_of
from agent.grounding.sentences import split
from agent.llm.scripted import ScriptedChatModel, ScriptedClient
from agent.service import Service
from agent.state import Cards, Done
from core.settings import Settings, load_settings
from core.types import Frozen, Item
from evals.lies import Told, Truth, lie_of_item, lie_of_list, true_of_item, true_of_list

TURNS = 1000
OPENING_SENTENCES = 4
"""Sentences of an opening: a lie, a truth, a lie, a truth."""

_WAIT = 0.3
_STRANGERS = 200


class LyingRow(Frozen):
    """What came of the lies.

    Attributes:
        asked: turns in which the model was asked for anything.
        lies, truths: sentences that the model said.
        shown: true sentences that a reply showed.
        leaked: lies shown, whole or in the words that make them lies, with the reply's sentence.
        kinds: lies by kind.
    """

    turns: int
    asked: int
    lies: int
    truths: int
    shown: int
    leaked: tuple[str, ...]
    kinds: dict[str, int]

    @property
    def share(self) -> float:
        """Part of the true sentences that was shown."""
        return self.shown / self.truths if self.truths else 0.0


def leaks(reply: str, told: Iterable[Told]) -> list[Told]:
    """The lies that a reply shows, whole or in the words that make them lies."""
    sentences = [part.casefold() for part in split(reply)]
    found = []
    for lie in told:
        if lie.truth:
            continue
        whole, part, subject = lie.text.casefold(), lie.part.casefold(), lie.subject.casefold()
        if any(whole in said or (part and part in said and subject in said) for said in sentences):
            found.append(lie)
    return found


class Liar:
    """The script of a `ScriptedChatModel`: lies and truths by turns, about what the turn shows.

    Attributes:
        told: what was said in this turn.
    """

    def __init__(self, seed: int) -> None:
        """The same seed and the same turns give the same sentences."""
        self._seed = seed
        self._lock = threading.Lock()
        self._turn = 0
        self._truth = Truth()
        self._ready = threading.Event()
        self.told: list[Told] = []

    def begin(self, truth: Truth) -> None:
        """Prepare for a turn of which the cards are not known yet."""
        self._turn += 1
        self._ready.clear()
        self._truth, self.told = truth, []

    def see(self, cards: Sequence[Item]) -> None:
        """The cards of the turn, which the model is asked about next."""
        titles = {card.title for card in cards}
        others = [item for item in self._truth.others if item.title not in titles]
        self._truth = replace(self._truth, cards=cards, others=others)
        self._ready.set()

    def __call__(self, messages: list[BaseMessage]) -> str:
        """What the model says to a prompt: of one item where the prompt is of one, else an opening."""
        prompt = messages[-1].text.splitlines()[0]
        self._ready.wait(_WAIT)
        cards = self._truth.cards
        shown = max((item for item in cards if item.title in prompt), key=lambda item: len(item.title), default=None)
        place = list(cards).index(shown) + 1 if shown is not None and not prompt.startswith("Message:") else 0
        rng = random.Random(f"{self._seed}:{self._turn}:{place}")
        if place and shown is not None:
            lying = (self._turn + place) % 2 == 0
            told = [(lie_of_item if lying else true_of_item)(rng, self._truth, shown)]
        else:
            told = [(lie_of_list, true_of_list)[turn % 2](rng, self._truth) for turn in range(OPENING_SENTENCES)]
        with self._lock:
            self.told += told
        return " ".join(each.text for each in told)


def messages(rng: random.Random, items: Sequence[Item]) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """The messages of one conversation, each with the titles that it likes and dislikes."""
    loved, more, hated, older, newer = (item.title for item in rng.sample(list(items), 5))
    genre = rng.choice(["comedy", "thriller", "western", "drama", "romance", "science fiction film"])
    director = rng.choice([name for item in items for name in item.facets.get("director", ())])
    yield f"I loved {loved} and {more}, something tense after {rng.choice([1970, 1990, 2000])}", (loved, more), ()
    yield f"I hated {hated}. A {genre}, please", (), (hated,)
    yield rng.choice(["something older", "something newer", "something shorter", "surprise me"]), (), ()
    yield f"more like the {rng.choice(['first', 'second'])} one", (), ()
    yield "what will I want to watch in three months?", (), ()
    yield f"a {genre} under {rng.choice([100, 120, 140])} minutes", (), ()
    yield f"recommend me something by {director}", (), ()
    last = [
        "hello",
        "why the first one?",
        "what do you know about me?",
        f"which is longer, {older} or {newer}?",
        "thanks!",
    ]
    yield rng.choice(last), (), ()


def lie(workspace: Workspace, turns: int = TURNS, seed: int = 1) -> LyingRow:
    """Talk for so many turns with a model that lies in every second sentence; the people are forgotten again."""
    rng, liar = random.Random(seed), Liar(seed)
    service = service_of(workspace, ScriptedClient(ScriptedChatModel(replies=[liar])))
    known = [item for item in workspace.deps.catalog.all() if item.title and len(item.title) > 3]
    told: list[Told] = []
    leaked: list[str] = []
    done = asked = shown = 0
    while done < turns:
        person = f"liar-{uuid.uuid4().hex[:12]}"
        liked: tuple[str, ...] = ()
        disliked: tuple[str, ...] = ()
        conversation: str | None = None
        named = ""
        for text, likes, dislikes in messages(rng, known):
            if done == turns:
                break
            liked, disliked = (*liked, *likes), (*disliked, *dislikes)
            named += f"\n{text.casefold()}"
            others = [
                item for item in rng.sample(known, min(_STRANGERS, len(known))) if item.title.casefold() not in named
            ]
            liar.begin(Truth(liked=liked, disliked=disliked, others=others))
            reply, conversation = _talk(service, liar, person, text, conversation)
            done += 1
            asked += bool(liar.told)
            told += liar.told
            shown += sum(each.truth and each.text in reply for each in liar.told)
            leaked += [f"{each.text} | {reply}" for each in leaks(reply, liar.told)]
        service.forget_user(person)
    kinds = Counter(each.kind for each in told if not each.truth)
    lies = sum(kinds.values())
    return LyingRow(
        turns=done,
        asked=asked,
        lies=lies,
        truths=len(told) - lies,
        shown=shown,
        leaked=tuple(leaked),
        kinds=dict(sorted(kinds.items())),
    )


def _talk(service: Service, liar: Liar, person: str, text: str, conversation: str | None) -> tuple[str, str]:
    """One turn: the liar sees the cards as a reader does, before the prose is written."""
    for update in service.stream(person, text, conversation):
        if isinstance(update, Cards):
            found = service.items(card.id for card in update.items)
            liar.see([found[card.id] for card in update.items])
        if isinstance(update, Done):
            return update.turn.reply, update.turn.conversation_id
    raise RuntimeError(f"The turn {text!r} did not end.")


def run(settings: Settings) -> LyingRow:
    """Print what came of a thousand turns, and every lie that was shown."""
    workspace = open_workspace(settings)
    try:
        row = lie(workspace)
    finally:
        workspace.database.close()
    print(f"turns {row.turns}, with the model asked {row.asked}; lies {row.lies}, of them shown {len(row.leaked)}")
    print(f"true sentences {row.truths}, of them shown {row.share:.0%}")
    print("lies by kind: " + ", ".join(f"{kind} {count}" for kind, count in row.kinds.items()))
    for each in row.leaked:
        print(f"shown though false: {each}")
    return row


if __name__ == "__main__":
    run(load_settings())
