"""The shapes of requests and answers, for checking the first and documenting both.

Answers are built as plain records (`export/plain.py` and others) and not checked again on their
way out.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

DocumentId = Annotated[
    str, StringConstraints(pattern=r"^[0-9a-f]{64}$", min_length=64, max_length=64)
]
JobId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$", min_length=32, max_length=32)]
Fraction = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False, strict=True)]
Seconds = Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False, strict=True)]
Box = Annotated[list[Fraction], Field(min_length=4, max_length=4)]
Range = Annotated[list[Fraction], Field(min_length=2, max_length=2)]


def _whole(value: Any) -> Any:
    """JSON knows only numbers: 3.0 is an integer there, "3" is not."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Count = Annotated[int, Field(ge=1, le=1_000_000, strict=True), BeforeValidator(_whole)]
Top = Annotated[int, Field(ge=1, le=100, strict=True), BeforeValidator(_whole)]
Method = Literal["align", "votes", "votes-best", "votes-all", "constellation", "dtw", "sdtw"]


class Asked(BaseModel):
    """A body of a request: nothing but what is documented."""

    model_config = ConfigDict(extra="forbid")


class Region(Asked):
    """A region of a page as a query."""

    document: DocumentId
    page: Count
    box: Box
    top: Top = 10
    method: Method = "align"


class Span(Asked):
    """A span of a recording as a query."""

    document: DocumentId
    start_s: Seconds
    end_s: Seconds
    top: Top = 10
    method: Method = "align"


class GivenSystem(BaseModel):
    """A system of a corrected page; further fields of `pages` may be there and do not matter."""

    box: Box
    staves: Annotated[list[Box], Field(max_length=100)] = []
    bars: Annotated[list[Range], Field(max_length=1000)] | None = None
    repeats: list[Annotated[list[bool], Field(min_length=2, max_length=2)]] = []


class GivenPage(Asked):
    """A corrected page: its systems in reading order."""

    systems: Annotated[list[GivenSystem], Field(max_length=100)]


class Pin(Asked):
    """At `time_s` of the recording, `bar` of the score begins."""

    time_s: Seconds
    bar: Annotated[float, Field(ge=1, le=1e6, allow_inf_nan=False, strict=True)]


class Corrections(Asked):
    """What a person knows of how a recording goes through a score."""

    pins: Annotated[list[Pin], Field(max_length=10_000)] = []
    sections: Annotated[
        list[Annotated[list[Count], Field(min_length=2, max_length=2)]], Field(max_length=1000)
    ] = []


# Answers


class Refusal(BaseModel):
    detail: str
    remedy: str


class LinkEnd(BaseModel):
    id: DocumentId
    title: str
    confidence: float


class Document(BaseModel):
    id: DocumentId
    path: str
    name: str
    kind: Literal["score", "recording"]
    title: str
    pages: int | None = None
    duration_s: float | None = None
    added: str
    links: list[LinkEnd]


class Documents(BaseModel):
    total: int
    offset: int
    limit: int
    version: int
    documents: list[Document]


class JobRecord(BaseModel):
    id: JobId
    kind: str
    title: str
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    progress: float
    message: str
    created: str
    updated: str
    result: Any = None
    error: Refusal | None = None


class JobList(BaseModel):
    jobs: list[JobRecord]


class RefusedFile(Refusal):
    title: str


class Accepted(BaseModel):
    jobs: list[JobRecord]
    refused: list[RefusedFile]


class ReadSystem(BaseModel):
    system: int
    box: list[float]
    staves: list[list[float]]
    bars: list[list[float]]
    confidence: float


class ReadPage(BaseModel):
    page: int
    width: int
    height: int
    iiif: str
    corrected: bool
    systems: list[ReadSystem]


class Pages(BaseModel):
    path: str
    id: DocumentId
    pages: list[ReadPage]


class Peaks(BaseModel):
    id: DocumentId
    duration_s: float
    points: int
    peaks: list[float]


class Passage(BaseModel):
    query_start_s: float | None = None
    query_end_s: float | None = None
    start_s: float | None = None
    end_s: float | None = None
    page: int
    system: int
    box: list[float]


class Result(BaseModel):
    rank: int
    id: DocumentId
    path: str
    kind: Literal["score", "recording"]
    title: str
    score: float
    confidence: float
    passages: list[Passage]


class Found(BaseModel):
    query: dict[str, Any]
    results: list[Result]
    found: bool
    elapsed_s: float


class LinkRecord(BaseModel):
    score: DocumentId
    recording: DocumentId
    score_title: str
    recording_title: str
    confidence: float


class Links(BaseModel):
    total: int
    links: list[LinkRecord]


class Point(BaseModel):
    time_s: float
    page: int
    system: int
    x: float
    bar: int | None = None


class Section(BaseModel):
    start_s: float
    end_s: float
    first_bar: int | None = None
    last_bar: int | None = None


class AlignmentRecord(BaseModel):
    score: str
    recording: str
    score_id: DocumentId
    recording_id: DocumentId
    points: list[Point]
    sections: list[Section]
    confidence: float
    corrections: Corrections
    version: str


class Health(BaseModel):
    status: Literal["ok", "starting"]
    version: str
    worker: Literal["running", "starting"]
    documents: int
    jobs: dict[str, int]
    limits: dict[str, float]
