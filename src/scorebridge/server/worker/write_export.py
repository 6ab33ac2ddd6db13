"""The job "export": the alignment of a pair as a file for other programs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scorebridge.export import mei
from scorebridge.export.formats import ExportSettings, export_pair
from scorebridge.export.media import LinkedFile, PageImage, Sound, is_pdf, thumbnail_size
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

    def write(out: Path) -> None:
        if format == "mp4":
            context.run_in_child(export_video, score, pair, recording, out)
            return
        has_pictures = format == "mei" or format.startswith("iiif")
        images = _page_images(context, score_id, pair.rotations, base_url) if has_pictures else None
        audio_url = f"{base_url}/documents/{recording_id}/audio"
        exports = f"{base_url}/alignments/{score_id}/{recording_id}/export?format="
        recording_title = context.entry(recording_id).title
        settings = ExportSettings(
            base_url=base_url,
            score=score,
            recording=recording,
            images=images,
            sound=Sound(audio_url, pair.duration_s, "audio/flac"),
            addresses={
                "performance": f"{exports}iiif",
                "score": f"{exports}iiif-score",
                "collection": f"{exports}iiif-collection",
            },
            combined=f"{exports}iiif-combined",
            score_files=_printed(score, f"{base_url}/documents/{score_id}/file"),
            recording_files=(
                LinkedFile(audio_url, f"Recording: {recording_title}", "audio/flac", "Sound"),
                LinkedFile(f"{exports}bars", f"Bars of {recording_title}: CSV", "text/csv"),
            ),
            see_also=(
                LinkedFile(
                    f"{exports}mei",
                    "MEI: zones and times",
                    "application/xml",
                    "Dataset",
                    mei.NAMESPACE,
                ),
            ),
            title=context.entry(score_id).title,
            recording_title=recording_title,
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
        small = f"{service}/full/{thumbnail_size(width, height)[0]},/0/default.jpg"
        page_images.append(PageImage(number, url, width, height, service=service, thumbnail=small))
    return tuple(page_images)


def _printed(score: Path, address: str) -> tuple[LinkedFile, ...]:
    """The PDF, where the score is one."""
    return (LinkedFile(address, "Score: PDF", "application/pdf"),) if is_pdf(score) else ()
