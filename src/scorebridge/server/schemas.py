"""The JSON records of requests and responses: validation of the first, documentation of both.

Responses are built as plain records (see `export/records.py`) and not validated again.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from scorebridge.choices import SearchMethod
from scorebridge.types import GroupKind, Rotation, StaffKind

DocumentId = Annotated[
    str, StringConstraints(pattern=r"^[0-9a-f]{64}$", min_length=64, max_length=64)
]
JobId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$", min_length=32, max_length=32)]
Fraction = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False, strict=True)]
Seconds = Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False, strict=True)]
BoxRecord = Annotated[list[Fraction], Field(min_length=4, max_length=4)]
RangeRecord = Annotated[list[Fraction], Field(min_length=2, max_length=2)]


def _integer(value: Any) -> Any:
    """3.0 is an integer in JSON, "3" is not."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Count = Annotated[int, Field(ge=1, le=1_000_000, strict=True), BeforeValidator(_integer)]
Top = Annotated[int, Field(ge=1, le=100, strict=True), BeforeValidator(_integer)]


# Requests


class RequestBody(BaseModel):
    """Base of all request bodies: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


class RegionQuery(RequestBody):
    """A region of a page as a query."""

    document: DocumentId
    page: Count
    box: BoxRecord
    top: Top = 10
    method: SearchMethod = "align"


class SpanQuery(RequestBody):
    """A span of a recording as a query."""

    document: DocumentId
    start_s: Seconds
    end_s: Seconds
    top: Top = 10
    method: SearchMethod = "align"


class GroupRecord(BaseModel):
    """Neighbouring staves that a brace or a bracket joins."""

    kind: GroupKind
    first: Count = Field(description="Its uppermost staff, from 1.")
    last: Count = Field(description="Its lowest staff.")


class CorrectedSystemRecord(BaseModel):
    """A system of a corrected page; the further fields of a `SystemRecord` are ignored."""

    box: BoxRecord
    staves: Annotated[list[BoxRecord], Field(max_length=100)] = []
    bars: Annotated[list[RangeRecord], Field(max_length=1000)] | None = None
    repeats: list[Annotated[list[bool], Field(min_length=2, max_length=2)]] = []
    staff_kinds: Annotated[list[StaffKind], Field(max_length=100)] = []
    groups: Annotated[list[GroupRecord], Field(max_length=100)] | None = None
    printed_number: Annotated[str, Field(pattern=r"^[0-9]{0,5}$")] | None = None
    numbers: Annotated[
        list[Annotated[str, Field(pattern=r"^[0-9]{1,5}[a-z]?$")]], Field(max_length=1000)
    ] = []


class CorrectedPageRecord(RequestBody):
    """A corrected page: its direction, its systems in reading order, or both.

    Boxes are those of the page that is turned clockwise by `rotation`, by default as the library
    has turned it. Without `systems` they are read from the turned page.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"required": [name], "properties": {name: {"not": {"type": "null"}}}}
                for name in ("systems", "rotation")
            ]
        }
    )

    systems: Annotated[list[CorrectedSystemRecord], Field(max_length=100)] | None = None
    rotation: Rotation | None = None


class PinRecord(RequestBody):
    """An anchor: at `time_s` of the recording, `bar` of the score begins."""

    time_s: Seconds
    bar: Annotated[float, Field(ge=1, le=1e6, allow_inf_nan=False, strict=True)]


class PairCorrectionsRecord(RequestBody):
    """A person's corrections of an alignment: anchors, and the bars played, in order."""

    pins: Annotated[list[PinRecord], Field(max_length=10_000)] = []
    sections: Annotated[
        list[Annotated[list[Count], Field(min_length=2, max_length=2)]], Field(max_length=1000)
    ] = []


# Responses


class ErrorRecord(BaseModel):
    """What is wrong, and what to do about it."""

    detail: str
    remedy: str


class LinkedDocumentRecord(BaseModel):
    """A document at the other end of a link."""

    id: DocumentId
    title: str
    confidence: float


class DocumentRecord(BaseModel):
    """A score or a recording of the library."""

    id: DocumentId
    path: str
    name: str
    kind: Literal["score", "recording"]
    title: str
    pages: int | None = None
    duration_s: float | None = None
    added: str
    links: list[LinkedDocumentRecord]


class DocumentList(BaseModel):
    """A part of the list of documents; `total` counts all that match."""

    total: int
    offset: int
    limit: int
    version: int
    documents: list[DocumentRecord]


class JobRecord(BaseModel):
    """A job; `progress` is 0 to 1."""

    id: JobId
    kind: str
    title: str
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    progress: float
    message: str
    created: str
    updated: str
    result: Any = None
    error: ErrorRecord | None = None


class JobList(BaseModel):
    """Jobs, newest first."""

    jobs: list[JobRecord]


class RefusedFileRecord(ErrorRecord):
    """An uploaded file that is neither a score nor a recording."""

    title: str


class UploadRecord(BaseModel):
    """The jobs of the accepted files, and the refused files."""

    jobs: list[JobRecord]
    refused: list[RefusedFileRecord]


class SystemRecord(BaseModel):
    """A system of a page; places are fractions of the page, confidences 0 to 1."""

    system: int = Field(description="Counts from 1 within the page, in reading order.")
    box: list[float] = Field(description="[x0, y0, x1, y1] of the outer staff lines.")
    staves: list[list[float]] = Field(description="The box of each staff.")
    bars: list[list[float]] = Field(description="[x0, x1] of each bar, from barline to barline.")
    confidence: float
    bar_confidence: list[float]
    repeats: list[list[bool]] = Field(
        description="[opens, closes] of each bar: whether it has repeat signs; [] if unknown."
    )
    staff_kinds: list[StaffKind] = Field(
        default_factory=list, description="The kind of each staff: of five lines, one, four, six."
    )
    groups: list[GroupRecord] = Field(
        default_factory=list, description="Its braces and brackets, outer ones first."
    )
    core: list[float] | None = Field(
        None, description="The box of the staves that are encoded, if these are not all."
    )
    printed_number: str = Field(
        "", description="The bar number printed at its beginning; empty if there is none."
    )
    numbers: list[str] = Field(
        default_factory=list, description="The editor's number of each bar; [] if unknown."
    )
    bend: list[list[float]] | None = Field(
        None,
        description="[x, y, x, y] of its top and bottom at equal steps, if it is not straight.",
    )


class PageRecord(BaseModel):
    """A page and its systems."""

    page: int = Field(description="Counts from 1.")
    width: int = Field(description="Of the picture that was read, in px.")
    height: int
    iiif: str = Field(description="The address of its picture (IIIF Image API 3).")
    music: bool = Field(description="Whether it has any system.")
    corrected: bool = Field(description="Whether a person gave its systems.")
    rotation: Literal[0, 90, 180, 270] = Field(
        description="Degrees clockwise by which the stored page is turned to stand upright."
    )
    rotation_confidence: float = Field(
        description="0 to 1: how clearly the music shows which way is up; below 0.5 undecided."
    )
    systems: list[SystemRecord]


class PageList(BaseModel):
    """The pages of a score."""

    path: str
    id: DocumentId
    pages: list[PageRecord]


class PeaksRecord(BaseModel):
    """The greatest absolute values, 0 to 1, of equal stretches of a recording."""

    id: DocumentId
    duration_s: float
    points: int
    peaks: list[float]


class PassageRecord(BaseModel):
    """Where the query and a document match."""

    query_start_s: float | None = None
    query_end_s: float | None = None
    start_s: float | None = None
    end_s: float | None = None
    page: int
    system: int
    box: list[float]


class PartRecord(BaseModel):
    """A piece of a score that holds several."""

    number: int = Field(description="Counts from 1.")
    title: str | None
    first_page: int
    last_page: int
    start: int = Field(description="`start` and `stop` are columns of the unrolled score.")
    stop: int


class HitRecord(BaseModel):
    """A document that matches the query."""

    rank: int
    id: DocumentId
    path: str
    kind: Literal["score", "recording"]
    title: str
    score: float = Field(description="Figure of merit of the method; higher is better.")
    confidence: float
    passages: list[PassageRecord]
    work: int = Field(description="Hits of one number belong to one work; 0 if unknown.")
    part: PartRecord | None


class FindRecord(BaseModel):
    """The hits of a search; `found` is false if none reaches `threshold`."""

    query: dict[str, Any]
    results: list[HitRecord]
    found: bool
    threshold: float
    elapsed_s: float


class LinkRecord(BaseModel):
    """A recording and a score that belong together."""

    score: DocumentId
    recording: DocumentId
    score_title: str
    recording_title: str
    confidence: float


class LinkList(BaseModel):
    """A part of the list of links; `total` counts all."""

    total: int
    links: list[LinkRecord]


class PointRecord(BaseModel):
    """At `time_s` the music is at `x` of a system."""

    time_s: float
    page: int
    system: int
    x: float
    bar: int | None = Field(None, description="Counts barline to barline from 1.")
    number: str | None = Field(None, description="The editor's number of the bar, such as 12b.")


class SectionRecord(BaseModel):
    """A stretch of the recording that plays bars in one go."""

    start_s: float
    end_s: float
    first_bar: int | None = None
    last_bar: int | None = None
    first_number: str | None = Field(None, description="The editor's number of `first_bar`.")
    last_number: str | None = Field(None, description="The editor's number of `last_bar`.")


class BarConfidenceRecord(BaseModel):
    """The confidence, 0 to 1, that `bar` is played from `start_s` on."""

    bar: int
    start_s: float
    confidence: float


class AlignmentRecord(BaseModel):
    """Where in the score every moment of the recording is."""

    score: str
    recording: str
    score_id: DocumentId
    recording_id: DocumentId
    points: list[PointRecord]
    sections: list[SectionRecord]
    confidence: float
    bar_confidence: list[BarConfidenceRecord]
    corrections: PairCorrectionsRecord
    version: str


class HealthRecord(BaseModel):
    """The state of the server and its worker, and the server's limits."""

    status: Literal["ok", "starting", "degraded"]
    detail: str
    """What is wrong, where something is."""
    version: str
    worker: Literal["running", "starting"]
    documents: int
    jobs: dict[str, int]
    limits: dict[str, float]


class ImageTiles(BaseModel):
    """The tiles of a picture: their size, and by how much they may be made smaller."""

    width: int
    height: int
    scaleFactors: list[int]


class ImageSize(BaseModel):
    """A size in which a picture is given at once."""

    width: int
    height: int


class ImageInfo(BaseModel):
    """A page's picture, as the IIIF Image API 3 describes it."""

    context: str = Field(alias="@context")
    id: str
    type: Literal["ImageService3"]
    protocol: str
    profile: str
    width: int
    height: int
    maxWidth: int
    maxHeight: int
    sizes: list[ImageSize]
    tiles: list[ImageTiles]
    extraFormats: list[str]
    extraQualities: list[str]
    extraFeatures: list[str]
