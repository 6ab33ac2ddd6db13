"""The picture of a path and the report, from a page and points known by hand."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import cv2
import numpy as np
import pytest

from scorebridge.export.report import (
    Excerpt,
    PairAnswers,
    clock,
    draw_alignment,
    html_report,
)
from scorebridge.types import AlignedPair, Alignment, Hit, Kind, Page, Passage, Place, Point

PLACES = (
    Place(1, 1, (0.1, 0.1, 0.9, 0.3), 0.1, 0.9, 0, 400),
    Place(1, 2, (0.1, 0.6, 0.9, 0.8), 0.1, 0.9, 400, 800),
)
POINTS = tuple(Point(t, 1, 1, 0.1 + 0.08 * t) for t in range(10)) + tuple(
    Point(10 + t, 1, 2, 0.1 + 0.04 * t) for t in range(10)
)


def hit(path: Path, kind: Kind = "score") -> Hit:
    where = Passage(0.0, 20.0, None, None, 1, 2, (0.1, 0.6, 0.9, 0.8))
    return Hit(1, str(path), kind, path.stem, 1.0, 0.75, (where,))


@pytest.fixture
def white() -> Page:
    return Page(Path("page.png"), 1, np.full((600, 500), 255, np.uint8))


def test_only_what_was_played_is_coloured(white):
    picture = draw_alignment([white], Alignment(POINTS), PLACES, width=500)
    assert picture.shape[0] > 600  # the scale is below
    assert (picture[250:330, :60] == 255).all()  # between the systems
    assert (picture[420, 300:] == 255).all()  # the second system was left at x = 0.46
    early, late = picture[100, 70].astype(int), picture[420, 220].astype(int)
    assert early[0] > early[2]  # blue before red: the scale runs from blue to red
    assert late[2] > late[0]


def test_ink_stays_black_under_colour(white):
    white.image[100, 50:400] = 0
    picture = draw_alignment([white], Alignment(POINTS), PLACES, width=500)
    assert picture[100, 70].max() == 0


def test_pages_of_different_size_stand_side_by_side(white):
    small = Page(Path("page.png"), 2, np.full((200, 400), 255, np.uint8))
    picture = draw_alignment([white, small], Alignment(()), PLACES, width=100)
    assert picture.shape[:2] == (120 + 46, 2 * 108)


class Sources(HTMLParser):
    """Collects what a page would load."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.found += [value or "" for name, value in attrs if name in ("src", "href")]


def test_report_holds_everything_in_itself(tmp_path, white):
    score, recording = tmp_path / "a&b.png", tmp_path / "r.ogg"
    cv2.imwrite(str(score), white.image)
    recording.write_bytes(b"OggS not really")
    answers = [PairAnswers("<b>Tune</b>", recording, score, hit(score), None)]
    excerpt = Excerpt(recording, recording, 65.0, 20.0, [hit(score)])
    alignment = Alignment(POINTS, confidence=0.5, score=str(score), recording=str(recording))
    pair = AlignedPair(alignment, PLACES, 20.0)
    text = html_report("Report", "one & all", answers, excerpt, [white], pair)

    parser = Sources()
    parser.feed(text)
    assert len(parser.found) == 5  # thumbnail, excerpt, recording, page, picture
    assert all(source.startswith("data:") for source in parser.found)
    assert "<b>Tune" not in text
    assert "a&amp;b.png" in text
    assert "Cut from r.ogg at 1:05" in text
    assert "page 1, system 2" in text

    listed = json.loads(re.findall(r"const points = (\[.*\]);", text)[0])
    assert listed[0] == [0, 1, 0.1, 0.1, 0.3]
    assert listed[-1] == [19, 1, 0.46, 0.6, 0.8]


def test_an_answer_is_correct_when_the_paths_meet(tmp_path):
    score, recording = tmp_path / "s.png", tmp_path / "r.ogg"
    roundabout = tmp_path / "x" / ".." / "s.png"
    (tmp_path / "x").mkdir()
    link = PairAnswers("t", recording, score, hit(roundabout), hit(tmp_path / "q.ogg", "recording"))
    assert link.correct == (True, False)
    assert PairAnswers("t", recording, score, None, None).correct == (False, False)


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (59.9, "0:59"), (65, "1:05")])
def test_clock(seconds, text):
    assert clock(seconds) == text
