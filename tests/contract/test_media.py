"""One suite for the media process and the one of the tests: what both do alike for the kiosk."""

from collections.abc import AsyncIterator

import pytest

from kiosk_app.media.fake import FakeMedia
from kiosk_app.media.ports import Media, MediaError
from kiosk_app.media.proxy import MediaProcess
from kiosk_app.protocol.call import CallDevice
from tests.support.media_console import Reports

CASE = "0d8f9f3e-9a1c-4b5e-8a51-000000000001"


@pytest.fixture
async def reports() -> Reports:
    return Reports()


@pytest.fixture(params=["real", "fake"])
async def media(request: pytest.FixtureRequest, reports: Reports) -> AsyncIterator[Media]:
    media: Media = MediaProcess() if request.param == "real" else FakeMedia()
    media.listen(reports)
    yield media
    await media.stop()


async def test_it_says_when_it_is_ready(media: Media, reports: Reports) -> None:
    await media.start(CASE)
    assert await reports.until("media_ready") == ("media_ready",)


async def test_stop_is_safe_before_start_and_twice(media: Media, reports: Reports) -> None:
    await media.stop()
    await media.start(CASE)
    await reports.until("media_ready")
    await media.stop()
    await media.stop()


async def test_being_stopped_is_not_reported_as_dying(media: Media, reports: Reports) -> None:
    await media.start(CASE)
    await reports.until("media_ready")
    await media.stop()
    assert ("media_died",) not in {report[:1] for report in reports.all}


async def test_share_is_live_until_it_is_stopped(media: Media, reports: Reports) -> None:
    await media.start(CASE)
    sink = media.start_share(60)
    await reports.until("share_live", True)
    slot = sink.begin(16, 8)
    assert slot is not None
    assert len(slot) == 16 * 8 * 4
    slot[:] = bytes(len(slot))
    slot.release()
    sink.publish()
    media.stop_share()
    await reports.until("share_live", False)
    assert sink.begin(16, 8) is None
    sink.publish()


async def test_sink_of_an_earlier_share_takes_nothing(media: Media, reports: Reports) -> None:
    await media.start(CASE)
    first = media.start_share(60)
    second = media.start_share(60)
    assert first.begin(16, 8) is None
    assert second.begin(16, 8) is not None


async def test_stop_ends_the_share(media: Media, reports: Reports) -> None:
    await media.start(CASE)
    sink = media.start_share(60)
    await media.stop()
    assert sink.begin(16, 8) is None


async def test_letters_without_a_process_are_lost(media: Media, reports: Reports) -> None:
    media.send_t140("Hej")
    assert reports.all == []


async def test_there_may_be_no_connection_to_drop(media: Media, reports: Reports) -> None:
    media.drop_peer()
    await media.start(CASE)
    await reports.until("media_ready")
    media.drop_peer()
    await media.stop()
    assert reports.all == []


async def test_it_can_be_started_anew(media: Media, reports: Reports) -> None:
    for _ in range(2):
        await media.start(CASE)
        await reports.until("media_ready")
        await media.stop()


@pytest.mark.parametrize("kind", ["real", "fake"])
async def test_what_cannot_be_started_is_a_media_error(kind: str, reports: Reports) -> None:
    media: Media = (
        MediaProcess(command=("/nonexistent/python",)) if kind == "real" else FakeMedia(fails=True)
    )
    media.listen(reports)
    with pytest.raises(MediaError):
        await media.start(CASE)


async def test_devices_may_be_closed_at_any_time_and_end_with_the_process(
    media: Media, reports: Reports
) -> None:
    for device in CallDevice:
        media.open_device(device)
        media.close_device(device)
    await media.start(CASE)
    await reports.until("media_ready")
    for device in CallDevice:
        media.close_device(device)
        media.open_device(device)
        media.close_device(device)
    await media.stop()
    for device in CallDevice:
        media.close_device(device)
    assert not [report for report in reports.all if report[0] == "media_died"]
