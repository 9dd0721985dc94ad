"""What the README lets a manager ask of the office's database."""

import re
import sqlite3
from pathlib import Path

from kiosk_app.base.ids import new_id
from kiosk_app.office.admin import DATABASE
from kiosk_app.protocol.from_console import ResolveCase
from kiosk_app.protocol.from_kiosk import GiveFeedback
from kiosk_app.protocol.to_console import CaseGone
from kiosk_app.protocol.to_kiosk import CaseResolved
from tests.support.office import together, town
from tests.support.waiting import until

README = Path(__file__).parents[3] / "README.md"


def asked(directory: Path) -> list[dict[str, object]]:
    found = re.search(r'office\.sqlite3 "\n(.*?)"\n```', README.read_text(), re.S)
    assert found, "the README has the question"
    connection = sqlite3.connect(directory / DATABASE)
    connection.row_factory = sqlite3.Row
    rows = [dict(row) for row in connection.execute(found[1])]
    connection.close()
    return rows


async def test_promise_answer_end_and_feedback_are_there(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk, tab, case = await together(place)
        await tab.send(ResolveCase(command=new_id(), case=case))
        await tab.hears(CaseGone)
        await kiosk.hears(CaseResolved)
        await kiosk.say(GiveFeedback(command=new_id(), case=case, score=5, text="Tack"))
        await until(lambda: any(row["score"] for row in asked(tmp_path)), "the score is kept")
        [row] = asked(tmp_path)
        assert row["kiosk"] == kiosk.name
        assert row["promised"] == 60
        assert row["answered"] is not None
        assert (row["ended"], row["score"], row["words"]) == ("resolved", 5, "Tack")
        assert row["pressed"] is not None
