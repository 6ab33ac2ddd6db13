"""The links of a library on disk: the answers of all documents, from which links are derived.

`links.json` in the library's folder holds the answer of every document (`retrieval/link.py`), by
id, the encoder and calibration that gave it, and a checksum; links are derived when they are read.
The file is replaced whole. 200 bytes an answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from scorebridge.encode.info import EncoderInfo
from scorebridge.errors import LibraryError
from scorebridge.files import write_atomically
from scorebridge.library.damage import check_seal, sealed
from scorebridge.library.store import writing
from scorebridge.retrieval.link import Answer, Answers, answer_of, pairs_of, stale
from scorebridge.shown import first_line
from scorebridge.types import Document, Hit, Link, Progress

LINKS_FILE = "links.json"
LINKS_FORMAT = 1
_REMEDY = "Delete it and run `scorebridge link`."
SAVE_STRIDE = 200  # documents asked; an interruption costs no more than these

Ask = Callable[[Document], Sequence[Hit]]
"""The hits that a document of the library finds."""


@dataclass(frozen=True, slots=True)
class LinkReport:
    """What `Library.link` found."""

    links: tuple[Link, ...]
    """All links of the library, by recording."""
    added: tuple[Link, ...]
    """Those that were not there before."""
    dropped: tuple[Link, ...]
    """Those that were there before and are not now."""
    asked: int
    """Number of documents that were searched for."""


@dataclass(frozen=True, slots=True)
class _LinksFile:
    format: int
    made_with: str
    answers: dict[str, tuple[Answer, ...]]


@cache
def _adapter() -> TypeAdapter[_LinksFile]:
    return TypeAdapter(_LinksFile)


def links_exist(folder: Path) -> bool:
    """Whether the library in `folder` was ever linked; `add` then keeps the links up to date."""
    return (folder / LINKS_FILE).is_file()


def read_links(folder: Path, documents: Mapping[str, Document], accept: float) -> list[Link]:
    """The links as they were last made, without documents that were removed since.

    documents : of the library, by id. accept : minimum confidence. Raises `LibraryError`.
    """
    return pairs_of(_read(folder).answers, documents, accept)


def update_links(
    folder: Path,
    documents: Mapping[str, Document],
    encoder: EncoderInfo,
    ask: Ask,
    progress: Progress | None = None,
    rebuild: bool = False,
) -> LinkReport:
    """Ask the documents that are new or touched by a change, and store their answers.

    rebuild : ask every document again. Raises `LibraryError`.
    """
    stored = _read(folder)
    made_with, accept = _stamp(encoder), encoder.calibration.accept
    before = pairs_of(stored.answers, documents, accept)
    answers = {} if rebuild or stored.made_with != made_with else dict(stored.answers)
    ids = {document.path: i for i, document in documents.items()}
    new, touched = stale(answers, documents)
    answers = {i: a for i, a in answers.items() if i in documents}
    waiting, done = [*sorted(new), *sorted(touched)], 0
    seen = set(waiting)
    while done < len(waiting):
        identity = waiting[done]
        if progress:
            progress(done, len(waiting), Path(documents[identity].path))
        answers[identity] = answer_of(ask(documents[identity]), ids)
        done += 1
        if identity in new:  # it may be a better answer to the documents that it names
            named = [a.document for a in answers[identity] if a.document not in seen]
            waiting += named
            seen.update(named)
        if done % SAVE_STRIDE == 0:
            _write(folder, answers, made_with)
    if waiting or not links_exist(folder) or stored.made_with != made_with:
        _write(folder, answers, made_with)
    if progress:
        progress(done, done, None)
    after = pairs_of(answers, documents, accept)
    old = {(link.recording, link.score) for link in before}
    now = {(link.recording, link.score) for link in after}
    return LinkReport(
        links=tuple(after),
        added=tuple(link for link in after if (link.recording, link.score) not in old),
        dropped=tuple(link for link in before if (link.recording, link.score) not in now),
        asked=done,
    )


def forget_answer(folder: Path, document_id: str) -> None:
    """Delete a document's answer because its vectors changed: the next update asks it again."""
    stored = _read(folder)
    if document_id in stored.answers:
        answers = {i: a for i, a in stored.answers.items() if i != document_id}
        _write(folder, answers, stored.made_with)


def check_links(folder: Path) -> None:
    """Raise `LibraryError` where the file is damaged."""
    _read(folder)


def reset_links(folder: Path) -> None:
    """Re-create the file, empty, inside `writing`: the next update asks every document."""
    _store(folder, {}, "")


def _stamp(encoder: EncoderInfo) -> str:
    """What answers depend on besides the documents: the encoder and its calibration."""
    weights = ",".join(f"{w:.6g}" for w in encoder.calibration.weights)
    return f"{encoder.name};{weights};{encoder.calibration.same:g}"


def _read(folder: Path) -> _LinksFile:
    """The file, empty where there is none or its format is another."""
    try:
        record = json.loads((folder / LINKS_FILE).read_bytes())
        check_seal(record, folder / LINKS_FILE, _REMEDY)
        if record["format"] != LINKS_FORMAT:
            return _LinksFile(LINKS_FORMAT, "", {})
        return _adapter().validate_python(record)
    except FileNotFoundError:
        return _LinksFile(LINKS_FORMAT, "", {})
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise LibraryError(
            f"{folder / LINKS_FILE}: cannot be read ({first_line(error)}). {_REMEDY}"
        ) from error


def _write(folder: Path, answers: Answers, made_with: str) -> None:
    with writing(folder):
        _store(folder, answers, made_with)


def _store(folder: Path, answers: Answers, made_with: str) -> None:
    stored = _LinksFile(LINKS_FORMAT, made_with, {i: tuple(found) for i, found in answers.items()})
    record = _adapter().dump_python(stored, mode="json")
    write_atomically(folder / LINKS_FILE, json.dumps(sealed(record)))
