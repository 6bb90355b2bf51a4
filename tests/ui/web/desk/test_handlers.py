from __future__ import annotations

from tests.ui.web.desk.conftest import Tab
from tests.ui.web.desk.fake import MARTA, PAUL, ShopService
from ui.web.desk.drawing import Parts
from ui.web.desk.session import DeskSession


def test_who_waits_stands_first_with_wait_mood_unread_and_reason(service: ShopService, tab: Tab) -> None:
    assert tab.session.threads[0].conversation_id == service.waiting
    row = tab.text("queue").split("</li>")[0]
    for words in ("Waits 6 min", "priority", "annoyed", "1 unread message", "The customer asked for a person"):
        assert words in row


def test_opening_shows_the_talk_first_and_then_what_is_known(service: ShopService, tab: Tab) -> None:
    steps = tab.act("open", conversation=service.waiting)
    assert "My honey jar arrived broken" in "".join(steps[0].talk or [])
    assert "Buys tea" not in (steps[0].side or "")
    side = tab.text("side")
    for words in (
        "Buys tea every three weeks",
        "I am annoyed!",
        "46 %",
        "57 %",
        "Her tea came nine days late",
        "price at most 20",
    ):
        assert words in side
    assert "out of stock" in side
    assert tab.session.drafts == ()


def test_drafts_come_once_the_conversation_is_one_s_own(mine: Tab) -> None:
    assert [draft.tone for draft in mine.session.drafts] == ["warm", "brief", "formal"]
    assert "Handed over to staff: The customer asked for a person" in mine.text("talk")


def test_the_three_verdicts_reach_the_desk(service: ShopService, mine: Tab) -> None:
    first, second, third = mine.session.drafts
    mine.act("dismiss", draft=first.id, reason="tone")
    assert service.shop.verdicts[first.id] == ("dismissed", "", "Wrong tone")
    assert service.turns(service.waiting)[-1].reply == ""
    mine.act("send", text=second.text, draft=second.id, nonce="n1")
    assert service.shop.verdicts[second.id][0] == "approved"
    service.says(service.waiting, "And when will it come?")
    mine.poll()
    mine.act("learn")
    draft = mine.session.drafts[0]
    mine.act("send", text="It comes tomorrow.", draft=draft.id, nonce="n2")
    assert service.shop.verdicts[draft.id] == ("edited", "It comes tomorrow.", "")
    assert service.turns(service.waiting)[-1].reply == "It comes tomorrow."
    assert third.id not in service.shop.verdicts


def test_a_draft_is_not_dismissed_without_a_reason(service: ShopService, mine: Tab) -> None:
    mine.act("dismiss", draft=mine.session.drafts[0].id, reason="  ")
    assert not service.shop.verdicts
    assert "needs a reason" in mine.text("compose")


def test_the_same_message_is_sent_once(service: ShopService, mine: Tab) -> None:
    for _ in range(2):
        mine.act("send", text="On its way.", nonce="once")
    assert [turn.reply for turn in service.turns(service.waiting)].count("On its way.") == 1


def test_a_failed_sending_is_one_line_and_confirms_nothing(service: ShopService, mine: Tab) -> None:
    service.shop.fail = "The line is down."
    mine.act("send", text="On its way.", nonce="n1")
    assert "The line is down. Try again in a moment." in mine.text("compose")
    assert 'data-sent="n1"' not in mine.text("compose")
    service.shop.fail = ""
    mine.act("send", text="On its way.", nonce="n1")
    assert 'data-sent="n1"' in mine.text("compose")
    assert service.turns(service.waiting)[-1].author == "maria"


def test_nothing_goes_to_a_conversation_that_is_no_longer_open(service: ShopService, mine: Tab) -> None:
    before = len(service.turns(service.talking))
    mine.act("open", conversation=service.talking)
    mine.act("send", text="For Marta", conversation=service.waiting, nonce="n1")
    assert "Another conversation is open" in mine.text("compose")
    assert len(service.turns(service.talking)) == before
    assert all(turn.reply != "For Marta" for turn in service.turns(service.waiting))


def test_what_another_agent_has_stays_theirs(service: ShopService, mine: Tab) -> None:
    other = Tab(service, "tom")
    other.act("open", conversation=service.waiting)
    assert "maria is answering" in other.text("compose")
    other.act("take")
    assert "maria has this conversation" in other.text("compose")
    other.act("send", text="Hello", nonce="n")
    assert service.turns(service.waiting)[-1].reply == ""


def test_a_new_message_is_seen_by_the_next_look_and_marks_the_brief_stale(service: ShopService, mine: Tab) -> None:
    service.says(service.waiting, "Hello? Anybody?")
    assert mine.poll(hidden=True).talk is not None
    assert "Hello? Anybody?" in mine.text("talk")
    assert 'data-stale="true"' in mine.text("pulse")
    assert service.shop.threads[service.waiting].unread == 1
    mine.act("learn")
    assert 'data-stale=""' in mine.text("pulse")
    service.says(service.waiting, "I am here.")
    mine.poll()
    assert service.shop.threads[service.waiting].unread == 0


def test_a_quiet_look_sends_nothing_but_its_sign_of_life(mine: Tab) -> None:
    mine.poll()
    parts = mine.poll()
    assert [name for name, value in parts._asdict().items() if value is not None] == ["pulse"]


def test_what_got_lost_on_the_way_is_sent_again(service: ShopService, mine: Tab) -> None:
    have = {name: number for name, (number, _) in mine.session.shown.items()}
    assert mine.poll(have=have).talk is None
    have |= {name: number for name, (number, _) in mine.session.shown.items()}
    assert mine.poll(have={**have, "talk": have["talk"] - 1}).talk == mine.seen["talk"]


def test_a_part_that_fails_leaves_the_others(service: ShopService, tab: Tab) -> None:
    service.shop.fail = "No brief today."
    tab.act("open", conversation=service.waiting)
    side = tab.text("side")
    assert "This part is missing: No brief today." in side
    assert "Masala Chai" in side


def test_what_a_citation_rests_on_is_shown_with_its_neighbours(service: ShopService, mine: Tab) -> None:
    bought = service.log[MARTA][2]
    mine.act("cite", event=bought.id)
    assert f'class="dk-event cited" data-event="{bought.id}"' in mine.text("side")
    mine.act("cite", cited=service.old, turn="1")
    assert "My tea came nine days late" in mine.text("side")
    assert service.shop.trail[-1].conversation_id == service.old
    mine.act("cite", cited=service.talking, turn="1")
    assert "no longer there" in mine.text("compose")
    mine.act("unsource")
    assert "dk-source" not in mine.text("side")


def test_the_copilot_answers_with_citations_or_says_why_not(service: ShopService, mine: Tab) -> None:
    mine.act("ask", question="find something, and has she complained?")
    assert "Once: her tea came nine days late." in mine.text("side")
    assert f'data-conversation="{service.old}" data-turn="1"' in mine.text("side")
    service.shop.fail = "The copilot is away."
    mine.act("ask", question="And now?")
    assert "The copilot is away." in mine.text("side")


def test_handing_back_makes_the_bot_answer_again(service: ShopService, mine: Tab) -> None:
    mine.act("back", note="She likes chai")
    assert service.shop.threads[service.waiting].state == "bot"
    assert service.shop.trail[-1].detail == "She likes chai"
    assert "Driftline is answering" in mine.text("compose")


def test_the_wrap_up_keeps_what_was_typed_when_it_fails(service: ShopService, mine: Tab) -> None:
    mine.act("wrap")
    assert "Likes Masala Chai" in mine.text("dialog")
    mine.act("close", summary="Mine", follow_ups="Call her\n\nSend jar", disposition="", confirmed=["f1"])
    assert "Choose one." in mine.text("dialog")
    assert ">Mine</textarea>" in mine.text("dialog")
    mine.act("close", summary="Mine", follow_ups="Call her\n\nSend jar", disposition="resolved", confirmed=["f1"])
    assert service.shop.confirmed == ("f1",)
    closed = service.shop.closed_with
    assert closed is not None
    assert (closed.summary, closed.follow_ups, closed.disposition) == ("Mine", ("Call her", "Send jar"), "resolved")
    assert mine.text("dialog") == ""
    assert "Closed by maria" in mine.text("talk")


def test_the_queue_is_narrowed_and_searched(service: ShopService, mine: Tab) -> None:
    mine.act("filter", filter="mine")
    assert [thread.conversation_id for thread in mine.session.threads] == [service.waiting]
    mine.act("filter", filter="nonsense")
    assert len(mine.session.threads) == 3
    mine.act("search", text="  kettle ")
    assert [thread.user_id for thread in mine.session.threads] == [PAUL]
    mine.act("search", text=MARTA)
    assert f'data-user="{MARTA}"' in mine.text("queue")
    mine.act("customer", user=MARTA)
    assert "Late delivery" in mine.text("talk")
    mine.act("start")
    assert mine.session.thread is not None
    assert (mine.session.thread.user_id, mine.session.thread.agent) == (MARTA, "maria")


def test_only_supervisors_see_their_page(service: ShopService, mine: Tab) -> None:
    mine.act("view", view="supervisor")
    assert mine.text("review") == ""
    boss = Tab(service, "tom")
    boss.act("view", view="supervisor")
    page = boss.text("review")
    for words in ("83 %", "74 s", "72 %", "The customer was angry at the end", "took over"):
        assert words in page
    boss.act("trail", agent="nobody")
    assert "No entries fit." in boss.text("review")


def test_what_people_write_is_never_markup(service: ShopService, tab: Tab) -> None:
    service.says(service.waiting, '<img src=x onerror="alert(1)">')
    tab.act("open", conversation=service.waiting)
    tab.act("search", text='"><script>')
    everything = "".join(tab.text(part) for part in Parts._fields)
    assert "<img" not in everything
    assert "<script" not in everything


def test_the_page_speaks_chinese(service: ShopService) -> None:
    tab = Tab(service)
    tab.act("language", language="zh-CN")
    tab.act("open", conversation=service.waiting)
    tab.act("take")
    for part, words in (
        ("queue", "搜索客户和内容"),
        ("talk", "由您接待"),
        ("compose", "批准并发送"),
        ("side", "不要推荐"),
    ):
        assert words in tab.text(part)


def test_a_tab_whose_server_was_restarted_goes_on_where_it_was(service: ShopService) -> None:
    tab = Tab(service)
    tab.session = DeskSession()
    tab.poll(conversation=service.waiting)
    assert tab.session.thread is not None
    assert tab.session.thread.conversation_id == service.waiting


def test_unknown_conversations_and_actions_are_one_line(tab: Tab) -> None:
    tab.act("open", conversation="nowhere")
    assert "There is no conversation" in tab.text("compose")
    tab.act("dance")
    assert "unknown action" in tab.text("compose")
