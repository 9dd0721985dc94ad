"""The practice kiosk as a process of its own against the real office, and without Qt."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import psutil

from kiosk_app.base.ids import new_id
from kiosk_app.cli.enroll import open_identity
from kiosk_app.cli.practice import PracticeSettings
from kiosk_app.protocol.from_console import AgentChat, RequestScreenShare
from kiosk_app.protocol.shared import Author, CasePhase
from kiosk_app.protocol.to_console import CaseChanged, ChatAdded
from tests.support.office import town
from tests.support.program import CLI, Program, refuses, started
from tests.unit.cli.practice_stage import LINES

HASTE = 0.02  # of a person's waits


async def test_its_case_is_listed_and_answered(tmp_path: Path) -> None:
    async with town(tmp_path / "office") as place:
        settings = PracticeSettings(
            kiosk="ovning-1",
            store="Byabutiken",
            till_name="Övningskassa",
            office_url=f"ws://127.0.0.1:{place.port}/kiosk",
            data_dir=str(tmp_path / "practice"),
            keyring="data-dir",
            mean_seconds=1,
            pace=HASTE,
            seed=2,  # one that asks for a person, see the assertion below
        )
        identity = open_identity(settings)
        await place.office.admin.admit_kiosk(identity.kiosk, public_key=identity.public_key)
        file = tmp_path / "practice.toml"
        file.write_bytes(msgspec.toml.encode(settings))
        tab, _ = await place.ready_tab()
        with started("practice", file) as program:
            await asyncio.to_thread(program.says, "a practice shopper comes")
            queued = await tab.hears(CaseChanged, lambda m: m.card.phase is CasePhase.QUEUED)
            card = queued.card
            assert (card.kiosk, card.context.till_name) == ("ovning-1", "Övningskassa")
            assert card.context.practice
            assert card.first_text
            await tab.accept(card.case)
            await tab.send(
                AgentChat(command=new_id(), case=card.case, message=new_id(), text="Hej!")
            )
            answer = await tab.hears(ChatAdded, lambda m: m.message.author is Author.SHOPPER)
            lines = LINES[card.context.language]
            assert answer.message.text in lines.answers
            await tab.send(RequestScreenShare(command=new_id(), case=card.case))
            await tab.hears(CaseChanged, lambda m: m.card.share.state == "denied")
            await tab.hears(ChatAdded, lambda m: m.message.text in lines.no_screen)
            assert place.office.waits.known == []
            assert await asyncio.to_thread(program.stop) == 0
            said = program.said()
        assert "Traceback" not in said
        assert " ERROR " not in said
        assert card.first_text not in said
        assert answer.message.text not in said


def test_the_demo_starts_and_ends_it(tmp_path: Path) -> None:
    log = tmp_path / "demo.log"
    with log.open("wb") as output:
        demo = subprocess.Popen(
            [*CLI, "demo", "--data-dir", str(tmp_path), "--port", "0", "--shopper", "auto"],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    ready = tmp_path / "demo.json"
    program = Program(demo, log)
    try:
        program.says("A practice shopper comes now and then")
        practice = psutil.Process(json.loads(ready.read_text())["practice_pid"])
        assert practice.ppid() == demo.pid
        assert "practice" in practice.cmdline()
        program.stop()
        assert not practice.is_running()
        assert "Traceback" not in program.said()
    finally:
        if program.runs():
            program.stop()


def test_it_needs_no_qt() -> None:
    script = (
        "import sys, kiosk_app.cli.practice; "
        "print([name for name in sys.modules if name.split('.')[0] in ('PySide6', 'qasync')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"


def test_settings_that_are_not_right_are_said_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "practice.toml"
    file.write_text("mean_seconds = 0\n")
    assert "practice.toml" in refuses("practice", file)
