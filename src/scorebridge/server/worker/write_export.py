"""The job "export": the alignment of a pair as a file for other programs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scorebridge.export.formats import ExportSettings, export_pair
from scorebridge.export.media import PageImage, Sound
from scorebridge.server import images, pair_files
from scorebridge.server.cache import page_image_name, page_name
from scorebridge.server.decoding.encoding import export_video
from scorebridge.server.decoding.page_images import draw_page
from scorebridge.server.payloads import ExportPair
from scorebridge.server.worker.context import JobContext
from scorebridge.server.worker.store_alignment import align_documents
from scorebridge.types import Rotation


def write_export(context: JobContext, payload: ExportPair) -> dict[str, Any]:
    """Write the export of a pair into the cache; returns its name there."""
    worker, score_id, recording_id = context.worker, payload.score, payload.recording
    library, format, base_url = worker.settings.library, payload.format, payload.base
    name = pair_files.export_name(library, score_id, recording_id, format, base_url)
    score, recording = context.file(score_id), context.file(recording_id)
    pair = align_documents(context, score_id, recording_id)
    title = f"{context.entry(score_id).title}, {context.entry(recording_id).title}"
    pair_url = f"{base_url}/alignments/{score_id}/{recording_id}"

    def write(out: Path) -> None:
        if format == "mp4":
            context.run_in_child(export_video, score, pair, recording, out)
            return
        has_pictures = format in ("iiif", "mei")
        audio_url = f"{base_url}/documents/{recording_id}/audio"
        settings = ExportSettings(
            base_url=pair_url,
            score=score,
            recording=recording,
            images=_page_images(context, score_id, pair.rotations, base_url)
            if has_pictures
            else None,
            sound=Sound(audio_url, pair.duration_s, "audio/flac"),
            manifest_id=f"{pair_url}/export?format=iiif",
            title=title,
        )
        export_pair(pair, format, out, settings)

    worker.cache.get_or_make(score_id, name, write)
    return {"name": name}


def _page_images(
    context: JobContext, score_id: str, rotations: Mapping[int, Rotation], base_url: str
) -> tuple[PageImage, ...]:
    """The addresses and sizes of all page pictures; each is drawn once."""
    pages, path = context.entry(score_id).pages, context.file(score_id)
    page_images = []
    for number in range(1, pages + 1):
        context.report(number / (pages + 1), f"page {number} of {pages}")
        rotation = rotations.get(number, 0)

        def draw(out: Path, number: int = number, rotation: Rotation = rotation) -> None:
            context.run_in_child(draw_page, path, number, rotation, out)

        name = page_image_name(number, rotation)
        stored = context.worker.cache.get_or_make(score_id, name, draw)
        service = f"{base_url}/iiif/{score_id}-{page_name(number, rotation)}"
        width, height = images.size_of(stored)
        url = f"{service}/full/max/0/default.jpg"
        page_images.append(PageImage(number, url, width, height, service=service))
    return tuple(page_images)
