"""Words that callers choose from. This module imports nothing, so that options cost nothing."""

from __future__ import annotations

from typing import Literal

Kind = Literal["recording", "score"]
SearchMethod = Literal["align", "votes", "votes-best", "votes-all", "constellation", "dtw", "sdtw"]
"""How documents are ranked: "align", or one of the papers' methods; see `retrieval.rank`."""
ExportFormat = Literal[
    "csv",
    "json",
    "bars",
    "audacity",
    "times",
    "jams",
    "iiif",
    "iiif-score",
    "iiif-collection",
    "iiif-combined",
    "mei",
    "mp4",
]
"""What `export` writes (`export/formats.py`)."""
