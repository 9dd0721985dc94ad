from kiosk_app.case.talk.chat_log import LINES, ChatLog, clean_text
from kiosk_app.protocol import limits
from kiosk_app.protocol.shared import Author
from tests.unit.case.story import agent_line, uuid_of


def texts(log: ChatLog) -> list[str]:
    return [line.text for line in log.lines]


def test_a_message_that_comes_twice_is_one_line() -> None:
    log = ChatLog()
    assert log.receive(agent_line("Hej!"), seen=True)
    assert not log.receive(agent_line("Hej!"), seen=False)
    assert texts(log) == ["Hej!"]
    assert log.unread == 0


def test_own_line_is_delivered_when_the_office_has_it() -> None:
    log = ChatLog()
    log.wrote("m1", "Hej", command="c1")
    log.wrote("m2", "Hallå?", command="c2")
    assert [line.delivered for line in log.lines] == [False, False]
    log.delivered("c2")
    log.delivered("unknown")
    assert [line.delivered for line in log.lines] == [False, True]
    assert log.shopper_wrote


def test_own_line_that_comes_back_is_delivered() -> None:
    log = ChatLog()
    log.wrote(uuid_of(7), "Hej", command="c1")
    assert not log.receive(agent_line("Hej", 7, Author.SHOPPER), seen=True)
    assert [line.delivered for line in log.lines] == [True]


def test_unread_counts_the_agents_unseen_lines() -> None:
    log = ChatLog()
    log.receive(agent_line("ett", 1), seen=False)
    log.receive(agent_line("två", 2, Author.SHOPPER), seen=False)
    log.receive(agent_line("tre", 3), seen=False)
    assert log.unread == 2
    log.read()
    assert log.unread == 0


def test_merge_fills_the_gap_in_the_offices_order() -> None:
    log = ChatLog()
    log.wrote(uuid_of(9), "Jag kan inte betala", command="c0")
    log.receive(agent_line("Hej!", 2), seen=True)
    log.wrote("unsent", "Kortet nekas", command="c1")
    first = agent_line("Jag kan inte betala", 9, Author.SHOPPER)
    missed = (
        first,
        agent_line("Välkommen", 1),
        agent_line("Hej!", 2),
        agent_line("Är du kvar?", 3),
    )
    log.merge(missed, seen=False)
    assert texts(log) == [
        "Jag kan inte betala",
        "Välkommen",
        "Hej!",
        "Är du kvar?",
        "Kortet nekas",
    ]
    assert log.unread == 2
    log.merge(missed, seen=False)
    assert len(log.lines) == 5
    assert log.unread == 2


def test_merge_tells_that_own_lines_arrived() -> None:
    log = ChatLog()
    log.wrote(uuid_of(5), "Kortet nekas", command="c1")
    log.merge((agent_line("Kortet nekas", 5, Author.SHOPPER),), seen=True)
    assert [line.delivered for line in log.lines] == [True]


def test_a_flood_does_not_fill_the_memory() -> None:
    log = ChatLog()
    for number in range(LINES + 20):
        log.receive(agent_line("x", number), seen=True)
    assert len(log.lines) == LINES
    assert log.lines[-1].id == uuid_of(LINES + 19)


def test_text_is_made_fit_for_the_wire() -> None:
    assert clean_text("  hej\n") == "hej"
    assert clean_text("\udc80") == "?"
    assert len(clean_text("å" * 5000)) == limits.CHAT_CHARS
    assert clean_text("   ") == ""
