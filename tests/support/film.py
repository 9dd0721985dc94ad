"""A film for a camera that is none."""

from pathlib import Path

import av
import numpy as np


def film_of(path: Path, colour: tuple[int, int, int], *, pictures: int = 25) -> Path:
    """One colour, 25 pictures a second."""
    with av.open(str(path), "w") as film:
        stream = film.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        pixels = np.full((240, 320, 3), colour, np.uint8)
        for _ in range(pictures):
            film.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        film.mux(stream.encode())
    return path
