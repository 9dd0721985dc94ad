from dataclasses import replace

import pytest

from kiosk_app.base.language import words
from kiosk_app.case.view.agent import TillActView
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.view.screen import View
from kiosk_app.protocol.shared import ShareEndCause, TillAction
from kiosk_app.ui.notices import notice_text


@pytest.mark.parametrize("notice", list(Notice))
def test_every_notice_is_a_sentence_in_both_languages(notice: Notice) -> None:
    act = TillActView("Lisa", TillAction.RESUME_PAYMENT, "")
    view = View(notice=notice, share_ended=ShareEndCause.DEADLINE, till_act=act)

    swedish, english = notice_text(view, words("sv")), notice_text(view, words("en"))

    assert swedish.endswith(".")
    assert english.endswith(".")
    assert swedish != english


@pytest.mark.parametrize("cause", list(ShareEndCause))
def test_why_a_share_ended_is_said(cause: ShareEndCause) -> None:
    view = View(notice=Notice.SHARE_ENDED, share_ended=cause)

    assert notice_text(view, words("sv"))


@pytest.mark.parametrize("action", list(TillAction))
def test_what_the_agent_did_at_the_till_is_said_with_their_name(action: TillAction) -> None:
    view = View(notice=Notice.TILL_ACT, till_act=TillActView("Lisa", action, "Folköl 3,5 %"))

    assert notice_text(view, words("sv")).startswith("Lisa ")


def test_after_the_payment_a_lost_link_leaves_the_receipt() -> None:
    lost = View(notice=Notice.LINK_LOST)

    assert "Din korg ligger kvar." in notice_text(lost, words("sv"))
    assert "Ditt kvitto finns kvar." in notice_text(replace(lost, paid=True), words("sv"))


def test_no_notice_no_words() -> None:
    assert notice_text(View(), words("sv")) == ""
