"""A score and its recordings written into a folder, ready for any web server.

The folder holds the three shapes of `iiif.py`, a picture of each page with a small one, the
recordings, the table of bars of each, MEI, and the PDF where the score is one. A recording that
browsers do not play is written as FLAC. Cost: about 50 ms a page, and the reading of what is
copied.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from scorebridge.export import mei, tables
from scorebridge.export.browser_sound import PLAYED, transcode
from scorebridge.export.iiif import shapes_of
from scorebridge.export.iiif_parts import (
    SHAPES,
    Performance,
    ScoreExport,
    Shape,
    check_address,
    key_of,
    rights_address,
)
from scorebridge.export.media import LinkedFile, Sound, is_pdf, sound_type, write_pictures
from scorebridge.export.records import as_json
from scorebridge.files import atomic_path, content_id, write_atomically
from scorebridge.score.direction import turned_pages
from scorebridge.types import AlignedPair


@dataclass(frozen=True, slots=True)
class PairFiles:
    """A pair with the files it is made from."""

    pair: AlignedPair
    score: Path
    recording: Path


def write_score(
    pairs: Sequence[PairFiles],
    folder: Path,
    base_url: str,
    title: str,
    titles: Sequence[str],
    addresses: Mapping[Shape, str] | None = None,
    rights: str = "",
    attribution: str = "",
    root_url: str | None = None,
) -> ScoreExport:
    """Write the files of one score and its recordings; returns what the manifests are made from.

    Parameters
    ----------
    pairs : one for each recording; the score is the same in all.
    base_url : address at which `folder` will lie.
    titles : of the recordings.
    addresses : of shapes that are served elsewhere than in `folder`.
    root_url : address below which ids lie, by default `base_url`.

    Raises `UsageError`, `ScoreError`, `AudioError`.
    """
    base = base_url.rstrip("/")
    check_address(base)  # before pictures are written
    rights_address(rights)
    first = pairs[0]
    pages = turned_pages(first.score, first.pair.rotations)
    images = write_pictures(pages, folder, base, thumbnails=True)
    used: set[str] = set()
    performances = [
        _performance(one, folder, base, name, used) for one, name in zip(pairs, titles, strict=True)
    ]
    own: dict[Shape, str] = {shape: f"{base}/{shape}.json" for shape in SHAPES}
    export = ScoreExport(
        key=key_of(content_id(first.score)),
        title=title,
        places=first.pair.places,
        images=images,
        performances=tuple(performances),
        base_url=root_url or base,
        addresses=own | dict(addresses or {}),
        rendering=_printed(first.score, folder, base, used),
        rights=rights,
        attribution=attribution,
    )
    text = mei.document(
        first.pair.alignment,
        first.pair.places,
        [replace(image, url=image.url.rpartition("/")[2]) for image in images],
        replace(performances[0].sound, url=performances[0].sound.url.rpartition("/")[2]),
        title,
    )
    write_atomically(folder / "score.mei", text)
    encoding = LinkedFile(
        f"{base}/score.mei", "MEI: zones and times", "application/xml", "Dataset", mei.NAMESPACE
    )
    return replace(export, see_also=(encoding,))


def write_shapes(export: ScoreExport, folder: Path, but: Shape | None = None) -> None:
    """Write manifests and collection into `folder`, except for `but`, which lies elsewhere."""
    for shape, record in shapes_of(export).items():
        if shape != but:
            write_atomically(folder / f"{shape}.json", as_json(record))


def _performance(
    one: PairFiles, folder: Path, base: str, title: str, used: set[str]
) -> Performance:
    sound = _copied_sound(one.recording, folder, base, one.pair.duration_s, used)
    name = _free(f"{one.recording.stem}.bars.csv", used)
    named = replace(
        one.pair,
        alignment=replace(one.pair.alignment, score=one.score.name, recording=one.recording.name),
    )
    write_atomically(folder / name, tables.bars_csv([named]))
    kind = "Video" if sound.format.startswith("video/") else "Sound"
    rendering = (
        LinkedFile(sound.url, f"Recording: {title}", sound.format, kind),
        LinkedFile(f"{base}/{quote(name)}", f"Bars of {title}: CSV", "text/csv"),
    )
    key = key_of(content_id(one.recording))
    return Performance(key, title, one.pair.alignment, sound, rendering)


def _copied_sound(
    recording: Path, folder: Path, base: str, duration_s: float, used: set[str]
) -> Sound:
    is_played = sound_type(recording) in PLAYED
    name = _free(recording.name if is_played else f"{recording.stem}.flac", used)
    with atomic_path(folder / name) as part:
        if is_played:
            shutil.copyfile(recording, part)
        else:
            transcode(lambda share, text: None, recording, float("inf"), part)
    return Sound(f"{base}/{quote(name)}", duration_s, sound_type(name))


def _printed(score: Path, folder: Path, base: str, used: set[str]) -> tuple[LinkedFile, ...]:
    """The PDF, where the score is one; other scores are what the pictures are."""
    if not is_pdf(score):
        return ()
    name = _free(f"{score.stem}.pdf", used)
    with atomic_path(folder / name) as part:
        shutil.copyfile(score, part)
    return (LinkedFile(f"{base}/{quote(name)}", "Score: PDF", "application/pdf"),)


def _free(name: str, used: set[str]) -> str:
    """A name that no other file has, on any system."""
    stem, dot, ending = name.rpartition(".")
    candidate, k = name, 1
    while candidate.lower() in used:
        k += 1
        candidate = f"{stem}-{k}{dot}{ending}"
    used.add(candidate.lower())
    return candidate
