"""What the shopper read and asked follows the case, and what they asked no further."""

from pathlib import Path

import msgspec

from kiosk_app.base.ids import new_id
from kiosk_app.protocol.from_kiosk import CloseCase, ContextChanged
from kiosk_app.protocol.shared import EndCause, ReadArticle
from kiosk_app.protocol.to_console import CaseChanged
from tests.support.office import context, opened, together, town, wrote

READ = (ReadArticle("kvitto", "Få ditt kvitto"),)


async def test_the_agent_sees_it_as_it_happens(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk, tab, case = await together(place)
        told = msgspec.structs.replace(context(), read=READ, asked=("kvitot",))

        await kiosk.say(ContextChanged(command=new_id(), case=case, context=told))

        changed = await tab.hears(CaseChanged, lambda m: bool(m.card.context.read))
        assert changed.card.context.asked == ("kvitot",)


async def test_the_log_keeps_the_article_and_forgets_the_question(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        case = new_id()
        await kiosk.say(opened(case))
        told = msgspec.structs.replace(context(), read=READ, asked=("kvitot",))
        await kiosk.say(ContextChanged(command=new_id(), case=case, context=told))

        await kiosk.say(
            CloseCase(
                command=new_id(),
                case=case,
                cause=EndCause.SELF_SOLVED,
                ended_at=wrote("x").sent_at,
                article="kvitto",
            )
        )

        store = place.office.store
        record = await store.case(case)
        assert record is not None
        assert record.cause is EndCause.SELF_SOLVED
        assert (record.context.read, record.context.asked) == (READ, ())
        [end] = [event for event in await store.events(case) if event.kind == "closed"]
        assert end.detail == {"cause": "self_solved", "article": "kvitto", "read": ["kvitto"]}
