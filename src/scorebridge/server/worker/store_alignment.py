"""The job "align": where in a score every moment of a recording is."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from scorebridge.export import records
from scorebridge.library.pair_corrections import (
    PairCorrections,
    pair_corrections_record,
    parse_pair_corrections,
)
from scorebridge.server import pair_files
from scorebridge.server.payloads import AlignPair
from scorebridge.server.worker.context import JobContext
from scorebridge.types import AlignedPair


def store_alignment(context: JobContext, payload: AlignPair) -> dict[str, Any]:
    """Write the alignment into the cache; returns its name there.

    New corrections of the pair are stored if it can be aligned with them.
    """
    worker = context.worker
    library, pair = worker.settings.library, (payload.score, payload.recording)
    given = None
    if payload.corrections is not None:
        given = parse_pair_corrections(payload.corrections, "corrections")
    aligned = align_documents(context, *pair, given)
    corrections = PairCorrections(aligned.anchors, aligned.sections)
    name = pair_files.alignment_name(library, *pair)
    record = json.loads(records.as_json(records.aligned(aligned.alignment)))
    record |= {
        "score_id": payload.score,
        "recording_id": payload.recording,
        "corrections": pair_corrections_record(corrections),
        "version": pair_files.alignment_version(library, *pair),
    }
    worker.cache.put(payload.score, name, json.dumps(record, ensure_ascii=False).encode())
    return {"name": name}


def align_documents(
    context: JobContext,
    score_id: str,
    recording_id: str,
    corrections: PairCorrections | None = None,
) -> AlignedPair:
    """The alignment of two documents, with their public names as paths.

    corrections : replace the stored ones; `None` keeps those.
    """
    aligned = context.worker.library.align_pair(
        context.document(score_id),
        context.document(recording_id),
        anchors=corrections.anchors if corrections is not None else None,
        sections=corrections.sections if corrections is not None else None,
    )
    alignment = replace(
        aligned.alignment,
        score=context.entry(score_id).public_name,
        recording=context.entry(recording_id).public_name,
    )
    return replace(aligned, alignment=alignment)
