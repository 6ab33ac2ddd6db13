"""Links and an alignment to look at: a picture of the path, and one HTML file.

The picture shows the pages with the path of a recording drawn through their systems, coloured by
time. The report holds everything in itself (pictures, sound, a script that moves a marker along the
music as it plays), so it can be sent or kept. About 1 s and 1 to 3 MB for a piece of a few pages.
"""

from __future__ import annotations

import base64
import html
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import pairwise
from pathlib import Path
from string import Template

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.export.media import sound_type
from scorebridge.score.direction import read_upright
from scorebridge.score.pages import read_pages
from scorebridge.shown import shown
from scorebridge.types import AlignedPair, Alignment, Box, Hit, Page, Place, Point

PICTURE_WIDTH = 1000  # px of a page in picture and report
THUMBNAIL = 160  # px, height
MARK_STRIDE = 5.0  # s between the times written beside the path
BAR_HEIGHT = 46  # px of the time scale below the pages

Picture = NDArray[np.uint8]
"""[height, width, 3], blue, green, red, as OpenCV has it."""


@dataclass(frozen=True, slots=True)
class PairAnswers:
    """The answers to both questions of a pair of files that belong together."""

    title: str
    recording: Path
    score: Path
    score_found: Hit | None
    """The best score for the recording."""
    recording_found: Hit | None
    """The best recording for the score."""

    @property
    def correct(self) -> tuple[bool, bool]:
        """Whether the answers are the score and the recording of the pair."""
        return (
            self.score_found is not None and _same(self.score_found.path, self.score),
            self.recording_found is not None and _same(self.recording_found.path, self.recording),
        )


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a recording that was searched for."""

    file: Path
    """The excerpt itself."""
    recording: Path
    start_s: float
    duration_s: float
    hits: Sequence[Hit]


def draw_alignment(
    pages: Sequence[Page], alignment: Alignment, places: Sequence[Place], width: int = PICTURE_WIDTH
) -> Picture:
    """The pages side by side, the path of the recording drawn over them.

    Each system that is played is washed in the colours of its time; a line with the
    time every `MARK_STRIDE` s runs between its staves; below lies the scale.

    Parameters
    ----------
    alignment : its points on these pages are drawn.
    places : the systems of the score, for their boxes.
    width : px of a page.
    """
    boxes = boxes_of(places)
    end = max((point.time_s for point in alignment.points), default=1.0)
    canvases = []
    for page in pages:
        grey = _resized(page.image, width)
        canvas = np.repeat(grey[:, :, None], 3, axis=2)
        points = [p for p in alignment.points if p.page == page.number]
        _wash(canvas, points, boxes, end)
        _line(canvas, points, boxes, end)
        canvases.append(canvas)
    height = max(canvas.shape[0] for canvas in canvases)
    filled = [
        cv2.copyMakeBorder(
            c, 0, height - c.shape[0], 0, 8, cv2.BORDER_CONSTANT, value=(255, 255, 255)
        )
        for c in canvases
    ]
    sheet = np.concatenate(filled, axis=1)
    return np.concatenate([sheet, _scale(sheet.shape[1], end)], axis=0).astype(np.uint8)


def html_report(
    title: str,
    summary: str,
    answers: Sequence[PairAnswers],
    excerpt: Excerpt,
    pages: Sequence[Page],
    pair: AlignedPair,
) -> str:
    """The whole report as one HTML document.

    Parameters
    ----------
    answers : for each pair, whether score and recording find each other.
    excerpt : a stretch that was searched for; its file is put into the document.
    pages : of the aligned score.
    pair : the pair that can be followed; its recording is put into the document.
    """
    alignment, places = pair.alignment, pair.places
    template = Template(
        resources.files("scorebridge.export").joinpath("report.html").read_text("utf-8")
    )
    boxes = boxes_of(places)
    points = [
        [round(p.time_s, 3), p.page, round(p.x, 4), round(box[1], 4), round(box[3], 4)]
        for p in alignment.points
        if (box := boxes.get((p.page, p.system)))
    ]
    return template.substitute(
        title=_text(title),
        summary=_text(summary),
        links="\n".join(_pair_row(one) for one in answers),
        excerpt_length=f"{excerpt.duration_s:.0f}",
        excerpt_name=_text(excerpt.recording.name),
        excerpt_start=clock(excerpt.start_s),
        excerpt_audio=_sound(excerpt.file),
        excerpt_hits="\n".join(_hit_row(hit) for hit in excerpt.hits),
        recording_name=_text(Path(alignment.recording).name),
        score_name=_text(Path(alignment.score).name),
        recording_audio=_sound(Path(alignment.recording)),
        alignment_confidence=f"{alignment.confidence:.2f}",
        pages="\n".join(_page_figure(page) for page in pages),
        picture=_picture(draw_alignment(pages, alignment, places), ".jpg", 70),
        points=json.dumps(points),
    )


def _text(text: str) -> str:
    """Text from outside as HTML."""
    return html.escape(shown(text))


def boxes_of(places: Sequence[Place]) -> dict[tuple[int, int], Box]:
    """The box of each (page, system)."""
    return {(place.page, place.system): place.box for place in places}


def clock(seconds: float) -> str:
    """Seconds as 1:05."""
    whole = math.floor(max(0.0, seconds))
    return f"{whole // 60}:{whole % 60:02d}"


def _same(one: Path | str, other: Path | str) -> bool:
    return Path(one).resolve() == Path(other).resolve()


def _colour(time_s: float, end: float) -> tuple[int, int, int]:
    share = np.array([[round(255 * min(1.0, max(0.0, time_s / max(end, 1e-6))))]], np.uint8)
    blue, green, red = cv2.applyColorMap(share, cv2.COLORMAP_TURBO)[0, 0]
    return int(blue), int(green), int(red)


def _steps(points: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    """Neighbouring points within one system, no jump between them."""
    for a, b in pairwise(points):
        if (a.page, a.system) == (b.page, b.system) and b.time_s - a.time_s < 2 and b.x >= a.x:
            yield a, b


def _wash(
    canvas: Picture, points: Sequence[Point], boxes: Mapping[tuple[int, int], Box], end: float
) -> None:
    height, width = canvas.shape[:2]
    colours = np.full_like(canvas, 255)
    for a, b in _steps(points):
        if box := boxes.get((a.page, a.system)):
            top, bottom = round(box[1] * height) - 12, round(box[3] * height) + 12
            x0, x1 = round(a.x * width), max(round(a.x * width) + 1, round(b.x * width))
            cv2.rectangle(colours, (x0, top), (x1, bottom), _colour(a.time_s, end), -1)
    # Multiplying keeps the ink black and colours the paper.
    tinted = canvas.astype(np.float32) * (0.6 + 0.4 * colours / 255)
    canvas[:] = np.clip(tinted, 0, 255).astype(np.uint8)


def _line(
    canvas: Picture, points: Sequence[Point], boxes: Mapping[tuple[int, int], Box], end: float
) -> None:
    height, width = canvas.shape[:2]

    def spot(point: Point) -> tuple[int, int]:
        box = boxes[(point.page, point.system)]
        return round(point.x * width), round((box[1] + box[3]) / 2 * height)

    known = [p for p in points if (p.page, p.system) in boxes]
    for a, b in pairwise(known):
        same = a.system == b.system and b.x >= a.x
        colour = _colour(a.time_s, end) if same else (150, 150, 150)
        cv2.line(canvas, spot(a), spot(b), colour, 4 if same else 1, cv2.LINE_AA)
    mark = -math.inf
    for point in known:
        if point.time_s // MARK_STRIDE > mark:
            mark = point.time_s // MARK_STRIDE
            x, y = spot(point)
            cv2.circle(canvas, (x, y), 6, (255, 255, 255), -1, cv2.LINE_AA)
            cv2.circle(canvas, (x, y), 6, (0, 0, 0), 1, cv2.LINE_AA)
            _write(canvas, clock(mark * MARK_STRIDE), (min(x + 8, width - 40), y - 8))


def _write(canvas: Picture, text: str, at: tuple[int, int]) -> None:
    for colour, thick in (((255, 255, 255), 4), ((30, 30, 30), 1)):
        cv2.putText(canvas, text, at, cv2.FONT_HERSHEY_SIMPLEX, 0.5, colour, thick, cv2.LINE_AA)


def _scale(width: int, end: float) -> Picture:
    """The colours from the begin to the end of the recording, with times."""
    ramp = np.linspace(0, 255, width, dtype=np.uint8)[None, :].repeat(BAR_HEIGHT, axis=0)
    bar = np.asarray(cv2.applyColorMap(ramp, cv2.COLORMAP_TURBO), np.uint8)
    for part in range(9):
        x = min(width - 44, round(part / 8 * width) + 6)
        _write(bar, clock(part / 8 * end), (x, BAR_HEIGHT // 2 + 6))
    return bar


def _resized(image: NDArray[np.uint8], width: int) -> NDArray[np.uint8]:
    height = max(1, round(image.shape[0] * width / image.shape[1]))
    return np.asarray(cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _picture(image: NDArray[np.uint8], ending: str, quality: int) -> str:
    """A picture as a data URI."""
    data = cv2.imencode(ending, image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()
    return f"data:image/jpeg;base64,{base64.b64encode(data).decode()}"


def _sound(path: Path) -> str:
    """A recording as a data URI."""
    return f"data:{sound_type(path)};base64,{base64.b64encode(path.read_bytes()).decode()}"


def _page_figure(page: Page) -> str:
    source = _picture(_resized(page.image, PICTURE_WIDTH), ".jpg", 60)
    return (
        f'<div class="page" data-page="{page.number}"><img alt="page {page.number}"'
        f' src="{source}"><div class="cursor"></div></div>'
    )


def _thumbnail(score: Path) -> str:
    first, _ = read_upright(next(read_pages(score)))
    width = round(first.image.shape[1] * THUMBNAIL / first.image.shape[0])
    return f'<img alt="" src="{_picture(_resized(first.image, width), ".jpg", 60)}">'


def _pair_row(pair: PairAnswers) -> str:
    cells = [_thumbnail(pair.score), _text(pair.title)]
    sides = ((pair.recording, pair.score_found), (pair.score, pair.recording_found))
    for (query, hit), right in zip(sides, pair.correct, strict=True):
        cells += [_text(query.name), _verdict(hit, right), _meter(hit)]
    return "  <tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _verdict(hit: Hit | None, right: bool) -> str:
    name = Path(hit.path).name if hit else "nothing"
    kind, mark = ("right", "✓") if right else ("wrong", "✗")
    return f'<span class="{kind}">{mark} {_text(name)}</span>'


def _meter(hit: Hit | None) -> str:
    if hit is None:
        return ""
    share = f"{100 * min(1.0, max(0.0, hit.confidence)):.0f}%"
    return f'{hit.confidence:.2f}<span class="meter"><i style="width:{share}"></i></span>'


def _hit_row(hit: Hit) -> str:
    where = [f"page {p.page}, system {p.system}" for p in hit.passages]
    cells = [str(hit.rank), _text(Path(hit.path).name), _meter(hit), "; ".join(where)]
    return "  <tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
