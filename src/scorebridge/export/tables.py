"""Bars as they are played, one row each: tables, labels, and annotations for programs of research.

| function | form | read by |
|---|---|---|
| `bars_csv` | CSV with a header line | spreadsheets, pandas |
| `audacity` | start, end, label | Audacity, `mir_eval.io.load_labeled_intervals` |
| `times` | start, label | Sonic Visualiser, `mir_eval.io.load_labeled_events` |
| `jams` | JAMS 0.3 | jams, mirdata's tools |

The second and third have no header line and tabs between columns. Cost: a few ms.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import scorebridge
from scorebridge.export.visits import Visit, printed_bars, visits_of
from scorebridge.shown import table_cell
from scorebridge.types import AlignedPair, Alignment

COLUMNS = (
    "score",
    "recording",
    "start_s",
    "end_s",
    "bar",
    "number",
    "page",
    "system",
    "x0",
    "y0",
    "x1",
    "y1",
    "confidence",
)
JAMS_VERSION = "0.3.4"  # of the schema


@dataclass(frozen=True, slots=True)
class PlayedBar:
    """One time that a bar is played, with its confidence (`None` where it is not known)."""

    visit: Visit
    confidence: float | None


def played_bars(pair: AlignedPair) -> list[PlayedBar]:
    """Every bar played, in the order of the recording."""
    visits = visits_of(pair.alignment, printed_bars(pair.places))
    return [PlayedBar(visit, _confidence(pair.alignment, visit)) for visit in visits]


def bars_csv(pairs: Iterable[AlignedPair]) -> str:
    """One row for each bar played of all pairs, with a header line.

    `bar` counts through the printed score and is empty for a system in which no bars were found;
    `number` is the editor's; `x0` to `y1` are the bar's box as fractions of the page.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for pair in pairs:
        names = (table_cell(pair.alignment.score), table_cell(pair.alignment.recording))
        for played in played_bars(pair):
            visit, bar = played.visit, played.visit.bar
            times = (f"{visit.start_s:.3f}", f"{visit.end_s:.3f}")
            where = (bar.number, table_cell(bar.label or ""), bar.page, bar.system)
            box = (round(side, 5) for side in bar.box)
            sure = None if played.confidence is None else round(played.confidence, 3)
            writer.writerow((*names, *times, *where, *box, sure))
    return out.getvalue()


def audacity(pair: AlignedPair) -> str:
    """Start, end (s) and name of every bar played."""
    rows = ((p.visit.start_s, p.visit.end_s, _label(p.visit)) for p in played_bars(pair))
    return "".join(f"{start:.6f}\t{end:.6f}\t{name}\n" for start, end, name in rows)


def times(pair: AlignedPair) -> str:
    """Start (s) and name of every bar played."""
    rows = ((p.visit.start_s, _label(p.visit)) for p in played_bars(pair))
    return "".join(f"{start:.6f}\t{name}\n" for start, name in rows)


def jams(pair: AlignedPair, title: str = "") -> dict[str, Any]:
    """The record of a JAMS file: downbeats, bars and sections.

    Bars are `segment_open` with the editor's number. Their places on paper, for which JAMS has no
    namespace, stand in `sandbox`.
    """
    played = played_bars(pair)
    bars = [
        _observation(p.visit.start_s, p.visit.end_s, p.visit.bar.label or p.visit.bar.name, p)
        for p in played
    ]
    beats = [_observation(p.visit.start_s, p.visit.start_s, 1, p) for p in played]
    places = [
        {
            "bar": p.visit.bar.number,
            "page": p.visit.bar.page,
            "system": p.visit.bar.system,
            "box": [round(side, 5) for side in p.visit.bar.box],
        }
        for p in played
    ]
    sections = [
        {
            "time": round(section.start_s, 6),
            "duration": round(max(0.0, section.end_s - section.start_s), 6),
            "value": f"bars {section.first_number or section.first_bar}"
            f"-{section.last_number or section.last_bar}",
            "confidence": round(pair.alignment.confidence, 5),
        }
        for section in pair.alignment.sections
    ]
    return {
        "file_metadata": {
            "title": title or Path(pair.alignment.recording).stem,
            "artist": "",
            "release": "",
            "duration": round(pair.duration_s, 6),
            "identifiers": {},
            "jams_version": JAMS_VERSION,
        },
        "annotations": [
            _annotation("beat", beats, pair, "the begin of each bar", {}),
            _annotation("segment_open", bars, pair, "bars as they are played", {"places": places}),
            _annotation("segment_open", sections, pair, "sections as they are played", {}),
        ],
        "sandbox": {
            "score": Path(pair.alignment.score).name,
            "recording": Path(pair.alignment.recording).name,
            "confidence": round(pair.alignment.confidence, 5),
        },
    }


def jams_text(pair: AlignedPair, title: str = "") -> str:
    """The JAMS file."""
    return json.dumps(jams(pair, title), ensure_ascii=False, indent=1) + "\n"


def _annotation(
    namespace: str,
    data: Sequence[dict[str, Any]],
    pair: AlignedPair,
    what: str,
    sandbox: dict[str, Any],
) -> dict[str, Any]:
    return {
        "namespace": namespace,
        "data": list(data),
        "annotation_metadata": {
            "annotation_tools": "Scorebridge",
            "version": scorebridge.__version__,
            "data_source": f"alignment with the score: {what}",
            "curator": {"name": "", "email": ""},
            "annotator": {},
            "corpus": "",
            "annotation_rules": "",
            "validation": "",
        },
        "sandbox": sandbox,
        "time": 0,
        "duration": round(pair.duration_s, 6),
    }


def _observation(start: float, end: float, value: object, played: PlayedBar) -> dict[str, Any]:
    confidence = played.confidence
    return {
        "time": round(start, 6),
        "duration": round(end - start, 6),
        "value": value,
        "confidence": None if confidence is None else round(confidence, 5),
    }


def _confidence(alignment: Alignment, visit: Visit) -> float | None:
    """That of the time the bar is played nearest to the visit."""
    own = [one for one in alignment.bar_confidence if one.bar == visit.bar.number]
    nearest = min(own, key=lambda one: abs(one.start_s - visit.start_s), default=None)
    return nearest.confidence if nearest else None


def _label(visit: Visit) -> str:
    """A name on one line, without tabs."""
    return re.sub(r"\s+", " ", visit.bar.name)
