import pytest

from kiosk_app.case.help_button import help_view
from kiosk_app.case.phase import LinkState, Phase
from kiosk_app.case.view.button import HelpState


@pytest.mark.parametrize(
    ("phase", "folded", "link", "state"),
    [
        (Phase.IDLE, False, LinkState.UP, HelpState.PROMISE),
        (Phase.IDLE, False, LinkState.CONNECTING, HelpState.PROMISE),
        (Phase.IDLE, False, LinkState.DOWN, HelpState.OFFLINE),
        (Phase.MENU, False, LinkState.UP, HelpState.OPEN),
        (Phase.MENU, True, LinkState.UP, HelpState.PROMISE),
        (Phase.MENU, True, LinkState.DOWN, HelpState.OFFLINE),
        (Phase.QUEUE, True, LinkState.UP, HelpState.QUEUED),
        (Phase.QUEUE, True, LinkState.DOWN, HelpState.RECONNECTING),
        (Phase.CHAT, True, LinkState.DOWN, HelpState.RECONNECTING),
        (Phase.JOINING, False, LinkState.UP, HelpState.JOINING),
        (Phase.CHAT, False, LinkState.UP, HelpState.AGENT),
        (Phase.FEEDBACK, False, LinkState.UP, HelpState.FEEDBACK),
        (Phase.SAVING, False, LinkState.DOWN, HelpState.FAILED),
        (Phase.FAILURE, True, LinkState.UP, HelpState.FAILED),
    ],
)
def test_the_button_says_what_is_true(
    phase: Phase, folded: bool, link: LinkState, state: HelpState
) -> None:
    shown = help_view(phase, folded=folded, link=link, promise_seconds=180, case=None)
    assert shown.state is state
    assert shown.promise_seconds == 180
    assert shown.unread == 0
