"""The life of a media process: started, stopped, stuck, killed, and gone with its kiosk."""

import errno
import os
import signal
import subprocess
import sys

import psutil
import pytest

from kiosk_app.media.ports import MediaError
from kiosk_app.media.proxy import MediaProcess
from tests.support.media_console import Reports


async def test_process_is_gone_after_stop_and_nothing_is_left(
    media: MediaProcess, reports: Reports
) -> None:
    pid = media.pid
    assert pid is not None
    before = set(os.listdir("/dev/shm"))
    await media.stop()
    await media.stop()
    assert not psutil.pid_exists(pid)
    assert set(os.listdir("/dev/shm")) <= before
    assert reports.all == []


async def test_stuck_process_is_ended_by_force(media: MediaProcess) -> None:
    pid = media.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    await media.stop()
    assert not psutil.pid_exists(pid)


async def test_second_start_while_running_is_refused(media: MediaProcess) -> None:
    with pytest.raises(MediaError, match="running already"):
        await media.start("again")


async def test_it_starts_again_after_stop(media: MediaProcess, reports: Reports) -> None:
    await media.stop()
    await media.start("next")
    await reports.until("media_ready")


@pytest.mark.expect_log("the media process ended: it was ended by SIGKILL")
async def test_killed_process_is_reported_and_the_sink_is_dead(
    media: MediaProcess, reports: Reports
) -> None:
    sink = media.start_share(60)
    assert media.pid is not None
    os.kill(media.pid, signal.SIGKILL)
    assert await reports.until("media_died") == ("media_died", "it was ended by SIGKILL")
    assert sink.begin(8, 8) is None
    assert media.pid is None
    media.answer_offer(1, "v=0")
    media.send_typing(True)
    media.stop_share()
    with pytest.raises(MediaError, match="not running"):
        media.start_share(60)
    await media.start("next")
    await reports.until("media_ready")


@pytest.mark.expect_log("the media process ended: it ended by itself with status 3")
async def test_process_that_ends_by_itself_is_reported(reports: Reports) -> None:
    media = MediaProcess(command=("/bin/sh", "-c", "exit 3"))
    media.listen(reports)
    await media.start("case")
    report = await reports.until("media_died")
    assert report[1] == "it ended by itself with status 3"


@pytest.mark.expect_log("the media process ended: it closed its socket")
async def test_process_that_falls_silent_is_ended(reports: Reports) -> None:
    # The shell closes the socket whose number follows --socket, and goes on.
    media = MediaProcess(command=("/bin/bash", "-c", 'eval "exec $2>&-"; exec sleep 60', "sh"))
    media.listen(reports)
    await media.start("case")
    assert await reports.until("media_died") == ("media_died", "it closed its socket")


async def test_program_that_is_not_there_is_a_named_error(reports: Reports) -> None:
    media = MediaProcess(command=("/nonexistent/python",))
    media.listen(reports)
    with pytest.raises(MediaError, match="could not be started"):
        await media.start("case")
    await media.stop()


async def test_process_that_cannot_be_watched_is_not_left_behind(
    reports: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_descriptors(pid: int, flags: int = 0) -> int:
        raise OSError(errno.EMFILE, "Too many open files")

    media = MediaProcess(command=("/bin/sleep", "60"))
    media.listen(reports)
    before = psutil.Process().num_fds()
    monkeypatch.setattr(os, "pidfd_open", no_descriptors)
    with pytest.raises(MediaError, match="Too many open files"):
        await media.start("case")
    assert media.pid is None
    assert psutil.Process().children() == []
    assert psutil.Process().num_fds() == before


_KIOSK = """
import asyncio, sys
from kiosk_app.media.proxy import MediaProcess
from tests.support.media_console import Reports

async def main():
    media, reports = MediaProcess(), Reports()
    media.listen(reports)
    await media.start("case")
    await reports.until("media_ready")
    media.start_share(60)
    await reports.until("share_live", True)
    print(media.pid, flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


@pytest.mark.parametrize("stopped", [False, True], ids=["running", "stuck"])
def test_process_is_gone_when_the_kiosk_is_killed(stopped: bool) -> None:
    kiosk = subprocess.Popen([sys.executable, "-c", _KIOSK], stdout=subprocess.PIPE, text=True)
    assert kiosk.stdout is not None
    media = psutil.Process(int(kiosk.stdout.readline()))
    if stopped:
        media.suspend()  # it cannot notice anything itself: the kernel ends it
    kiosk.kill()
    kiosk.wait()
    kiosk.stdout.close()
    gone, _ = psutil.wait_procs([media], timeout=20)
    assert gone
