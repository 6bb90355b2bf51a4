"""A message read with a model: what it may decide, and what it cannot do whatever it writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.messages import AIMessage

from agent.build import Workspace, service_of
from agent.intents import Intent
from agent.llm.scripted import NONSENSE, ScriptedChatModel, ScriptedClient, tool_call
from agent.llm.weights import SMALL_MODEL
from agent.reader.encoder import Chances, EncoderReader
from agent.reader.message import MessageReader, tools_for
from agent.reader.network import PARTS, TOOLS
from agent.state import ModelStatus
from agent.understanding import Understanding, understand
from agent.understanding.entities import Role
from agent.understanding.proposals import NO_CALL, SLOTS, Name, Proposal, admitted, written

UNSURE = "blimey, Alien and a musical"


def read(small: Workspace, text: str, proposals: Sequence[Proposal] | None) -> Understanding:
    return understand(
        text, small.retriever, small.deps.catalog.columns(), reader=lambda message, names, acts: proposals
    )


def test_the_parts_of_names_are_the_models(small: Workspace) -> None:
    proposals = [
        Proposal("record_preference", {"dislikes": ("Fargo",), "others": ("Jaws",)}),
        Proposal("recommend", {"wants": ("comedy",), "without": ("horror",)}),
    ]
    meaning = read(small, "Fargo, well... my lad though: Jaws! comedy, horror 1990s", proposals)
    assert [event.title for event in meaning.dislikes] == ["Fargo"]
    assert meaning.dislikes[0].value < 0
    assert meaning.dislikes[0].quote
    assert [event.title for event in meaning.others] == ["Jaws"]
    assert meaning.topics == ("genre:Comedy",)
    assert meaning.constraints.exclude == {"genre": ("Horror",)}
    assert meaning.constraints.ranges["year"].low == 1990
    assert [str(intent) for intent in meaning.intents] == ["record", "recommend"]


def test_what_the_rules_say_more_finely_stays(small: Workspace) -> None:
    text = "Alien was a masterpiece, 10/10"
    alone = read(small, text, None)
    assert read(small, text, [Proposal("record_preference", {"likes": ("Alien",)})]) == alone
    assert alone.likes[0].value > 0.7


def test_names_without_a_part_and_acts_not_proposed_are_left_out(small: Workspace) -> None:
    meaning = read(small, "what should I watch, a comedy? Alien.", [])
    assert not [*meaning.wishes, *meaning.subjects, *meaning.likes]
    assert "recommend" not in meaning.intents


def test_figures_of_a_story_are_no_limits(small: Workspace) -> None:
    told = [Proposal("record_preference", {"dislikes": ("Alien",)})]
    assert read(small, "Alien was two hours of shouting", told).constraints.ranges == {}
    asked = [*told, Proposal("recommend")]
    assert set(read(small, "I hated Alien. Two hours, a laugh, please", asked).constraints.ranges) == {"runtime"}
    assert set(read(small, "I hated Alien, nothing over two hours", told).constraints.ranges) == {"runtime"}


def test_a_name_may_play_two_parts(small: Workspace) -> None:
    both = [
        Proposal("record_preference", {"likes": ("Ridley Scott",)}),
        Proposal("search_catalog", {"names": ("Ridley Scott",)}),
    ]
    meaning = read(small, "I love Ridley Scott, what have you got by him", both)
    assert [event.topic for event in meaning.likes] == ["director:Ridley Scott"]
    assert meaning.people == ("director:Ridley Scott",)


def test_a_name_without_a_part_can_be_compared_with(small: Workspace) -> None:
    meaning = read(small, "something newer than The Matrix", [Proposal("recommend")])
    assert meaning.constraints.ranges["year"].low == 2000
    assert not meaning.similar


def test_no_proposal_leaves_the_message_to_the_rules(small: Workspace) -> None:
    text = "I hated Jaws. a thriller please"
    assert read(small, text, None) == understand(text, small.retriever, small.deps.catalog.columns())


names = st.sampled_from(["Alien", "musical", "The Room", "tt999", ""])
slots = st.sampled_from([*{slot for parts in SLOTS.values() for slot in parts}, "user_id"])
calls = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from([*SLOTS, "launch_missiles"]),
            "args": st.dictionaries(slots, st.one_of(st.lists(names, max_size=4), st.integers(), names)),
        }
    ),
    max_size=6,
)


@given(calls)
def test_nothing_but_known_tools_parts_and_names_is_admitted(written_calls: list[dict[str, object]]) -> None:
    proposals, refused = admitted(written_calls, ["Alien", "musical"])
    assert len({proposal.tool for proposal in proposals}) == len(proposals)
    for proposal in proposals:
        assert set(proposal.names) <= set(SLOTS[proposal.tool])
        assert {name for found in proposal.names.values() for name in found} <= {"Alien", "musical"}
    if any(call["name"] == "launch_missiles" for call in written_calls):
        assert any("launch_missiles" in reason for reason in refused)


@given(calls)
def test_any_proposal_can_be_read_and_planned(small: Workspace, written_calls: list[dict[str, object]]) -> None:
    proposals, _ = admitted(written_calls, ["Alien", "musical"])
    meaning = read(small, UNSURE, proposals)
    assert meaning.intents


def test_the_schema_allows_only_the_names_of_the_message() -> None:
    tools = {tool["function"]["name"]: tool["function"]["parameters"] for tool in tools_for(["Alien", "comedy"])}
    assert set(tools) == set(SLOTS)
    assert tools["recommend"]["properties"]["wants"]["items"]["enum"] == ["Alien", "comedy"]
    assert tools["recommend"]["additionalProperties"] is False
    assert all(not tool["function"]["parameters"]["properties"] for tool in tools_for([]))


class Sure:
    """An encoder that is sure, or not, that a comedy is asked for."""

    def __init__(self, chance: float) -> None:
        self.chance = chance

    def chances(self, message: str, names: Sequence[Name], acts: Sequence[Intent]) -> Chances:
        asked = tuple(self.chance if tool == "recommend" else 0.0 for tool in TOOLS)
        part = tuple(self.chance if part == ("recommend", "wants") else 0.0 for part in PARTS)
        return Chances(asked, tuple(part for _ in names))


COMEDY = [Name("comedy")]
WANTED = [Proposal("recommend", {"wants": ("comedy",)})]


def reader_of(client: ScriptedClient, chance: float = 0.6, always: bool = False, seconds: float = 1.0) -> MessageReader:
    return MessageReader(cast("EncoderReader", Sure(chance)), client, seconds, always=always)


@pytest.mark.parametrize("answer", ["Sure, here you go!", NONSENSE, "", "[]"])
def test_an_answer_without_a_call_is_no_reading(answer: str) -> None:
    client = ScriptedClient(ScriptedChatModel(replies=(answer,)))
    assert reader_of(client)("a comedy", COMEDY, []) == WANTED
    assert reader_of(client, always=True)("a comedy", COMEDY, []) is None


def test_the_sign_for_no_call_is_no_call() -> None:
    assert reader_of(ScriptedClient(ScriptedChatModel(replies=(NO_CALL,))))("a comedy", COMEDY, []) == []


def test_calls_are_proposals_and_what_was_not_named_is_refused() -> None:
    model = ScriptedChatModel(replies=(tool_call("recommend", without=["comedy", "The Room"]),))
    reader = reader_of(ScriptedClient(model))
    assert reader("a comedy", COMEDY, []) == [Proposal("recommend", {"without": ("comedy",)})]
    assert reader.refused == ["'The Room' was not named"]
    assert reader.asked
    assert not reader.valid
    assert model.options[0]["tools"]
    assert str(model.asked[0][-1].content) == "Names: comedy\nMessage: a comedy"


@pytest.mark.parametrize(
    "client",
    [
        ScriptedClient(status=ModelStatus(state="offline", name="big")),
        ScriptedClient(status=ModelStatus(state="ready", name=SMALL_MODEL)),
        ScriptedClient(ScriptedChatModel(fail_after=0)),
        ScriptedClient(ScriptedChatModel(delay=9.0)),
    ],
    ids=["offline", "small", "broken", "slow"],
)
def test_in_doubt_and_without_a_larger_model_the_likeliest_part_holds(client: ScriptedClient) -> None:
    refused = [Name("comedy", role=Role.EXCLUDE)]
    assert reader_of(client, seconds=0.2)("a comedy", refused, []) == WANTED
    assert reader_of(client, seconds=0.2)("a comedy", COMEDY, []) == WANTED


def test_a_short_request_that_the_encoder_does_not_hear_is_left_to_the_rules() -> None:
    client = ScriptedClient(status=ModelStatus(state="offline", name="big"))
    deaf = reader_of(client, chance=0.0)
    assert deaf("nope, try again", [], [Intent.RECOMMEND]) is None
    assert deaf("nope, try again", [], [Intent.SMALL_TALK]) == []
    assert deaf("we could try again to talk about something nice", [], [Intent.RECOMMEND]) == []


def test_where_the_encoder_is_sure_nobody_else_is_asked() -> None:
    model = ScriptedChatModel(replies=(NO_CALL,))
    reader = reader_of(ScriptedClient(model), chance=0.99)
    assert reader("a comedy", COMEDY, []) == WANTED
    assert model.asked == []
    assert not reader.asked


def test_calls_are_written_as_servers_parse_them() -> None:
    proposals = [Proposal("record_preference", {"seen": ("Ô",), "likes": ("A",)}), Proposal("trending")]
    assert written(proposals) == (
        '<tool_call>{"name": "record_preference", "arguments": {"likes": ["A"], "seen": ["Ô"]}}</tool_call>\n'
        '<tool_call>{"name": "trending", "arguments": {}}</tool_call>'
    )
    assert written([]) == NO_CALL


def test_a_turn_does_what_the_model_read(small: Workspace, person: str) -> None:
    reading = AIMessage(content="", tool_calls=[tool_call("record_preference", dislikes=["Fargo"])])
    client = ScriptedClient(ScriptedChatModel(replies=(reading, "Noted.")))
    doubtful = replace(small, encoder=cast("EncoderReader", Sure(0.5)))
    turn = service_of(doubtful, client).chat(person, "blimey, Fargo and a musical")
    assert [call.tool for call in turn.calls] == ["record_preference"]
    assert [(str(event.kind), event.title) for event in turn.events] == [("dislike", "Fargo")]
