"""The encoders, seen from the other end: what is decoded from their packets."""

from typing import Any

import av
import numpy as np
import pytest

from kiosk_app.media.encoder import PictureMaker, ScreenEncoder, make_encoder
from kiosk_app.media.rate import MAX_BITS, MIN_BITS

WIDTH, HEIGHT = 320, 240
DECODERS = {"H264": "h264", "VP8": "libvpx"}


def picture(step: int = 0, codec: str = "H264") -> av.VideoFrame:
    pixels = np.full((HEIGHT, WIDTH, 4), 245, np.uint8)
    for line in range(12):
        y = (line * 20 + step * 3) % (HEIGHT - 10)
        pixels[y : y + 2, 20:300:3] = 20
    pixels[:40, :40] = (200, 100, 30, 255)
    return PictureMaker(codec).make(memoryview(pixels.tobytes()), WIDTH, HEIGHT)


def decode(codec: str, packets: list[bytes]) -> list[Any]:
    decoder: Any = av.CodecContext.create(DECODERS[codec], "r")
    return [frame for data in packets for frame in decoder.decode(av.Packet(data))]


def is_keyframe(codec: str, data: bytes) -> bool:
    if codec == "VP8":
        return not data[0] & 1  # RFC 6386 9.1
    return any(nal[0] & 0x1F == 5 for nal in data.split(b"\x00\x00\x01")[1:])


def encode(encoder: ScreenEncoder, steps: int, *, bits: int = MAX_BITS) -> list[bytes]:
    return [
        encoder.encode(picture(step), 6000 * step, keyframe=step == 0, bits=bits)
        for step in range(steps)
    ]


@pytest.mark.parametrize("codec", DECODERS)
class TestEncoder:
    def test_every_picture_comes_out_at_once(self, codec: str) -> None:
        packets = encode(make_encoder(codec, WIDTH, HEIGHT), 10)
        assert all(packets)
        assert len(decode(codec, packets)) == 10

    def test_keyframes_only_when_asked(self, codec: str) -> None:
        encoder = make_encoder(codec, WIDTH, HEIGHT)
        kinds = [
            is_keyframe(
                codec,
                encoder.encode(
                    picture(step), 6000 * step, keyframe=step in (0, 20), bits=MAX_BITS
                ),
            )
            for step in range(40)
        ]
        assert [step for step, kind in enumerate(kinds) if kind] == [0, 20]

    def test_asked_keyframe_can_be_decoded_without_what_came_before(self, codec: str) -> None:
        encoder = make_encoder(codec, WIDTH, HEIGHT)
        encode(encoder, 5)
        data = encoder.encode(picture(5), 30_000, keyframe=True, bits=MAX_BITS)
        (frame,) = decode(codec, [data])
        assert (frame.width, frame.height) == (WIDTH, HEIGHT)

    def test_still_picture_ends_up_crisp(self, codec: str) -> None:
        encoder = make_encoder(codec, WIDTH, HEIGHT)
        shown = picture()
        packets = [
            encoder.encode(shown, 13_500 * step, keyframe=step == 0, bits=MAX_BITS)
            for step in range(7)
        ]
        got = decode(codec, packets)[-1].to_ndarray()[:HEIGHT].astype(int)
        error = np.mean((got - shown.to_ndarray()[:HEIGHT]) ** 2)
        assert 10 * np.log10(255**2 / max(error, 1e-9)) > 38  # text is sharp from about 36 dB


def test_new_rate_takes_effect_without_a_keyframe() -> None:
    rng = np.random.default_rng(1)
    encoder = make_encoder("H264", WIDTH, HEIGHT)
    maker = PictureMaker("H264")

    def noise(first: int, bits: int) -> list[bytes]:
        return [
            encoder.encode(
                maker.make(
                    memoryview(rng.integers(0, 255, WIDTH * HEIGHT * 4, np.uint8).tobytes()),
                    WIDTH,
                    HEIGHT,
                ),
                6000 * step,
                keyframe=step == 0,
                bits=bits,
            )
            for step in range(first, first + 45)
        ]

    high = noise(0, MAX_BITS)[15:]
    low = noise(45, MIN_BITS)[15:]
    assert sum(map(len, low)) < sum(map(len, high)) / 2
    assert not any(is_keyframe("H264", data) for data in low)


@pytest.mark.parametrize("codec", DECODERS)
def test_colours_survive(codec: str) -> None:
    encoder = make_encoder(codec, WIDTH, HEIGHT)
    shown = picture(codec=codec)
    (frame,) = decode(codec, [encoder.encode(shown, 0, keyframe=True, bits=MAX_BITS)])
    red, green, blue = (int(part) for part in frame.to_ndarray(format="rgb24")[20, 20])
    assert abs(red - 30) < 12
    assert abs(green - 100) < 12
    assert abs(blue - 200) < 12


@pytest.mark.parametrize(("width", "height"), [(321, 241), (321, 240), (320, 241)])
def test_odd_sides_are_cut_to_even(width: int, height: int) -> None:
    made = PictureMaker("H264").make(memoryview(bytes(width * height * 4)), width, height)
    assert (made.width, made.height) == (320, 240)


@pytest.mark.parametrize("codec", DECODERS)
@pytest.mark.parametrize(("width", "height"), [(320, 240), (321, 241), (64, 40)])
def test_a_mended_picture_is_the_one_made_afresh(codec: str, width: int, height: int) -> None:
    rng = np.random.default_rng(2)
    pixels = rng.integers(0, 255, (height, width, 4), np.uint8)
    maker = PictureMaker(codec)
    for _ in range(30):
        top = int(rng.integers(0, height))
        part = pixels[top : top + int(rng.integers(1, height // 2)), width // 4 : width // 2]
        part[:] = rng.integers(0, 255, part.shape, np.uint8)
        memory = memoryview(pixels.tobytes())
        mended = maker.make(memory, width, height).to_ndarray()
        assert np.array_equal(mended, PictureMaker(codec).make(memory, width, height).to_ndarray())


def test_another_size_makes_a_whole_picture() -> None:
    maker = PictureMaker("H264")
    maker.make(memoryview(bytes(64 * 40 * 4)), 64, 40)
    white = maker.make(memoryview(b"\xff" * (40 * 64 * 4)), 40, 64)
    assert (white.width, white.height) == (40, 64)
    assert white.to_ndarray()[:64].min() == 235  # white in limited range


def test_a_small_change_of_a_crisp_picture_is_crisp_at_once() -> None:
    encoder, maker = make_encoder("H264", WIDTH, HEIGHT), PictureMaker("H264")
    pixels = np.full((HEIGHT, WIDTH, 4), 245, np.uint8)
    pixels[100:220:4, 20:300:3] = 20
    packets = []
    for step in range(10):
        if step == 9:
            pixels[10:30, 200:240:3] = 20
        shown = maker.make(memoryview(pixels.tobytes()), WIDTH, HEIGHT)
        packets.append(encoder.encode(shown, 13_500 * step, keyframe=step == 0, bits=MAX_BITS))
    assert encoder.quantizer <= 14  # below it, a share does not repeat a small change
    got = decode("H264", packets)[-1].to_ndarray()[8:32].astype(int)
    error = np.mean((got - shown.to_ndarray()[8:32]) ** 2)
    assert 10 * np.log10(255**2 / max(error, 1e-9)) > 45


def test_a_starved_encoder_says_that_it_codes_coarsely() -> None:
    rng = np.random.default_rng(1)
    encoder, maker = make_encoder("H264", WIDTH, HEIGHT), PictureMaker("H264")
    for step in range(10):
        noise = memoryview(rng.integers(0, 255, WIDTH * HEIGHT * 4, np.uint8).tobytes())
        shown = maker.make(noise, WIDTH, HEIGHT)
        encoder.encode(shown, 6000 * step, keyframe=step == 0, bits=MIN_BITS)
    assert encoder.quantizer > 30
