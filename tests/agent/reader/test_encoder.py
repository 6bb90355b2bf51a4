"""The encoder that reads messages: what it is shown, what is made of its scores, and the adapter that ships."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import load_file

from agent.build import Workspace
from agent.intents import Intent
from agent.reader.bases import small as small_base
from agent.reader.encoder import ADAPTERS, Chances, EncoderReader, decided
from agent.reader.network import PARTS, TOOLS, replaced
from agent.service import Service
from agent.tuning.adapter import WEIGHTS, Base, read_card
from agent.tuning.examples import TRAINING, VALIDATION, make_examples
from agent.tuning.labelled import Read, reads
from agent.tuning.reader_training import ReaderRecipe, _Run, train_reader
from agent.understanding.entities import Role
from agent.understanding.proposals import Name, Proposal
from core.errors import InputError, ModelServerError
from core.settings import Settings


@pytest.fixture(scope="module", params=["small", "large"])
def encoder(request: pytest.FixtureRequest, large_base: Base) -> EncoderReader:
    """Each one that ships."""
    reader = EncoderReader(large_base if request.param == "large" else small_base())
    reader.load()
    return reader


def named(message: str, *texts: str, sort: str = "title") -> list[Name]:
    places = [(text, message.index(text)) for text in texts]
    return [Name(text, sort, ((start, start + len(text)),)) for text, start in places]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("message", "names", "calls"),
    [
        ("I loved Heat", ["Heat"], [Proposal("record_preference", {"likes": ("Heat",)})]),
        ("Heat was a waste of time", ["Heat"], [Proposal("record_preference", {"dislikes": ("Heat",)})]),
        ("Who directed Heat?", ["Heat"], [Proposal("item_details", {"names": ("Heat",)})]),
        ("something like Heat please", ["Heat"], [Proposal("recommend", {"like": ("Heat",)})]),
        ("good morning to you", [], []),
        ("a film w/o Heat", ["Heat"], [Proposal("recommend", {"without": ("Heat",)})]),
        ("something like Heat 🔥🇮🇹", ["Heat"], [Proposal("recommend", {"like": ("Heat",)})]),
    ],
)
def test_plain_messages_are_read(encoder: EncoderReader, message: str, names: list[str], calls: list[Proposal]) -> None:
    told = named(message, *names)
    assert decided(encoder.chances(message, told, []), told, []) == calls


def test_what_a_title_is_called_says_nothing(encoder: EncoderReader) -> None:
    chances = [
        encoder.chances(f"I adored {title}", named(f"I adored {title}", title), []) for title in ("Heat", "I Hate You")
    ]
    assert chances[0] == chances[1]


names = st.lists(
    st.tuples(st.sampled_from(["title", "person", "other"]), st.text("abc é", min_size=1, max_size=9)), max_size=5
)


@given(names, st.lists(st.text("xyz ,.", max_size=6), min_size=6, max_size=6))
def test_stand_ins_stand_where_the_names_stood(told: list[tuple[str, str]], between: list[str]) -> None:
    text, found = between[0], []
    for (sort, word), gap in zip(told, between[1:], strict=False):
        found.append(Name(word, sort, ((len(text), len(text) + len(word)),)))  # type: ignore[arg-type]
        text += word + gap
    changed, places = replaced(text, found)
    stand_ins = {"title": "Titanic", "person": "Hitchcock"}
    for name, spans in zip(found, places, strict=True):
        assert [changed[start:end] for start, end in spans] == [stand_ins.get(name.sort, name.text)]


def scores(tools: dict[str, float], *parts: dict[tuple[str, str], float]) -> Chances:
    return Chances(
        tuple(tools.get(tool, 0.0) for tool in TOOLS),
        tuple(tuple(row.get(part, 0.0) for part in PARTS) for row in parts),
    )


def test_a_tool_that_needs_a_name_takes_the_likeliest() -> None:
    heat, fargo = Name("Heat", spans=((0, 4),)), Name("Fargo", spans=((9, 14),))
    about = ("item_details", "names")
    assert decided(scores({"item_details": 0.9}, {about: 0.1}, {about: 0.4}), [heat, fargo], []) == [
        Proposal("item_details", {"names": ("Fargo",)})
    ]
    assert decided(scores({"item_details": 0.9}, {about: 0.1}, {about: 0.05}), [heat, fargo], []) == []
    assert decided(scores({"item_details": 0.9}), [], []) == []
    assert decided(scores({"trending": 0.9, "recommend": 0.4}), [], []) == [Proposal("trending")]


def test_nobody_dislikes_what_they_surely_want() -> None:
    heat = Name("Heat", spans=((0, 4),))
    wanted, disliked = ("recommend", "wants"), ("record_preference", "dislikes")
    asked = {"record_preference": 0.9}
    assert decided(scores(asked, {wanted: 0.9, disliked: 0.3}), [heat], []) == [
        Proposal("recommend", {"wants": ("Heat",)})
    ]
    assert [call.tool for call in decided(scores(asked, {wanted: 0.4, disliked: 0.3}), [heat], [])] == [
        "record_preference"
    ]


def test_tastes_come_first_and_the_rest_as_named() -> None:
    told = [Name("Heat", spans=((0, 4),)), Name("Fargo", spans=((9, 14),)), Name("Up", spans=((20, 22),))]
    found = decided(
        scores({}, {("explain", "names"): 0.9}, {("item_details", "names"): 0.9}, {("record_preference", "seen"): 0.9}),
        told,
        [],
    )
    assert [call.tool for call in found] == ["record_preference", "explain", "item_details"]


def test_a_name_near_to_even_plays_its_likeliest_part_and_a_tool_is_left_to_the_rules() -> None:
    heat, fargo = Name("Heat", role=Role.SIMILAR, spans=((0, 4),)), Name("Fargo", role=Role.SIMILAR, spans=((9, 14),))
    unwanted, wanted, liked = ("recommend", "without"), ("recommend", "wants"), ("record_preference", "likes")
    found = decided(scores({"trending": 0.6}, {unwanted: 0.45, wanted: 0.4}, {liked: 0.99}), [heat, fargo], [])
    assert found == [
        Proposal("record_preference", {"likes": ("Fargo",)}),
        Proposal("recommend", {"without": ("Heat",)}),
    ]
    assert decided(scores({}, {unwanted: 0.45}), [Name("Heat", spans=((0, 4),))], []) == []
    assert decided(scores({"trending": 0.4}), [], [Intent.TRENDING]) == [Proposal("trending")]


def test_doubt_is_any_chance_near_even() -> None:
    assert scores({"trending": 0.6}).doubtful
    assert scores({}, {("compare", "names"): 0.4}).doubtful
    assert not scores({"trending": 0.99}, {("compare", "names"): 0.01}).doubtful


def test_an_adapter_that_was_changed_is_not_used(tmp_path: Path) -> None:
    base = small_base()
    shutil.copytree(ADAPTERS / base.name, tmp_path / "adapter")
    with (tmp_path / "adapter" / WEIGHTS).open("ab") as file:
        file.write(b"x")
    with pytest.raises(ModelServerError, match="sha256"):
        EncoderReader(base, tmp_path / "adapter").load()


def test_an_adapter_of_another_base_is_not_used() -> None:
    with pytest.raises(ModelServerError, match="is of all-mpnet-base-v2"):
        EncoderReader(small_base(), ADAPTERS / "all-mpnet-base-v2").load()


@pytest.mark.parametrize(
    ("first", "then", "genre", "shown"),
    [
        ("show me some thrillers", "stop showing me action films", "Action", False),
        ("show me a drama", "what about comedies instead", "Comedy", True),
    ],
)
def test_a_refusal_is_told_from_a_wish(
    service: Service, person: str, first: str, then: str, genre: str, shown: bool
) -> None:
    before = service.chat(person, first)
    turn = service.chat(person, then, before.conversation_id)
    assert turn.items
    assert {genre in card.facets["genre"] for card in turn.items} == {shown}


def test_only_what_is_watched_is_a_limit(service: Service, person: str) -> None:
    turn = service.chat(person, "I only watch films from the 1980s. Any tips?")
    assert turn.items
    assert all(1980 <= card.numbers["year"] <= 1989 for card in turn.items)
    assert turn.slate is not None
    assert turn.slate.query == ""


def test_training_makes_an_adapter_that_reads(small: Workspace, small_settings: Settings, tmp_path: Path) -> None:
    make_examples(small_settings, tmp_path, reading=96, writing=2, validation=10)
    said: list[str] = []
    recipe = ReaderRecipe(rank=4, epochs=2, batch=16)
    examples, held_out = tmp_path / TRAINING[0], tmp_path / VALIDATION
    card = train_reader(small_base(), [examples], held_out, tmp_path / "out", recipe, progress=said.append)
    assert len(said) == 2
    first, second = (float(line.split("loss ")[1].split()[0]) for line in said)
    assert second < first
    assert card.data["examples"] == 96
    reader = EncoderReader(small_base(), tmp_path / "out" / "adapter")
    chances = reader.chances("I loved Heat", named("I loved Heat", "Heat"), [Intent.RECORD])
    assert len(chances.parts) == 1


def test_training_goes_on_from_an_adapter(small: Workspace, small_settings: Settings, tmp_path: Path) -> None:
    make_examples(small_settings, tmp_path, reading=48, writing=2, validation=10)
    examples, held_out = tmp_path / TRAINING[0], tmp_path / VALIDATION
    base, shipped, out, said = small_base(), ADAPTERS / small_base().name, tmp_path / "out", list[str]()
    rank, alpha = read_card(shipped).rank, read_card(shipped).alpha
    still = ReaderRecipe(rank=rank, alpha=alpha, epochs=1, learning_rate=1e-9)
    card = train_reader(base, [examples], held_out, out, still, start=shipped, progress=said.append)
    start = card.data["start"]
    assert isinstance(start, dict)
    assert start["sha256"] == read_card(shipped).sha256
    names = named("I loved Heat", "Heat")
    before, after = (
        EncoderReader(base, at).chances("I loved Heat", names, [Intent.RECORD]) for at in (shipped, out / "adapter")
    )
    assert after.parts[0] == pytest.approx(before.parts[0], abs=0.01)
    with pytest.raises(InputError, match="rank"):
        train_reader(base, [examples], held_out, tmp_path / "other", ReaderRecipe(rank=4), start=shipped)


def test_a_killed_training_goes_on_to_the_same_adapter(
    small: Workspace, small_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_examples(small_settings, tmp_path, reading=48, writing=2, validation=10)
    files = [tmp_path / TRAINING[0]], tmp_path / VALIDATION
    recipe = ReaderRecipe(rank=2, epochs=2, batch=16)
    train_reader(small_base(), *files, tmp_path / "whole", recipe)
    step, done = _Run.step, list[int]()

    def killed_later(run: _Run, rows: Sequence[Read]) -> None:
        if len(done) == 4:
            raise KeyboardInterrupt
        done.append(1)
        step(run, rows)

    monkeypatch.setattr(_Run, "step", killed_later)
    with pytest.raises(KeyboardInterrupt):
        train_reader(small_base(), *files, tmp_path / "killed", recipe, save_every=0)
    monkeypatch.undo()
    with pytest.raises(InputError, match="holds a run already"):
        train_reader(small_base(), *files, tmp_path / "killed", recipe)
    with pytest.raises(InputError, match="other settings"):
        train_reader(small_base(), *files, tmp_path / "killed", ReaderRecipe(rank=4), resume=True)
    said: list[str] = []
    card = train_reader(small_base(), *files, tmp_path / "killed", recipe, resume=True, progress=said.append)
    assert said[0] == "Going on from epoch 2, step 1"
    assert card.metrics == read_card(tmp_path / "whole" / "adapter").metrics
    whole, resumed = (load_file(tmp_path / name / "adapter" / WEIGHTS) for name in ("whole", "killed"))
    assert all(whole[name].equal(resumed[name]) for name in whole)


def test_lines_of_another_kind_are_no_examples(tmp_path: Path) -> None:
    file = tmp_path / "reading.jsonl"
    file.write_text('{"kind": "item"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="holds no example"):
        reads([file])
    file.write_text('{"kind": "reading", "names": 3}\n', encoding="utf-8")
    with pytest.raises(InputError, match="line 1"):
        reads([file])
