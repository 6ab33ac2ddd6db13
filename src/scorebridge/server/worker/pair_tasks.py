"""The jobs of a pair: its alignment, and its exports."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from scorebridge.alignment.align import align_encoded
from scorebridge.export import records
from scorebridge.export.formats import export_pair
from scorebridge.export.media import PageImage, Sound
from scorebridge.library import pair_corrections as kept
from scorebridge.library.pair_corrections import PairCorrections
from scorebridge.server import images, pair_files
from scorebridge.server.cache import page_picture
from scorebridge.server.worker import decoding
from scorebridge.server.worker.context import Doing
from scorebridge.types import Alignment


def align(doing: Doing) -> dict[str, Any]:
    """The alignment of a pair, into the cache; with new corrections, which are kept if they fit."""
    work, payload = doing.work, doing.job.payload
    folder = work.settings.library
    ids = payload["score"], payload["recording"]
    if payload.get("corrections") is None:
        wanted = kept.load(folder, *ids)
        alignment = _aligned(doing, *ids, wanted)
    else:
        wanted = kept.parse(payload["corrections"], "corrections")
        alignment = _aligned(doing, *ids, wanted)
        kept.save(folder, *ids, wanted)
    name = pair_files.alignment_name(folder, *ids)
    record = json.loads(records.as_json(records.aligned(alignment)))
    record |= {"score_id": ids[0], "recording_id": ids[1], "corrections": kept.plain(wanted)}
    record["version"] = name.removesuffix(".json").rpartition("-")[2]
    work.cache.put(ids[0], name, json.dumps(record, ensure_ascii=False).encode())
    return {"name": name}


def _aligned(doing: Doing, score: str, recording: str, wanted: PairCorrections) -> Alignment:
    library = doing.work.library
    read, heard = library.encode(doing.file(score)), library.encode(doing.file(recording))
    alignment = align_encoded(read, heard, pins=wanted.pins, sections=wanted.sections)
    # Named as people know them; what was read may be another copy, or lie under its content.
    named = doing.entry(score).told, doing.entry(recording).told
    return replace(alignment, score=named[0], recording=named[1])


def export(doing: Doing) -> dict[str, Any]:
    """An export of a pair, into the cache."""
    work, payload = doing.work, doing.job.payload
    score, recording, format = payload["score"], payload["recording"], payload["format"]
    base = payload["base"]
    name = pair_files.export_name(work.settings.library, score, recording, format, base)
    page, sound = doing.file(score), doing.file(recording)
    wanted = kept.load(work.settings.library, score, recording)
    alignment = _aligned(doing, score, recording, wanted)
    places = work.library.encode(page).places
    heard = doing.entry(recording)
    if format == "mp4":
        make = partial(
            *(doing.limited, decoding.write_film, page),
            *(alignment, places, sound, heard.extent),
        )
        work.cache.made(score, name, lambda out: make(out))
        return {"name": name}
    write = partial(
        export_pair,
        alignment,
        places,
        format,
        score=page,
        recording=sound,
        duration_s=heard.extent,
        images=_pictures(doing, score, base) if format in ("iiif", "mei") else None,
        sound=Sound(f"{base}/documents/{recording}/audio", heard.extent, "audio/flac"),
        base_url=f"{base}/alignments/{score}/{recording}",
        manifest_id=f"{base}/alignments/{score}/{recording}/export?format=iiif",
        title=f"{doing.entry(score).title}, {heard.title}",
    )
    work.cache.made(score, name, lambda out: write(out=out))
    return {"name": name}


def _pictures(doing: Doing, score: str, base: str) -> tuple[PageImage, ...]:
    """Where the server shows the pages, with their sizes (which takes drawing each once)."""
    entry, path = doing.entry(score), doing.file(score)
    found = []
    for number in range(1, entry.pages + 1):
        doing.report(number / (entry.pages + 1), f"page {number} of {entry.pages}")

        def draw(out: Path, number: int = number) -> None:
            doing.limited(decoding.draw_page, path, number, out)

        stored = doing.work.cache.made(score, page_picture(number), draw)
        service = f"{base}/iiif/{score}-{number}"
        url = f"{service}/full/max/0/default.jpg"
        found.append(PageImage(number, url, *images.size_of(stored), service=service))
    return tuple(found)
