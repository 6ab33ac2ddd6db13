"""The parameters of each kind of job, as the queue stores them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from pydantic import TypeAdapter

from scorebridge.choices import ExportFormat, SearchMethod
from scorebridge.types import Rotation


@dataclass(frozen=True, slots=True)
class AddUpload:
    """Add an uploaded file to the library."""

    file: str
    """Its name in `uploads/`."""
    digest: str
    """SHA-256 of its content, hex: the document id."""
    called: str = ""
    """Its original name."""


@dataclass(frozen=True, slots=True)
class CorrectPage:
    """Turn a page or replace its systems, and encode the score again.

    Without `systems` and `rotation` the correction is taken back.
    """

    document: str
    page: int
    systems: list[dict[str, Any]] | None
    """`None`: read them."""
    rotation: Rotation | None = None
    """Degrees clockwise; `None`: as stored."""

    def as_record(self) -> dict[str, Any]:
        """The page as `parse_page_corrections` reads it."""
        given = {"systems": self.systems, "rotation": self.rotation}
        return {"page": self.page} | {name: v for name, v in given.items() if v is not None}


@dataclass(frozen=True, slots=True)
class FindByFile:
    """Search with an uploaded file."""

    file: str
    """Its name in `incoming/`."""
    digest: str
    """SHA-256 of its content, hex."""
    top: int
    method: SearchMethod


@dataclass(frozen=True, slots=True)
class FindByRegion:
    """Search with a region of a page of a score in the library."""

    document: str
    page: int
    box: list[float]
    """[x0, y0, x1, y1] as fractions of the page."""
    top: int
    method: SearchMethod


@dataclass(frozen=True, slots=True)
class FindBySpan:
    """Search with a span of a recording in the library."""

    document: str
    start_s: float
    end_s: float
    top: int
    method: SearchMethod


@dataclass(frozen=True, slots=True)
class UpdateLinks:
    """Link the library's recordings and scores."""


@dataclass(frozen=True, slots=True)
class AlignPair:
    """Align a recording with a score."""

    score: str
    recording: str
    corrections: dict[str, Any] | None = None
    """Anchors and sections that replace the stored ones if the pair can be aligned with them;
    `None` keeps the stored ones."""


@dataclass(frozen=True, slots=True)
class ExportPair:
    """Write the export of a pair."""

    score: str
    recording: str
    format: ExportFormat
    base: str
    """The address of the API as the client sees it, for links in the export."""


FindQuery = FindByFile | FindByRegion | FindBySpan
Payload = AddUpload | CorrectPage | FindQuery | UpdateLinks | AlignPair | ExportPair

_KINDS: dict[type, str] = {
    AddUpload: "add",
    CorrectPage: "correct",
    FindByFile: "find",
    FindByRegion: "find",
    FindBySpan: "find",
    UpdateLinks: "link",
    AlignPair: "align",
    ExportPair: "export",
}
_ADAPTERS: dict[str, TypeAdapter[Payload]] = {
    "add": TypeAdapter(AddUpload),
    "correct": TypeAdapter(CorrectPage),
    "find": TypeAdapter(FindQuery),
    "link": TypeAdapter(UpdateLinks),
    "align": TypeAdapter(AlignPair),
    "export": TypeAdapter(ExportPair),
}


def kind_of(payload: Payload) -> str:
    """The kind of job that has this payload."""
    return _KINDS[type(payload)]


def to_record(payload: Payload) -> dict[str, Any]:
    """The payload as the queue stores it."""
    return asdict(payload)


def from_record(kind: str, record: dict[str, Any]) -> Payload:
    """The payload of a job of this kind."""
    return _ADAPTERS[kind].validate_python(record)
