"""The frame ring: whole frames only, the newest first, nobody waits."""

import os
import struct
import subprocess
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.media.frame_ring import SLOT_BYTES, RingReader, RingWriter, create_ring
from kiosk_app.media.ports import MediaError


class Ring:
    def __init__(self) -> None:
        self.memory_fd, self.wake_fd = create_ring()
        self.writer = RingWriter(self.memory_fd, self.wake_fd)
        self.reader = RingReader(self.memory_fd)

    def close(self) -> None:
        self.writer.close()
        self.reader.close()
        os.close(self.memory_fd)
        os.close(self.wake_fd)

    def write(self, value: int, width: int = 8, height: int = 4) -> None:
        slot = self.writer.begin(width, height)
        assert slot is not None
        slot[:] = bytes([value]) * (width * height * 4)
        self.writer.publish(value)


@pytest.fixture
def ring() -> Iterator[Ring]:
    ring = Ring()
    yield ring
    ring.close()


def copy(pixels: memoryview, width: int, height: int) -> tuple[bytes, int, int]:
    return bytes(pixels), width, height


def test_empty_ring_has_no_frame(ring: Ring) -> None:
    assert ring.reader.read(0, copy) is None


def test_published_frame_is_read_once_with_its_size_and_time(ring: Ring) -> None:
    ring.write(7, 10, 6)
    frame = ring.reader.read(0, copy)
    assert frame is not None
    assert frame.result == (bytes([7]) * 240, 10, 6)
    assert frame.published_ns == 7
    assert ring.reader.read(frame.number, copy) is None


def test_newest_frame_wins(ring: Ring) -> None:
    for value in (1, 2, 3, 4, 5):
        ring.write(value)
    frame = ring.reader.read(0, copy)
    assert frame is not None
    assert frame.result[0][0] == 5


def test_unpublished_slot_is_never_read(ring: Ring) -> None:
    ring.write(1)
    slot = ring.writer.begin(8, 4)
    assert slot is not None
    slot[:] = b"\xff" * len(slot)
    frame = ring.reader.read(0, copy)
    assert frame is not None
    assert frame.result[0][0] == 1


def test_begin_again_before_publish_gives_the_same_slot(ring: Ring) -> None:
    first = ring.writer.begin(8, 4)
    second = ring.writer.begin(4, 4)
    assert first is not None
    assert second is not None
    second[:] = bytes(64)
    ring.writer.publish(1)
    ring.write(2)
    frame = ring.reader.read(0, copy)
    assert frame is not None
    assert frame.result[0][0] == 2


def test_publishing_wakes_the_reader(ring: Ring) -> None:
    ring.write(1)
    assert os.eventfd_read(ring.wake_fd) == 1


def test_writer_stays_out_of_the_slot_being_read(ring: Ring) -> None:
    ring.write(1)

    def slow_copy(pixels: memoryview, width: int, height: int) -> bytes:
        first_half = bytes(pixels[:64])
        for value in (2, 3, 4, 5, 6):
            ring.write(value)
        return first_half + bytes(pixels[64:])

    frame = ring.reader.read(0, slow_copy)
    assert frame is not None
    assert frame.result == b"\x01" * 128


def test_forgotten_frames_are_gone_from_memory(ring: Ring) -> None:
    ring.write(0xAB)
    ring.writer.forget()
    assert ring.reader.read(0, copy) is None
    assert b"\xab" not in os.pread(ring.memory_fd, 4096 + 3 * 4096, 4096)
    ring.write(2)
    frame = ring.reader.read(0, copy)
    assert frame is not None
    assert frame.result[0][0] == 2


def test_forgetting_during_a_read_gives_no_frame(ring: Ring) -> None:
    ring.write(1)

    def forget(pixels: memoryview, width: int, height: int) -> bytes:
        ring.writer.forget()
        return bytes(pixels)

    assert ring.reader.read(0, forget) is None


@pytest.mark.parametrize(("width", "height"), [(0, 5), (5, 0), (-1, 5), (3841, 2161), (10**6, 1)])
def test_frame_that_does_not_fit_is_not_begun(ring: Ring, width: int, height: int) -> None:
    if 0 < width * height * 4 <= SLOT_BYTES:
        assert ring.writer.begin(width, height) is not None
    else:
        assert ring.writer.begin(width, height) is None
        ring.writer.publish(1)
        assert ring.reader.read(0, copy) is None


def test_whole_4k_frame_fits_either_way_up(ring: Ring) -> None:
    for width, height in ((3840, 2160), (2160, 3840)):
        slot = ring.writer.begin(width, height)
        assert slot is not None
        assert len(slot) == width * height * 4
        slot.release()


def test_memory_that_is_no_ring_is_refused(ring: Ring) -> None:
    os.pwrite(ring.memory_fd, struct.pack("Q", 12345), 0)
    with pytest.raises(MediaError, match="not a frame ring"):
        RingReader(ring.memory_fd)


def test_header_that_lies_about_sizes_is_not_followed(ring: Ring) -> None:
    ring.write(1)
    for slot in range(3):
        os.pwrite(ring.memory_fd, struct.pack("QQ", 2**40, 2**20), 8 * (8 + slot * 4 + 1))
    assert ring.reader.read(0, copy) is None


@given(st.lists(st.sampled_from(["begin", "publish", "read", "forget"]), max_size=60))
def test_reader_only_ever_sees_whole_published_frames_in_order(steps: list[str]) -> None:
    ring = Ring()
    written = 0
    open_value: int | None = None
    published: int | None = None
    seen = 0
    try:
        for step in steps:
            if step == "begin":
                written += 1
                open_value = written % 251
                slot = ring.writer.begin(4, 4)
                assert slot is not None
                slot[:] = bytes([open_value]) * 64
                slot.release()
            elif step == "publish":
                ring.writer.publish(0)
                if open_value is not None:
                    published, open_value = open_value, None
            elif step == "forget":
                ring.writer.forget()
                published = open_value = None
            else:
                frame = ring.reader.read(seen, copy)
                if frame is not None:
                    assert frame.number > seen
                    assert published is not None
                    assert frame.result[0] == bytes([published]) * 64
                    seen = frame.number
                elif published is None:
                    continue
    finally:
        ring.close()


_WRITER = """
import sys
from kiosk_app.media.frame_ring import RingWriter
writer = RingWriter(int(sys.argv[1]), int(sys.argv[2]))
print("started", flush=True)
for number in range(3000):
    slot = writer.begin(64, 64)
    for start in range(0, len(slot), 4096):
        slot[start:start + 4096] = bytes([number % 256]) * 4096
    writer.publish(number)
"""


def test_no_torn_frame_is_seen_while_another_process_writes(ring: Ring) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(ring.memory_fd), str(ring.wake_fd)],
        pass_fds=(ring.memory_fd, ring.wake_fd),
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.readline()
    number = frames = 0
    last = -1
    while process.poll() is None or last != 2999:
        frame = ring.reader.read(number, copy)
        if frame is None:
            if process.poll() is not None:
                frame = ring.reader.read(number, copy)
                if frame is None:
                    break
            else:
                continue
        assert frame.number > number
        assert len(set(frame.result[0])) == 1
        number, last = frame.number, frame.published_ns
        frames += 1
    process.stdout.close()
    assert process.wait() == 0
    assert last == 2999
    assert frames > 1
