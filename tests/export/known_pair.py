"""A pair known by hand: two pages, six bars and an unread system, played with a repeat."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import soundfile

from scorebridge.types import AlignedPair, Alignment, Page, Place, Point, Section

HALVES = ((0.1, 0.5), (0.5, 0.9))
PLACES = (
    Place(1, 1, (0.1, 0.1, 0.9, 0.3), 0.08, 0.92, 0, 400, HALVES),
    Place(1, 2, (0.1, 0.6, 0.9, 0.8), 0.08, 0.92, 400, 800, HALVES),
    Place(2, 1, (0.1, 0.1, 0.9, 0.3), 0.08, 0.92, 800, 1200, HALVES),
    Place(2, 2, (0.1, 0.6, 0.9, 0.8), 0.08, 0.92, 1200, 1600),
)
LIST = (0, 1, 2, 3, 0, 1, 2, 3, 4, 5, 6)  # bars (0 the first, 6 the unread system) as played
START = 0.5  # s; each bar takes 1 s from here on
DURATION = 12.0  # s of the recording
CLICK = 5.0  # s, where the recording clicks


def place_at(time_s: float) -> tuple[int, int, float]:
    """Page, system, x at a time: what every export should say."""
    n = min(int(time_s - START), len(LIST) - 1)
    share = time_s - START - n
    bar = LIST[n]
    page, system = bar // 4 + 1, bar % 4 // 2 + 1
    if bar == 6:
        return 2, 2, 0.1 + 0.8 * share
    return page, system, 0.1 + 0.4 * (bar % 2) + 0.4 * share


def alignment(score: str = "a b.png", recording: str = "r.wav") -> Alignment:
    """Points every 0.25 s, three sections, the second a repeat of the first."""
    times = np.arange(START, START + len(LIST), 0.25)
    points = tuple(Point(float(t), *place_at(float(t))) for t in times)
    sections = (Section(0.5, 4.5, 1, 4), Section(4.5, 8.5, 1, 4), Section(8.5, 11.5, 5, 6))
    return Alignment(points, sections, 0.9, score=score, recording=recording)


def aligned_pair(score: str = "a b.png", recording: str = "r.wav") -> AlignedPair:
    """The same with the systems of the score."""
    return AlignedPair(alignment(score, recording), PLACES, DURATION)


def pages() -> list[Page]:
    """Page 1 white, page 2 grey, so that they can be told apart in a film."""
    greys = (255, 180)
    return [
        Page(Path("s.tif"), n, np.full((800, 600), grey, np.uint8))
        for n, grey in enumerate(greys, 1)
    ]


def write_files(folder: Path) -> tuple[Path, Path]:
    """A score of two pages and a recording with one click."""
    score, recording = folder / "a b.tif", folder / "r&ä.wav"
    done, data = cv2.imencodemulti(".tif", [page.image for page in pages()])
    assert done
    score.write_bytes(data.tobytes())
    samples = np.zeros((round(DURATION * 44100), 2), np.float32)
    first = round(CLICK * 44100)
    since = np.arange(2205) / 44100
    samples[first : first + 2205] = (0.5 * np.sin(2 * np.pi * 1000 * since))[:, None]
    soundfile.write(recording, samples, 44100)
    return score, recording
