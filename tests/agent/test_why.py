"""Questions about a list: why this and not that, what would change it, why not that one."""

from __future__ import annotations

import pytest

from agent.grounding import check
from agent.grounding.evidence import Evidence
from agent.intents import Intent
from agent.service import Service
from agent.understanding import ConversationContext, understand
from core.results import RecommendRequest
from tests.agent.films import FakeRetriever, columns, films
from tests.agent.workspace import NOW

FILMS = films()
WISH = "I loved Alien and Fargo, something tense but not gory, after 1990"


@pytest.mark.parametrize(
    ("text", "aspects", "subjects"),
    [
        ("why Alien and not Fargo?", ("contrast",), ["Alien", "Fargo"]),
        ("Why Alien over Fargo?", ("contrast",), ["Alien", "Fargo"]),
        ("what would change this?", ("counterfactual",), []),
        ("what would change your mind?", ("counterfactual",), []),
        ("why didn't you show me Jaws?", (), ["Jaws"]),
        ("why this?", (), []),
    ],
)
def test_questions_about_a_list_are_understood(text: str, aspects: tuple[str, ...], subjects: list[str]) -> None:
    known = columns(FILMS)
    meaning = understand(text, FakeRetriever(FILMS), known, ConversationContext())
    assert meaning.intents == (Intent.EXPLAIN,)
    assert meaning.aspects == aspects
    assert [known.titles[known.position[item]] for item in meaning.subjects] == subjects
    assert not meaning.dislikes


def test_why_this_and_not_that_is_answered_from_the_scores(service: Service, person: str) -> None:
    first = service.chat(person, WISH)
    high, low = first.items[0], first.items[-1]
    turn = service.chat(person, f"why {high.title} and not {low.title}?", first.conversation_id)
    assert [call.tool for call in turn.calls] == ["compare"]
    assert "scores higher than" in turn.reply
    assert high.title in turn.reply
    assert low.title in turn.reply
    assert turn.checks.claims == turn.checks.supported


def test_what_would_change_this_names_ones_own_words_or_says_there_are_none(service: Service, person: str) -> None:
    first = service.chat(person, WISH)
    turn = service.chat(person, "what would change this?", first.conversation_id)
    (call,) = turn.calls
    assert (call.tool, call.args) == ("explain", {"item": first.items[0].id, "without": True})
    assert first.items[0].title in turn.reply
    assert "would not be among" in turn.reply or "without anything of yours" in turn.reply or "strongest" in turn.reply


def test_why_not_that_one_names_what_keeps_it_away(service: Service, person: str) -> None:
    first = service.chat(person, WISH)
    turn = service.chat(person, "why didn't you show me Jaws?", first.conversation_id)
    assert [call.tool for call in turn.calls] == ["explain"]
    assert turn.reply.startswith("Jaws is left out: it does not obey “not genre: Horror” and")
    assert "“year >= 1991”" in turn.reply


def test_the_check_accepts_the_sentences_of_an_answer(service: Service) -> None:
    request = RecommendRequest(user_id="p3", at=NOW, k=5)
    items = service.recommend(request).items
    contrast = service.contrast(request, items[0].id, items[4].id)
    evidence = Evidence(facts=contrast.text)
    assert all(check(sentence, evidence).sentence_ok for sentence in contrast.text)
    assert not check(contrast.text[0].replace("higher", "lower"), Evidence()).sentence_ok


def test_a_card_asked_about_later_has_the_score_that_it_was_shown_with(service: Service, person: str) -> None:
    conversation = None
    for message in (WISH, "something funny instead, from the 90s"):
        turn = service.chat(person, message, conversation)
        conversation = turn.conversation_id
        assert turn.slate is not None
        assert turn.slate.request is not None
        for place, card in enumerate(turn.items, start=1):
            told = service.explain(turn.slate.request, card.id)
            assert told.rank == place
            assert told.item.score == pytest.approx(card.score, abs=1e-6)
