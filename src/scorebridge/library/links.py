"""The links of a library on disk: answers of all documents, and what follows from them.

`links.json` in the library's folder holds every document's answer (`match/link.py`), by id, and
the encoder and calibration that gave it; links are derived when they are read. It is replaced
whole, in one step: what is killed when leaves the old one or the new one. 200 bytes an answer.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorebridge.errors import LibraryError
from scorebridge.library.adding import Progress
from scorebridge.library.store import writing
from scorebridge.retrieval.link import Answer, Answers, answer_of, other_kind, pairs_of, stale
from scorebridge.types import Document, Link, Part

if TYPE_CHECKING:
    from scorebridge.library.library import Library

FILE = "links.json"
FORMAT = 1
SAVE_EVERY = 200  # documents asked; what an interruption costs at most


@dataclass(frozen=True, slots=True)
class LinkReport:
    """What `Library.link` found."""

    links: tuple[Link, ...]
    """All links of the library, by recording."""
    added: tuple[Link, ...]
    """Those that were not there before."""
    dropped: tuple[Link, ...]
    """Those of before that are no more."""
    asked: int
    """Documents that were searched for."""


def exist(folder: Path) -> bool:
    """Whether a library was ever linked (then `add` keeps the links up to date)."""
    return (folder / FILE).is_file()


def links_of(library: Library) -> list[Link]:
    """The links as they were last made, without the documents removed since."""
    answers, _ = _read(library.path)
    return pairs_of(answers, _by_id(library), library.calibration.accept)


def update(library: Library, progress: Progress | None = None, anew: bool = False) -> LinkReport:
    """Ask what is new or touched, keep the answers, and say what changed."""
    documents = _by_id(library)
    stamp = _stamp(library)
    answers, made_with = _read(library.path)
    accept = library.calibration.accept
    before = pairs_of(answers, documents, accept)
    if anew or made_with != stamp:
        answers = {}
    new, touched = stale(answers, documents)
    answers = {i: a for i, a in answers.items() if i in documents}
    waiting, done = [*sorted(new), *sorted(touched)], 0
    seen = set(waiting)
    while done < len(waiting):
        identity = waiting[done]
        document = documents[identity]
        if progress:
            progress(done, len(waiting), Path(document.path))
        answers[identity] = _ask(library, document, documents)
        done += 1
        if identity in new:  # it may be a better answer to those that it names
            named = [a.document for a in answers[identity] if a.document not in seen]
            waiting += named
            seen.update(named)
        if done % SAVE_EVERY == 0:
            _write(library.path, answers, stamp)
    if waiting or not exist(library.path) or made_with != stamp:
        _write(library.path, answers, stamp)
    if progress:
        progress(done, done, None)
    after = pairs_of(answers, documents, accept)
    old = {(link.recording, link.score) for link in before}
    now = {(link.recording, link.score) for link in after}
    return LinkReport(
        tuple(after),
        tuple(link for link in after if (link.recording, link.score) not in old),
        tuple(link for link in before if (link.recording, link.score) not in now),
        done,
    )


def forget(folder: Path, document: str) -> None:
    """Have a document asked anew at the next `update`, because its vectors changed."""
    answers, made_with = _read(folder)
    if document in answers:
        _write(folder, {i: a for i, a in answers.items() if i != document}, made_with)


def _by_id(library: Library) -> dict[str, Document]:
    return {document.id: document for document in library.documents()}


def _stamp(library: Library) -> str:
    """What answers depend on besides the documents: the encoder and its calibration."""
    weights = ",".join(f"{w:.6g}" for w in library.calibration.weights)
    return f"{library.encoder.info.name};{weights};{library.calibration.same:g}"


def _ask(
    library: Library, document: Document, documents: dict[str, Document]
) -> tuple[Answer, ...]:
    if not library.candidates(other_kind(document.kind)).documents:
        return ()
    ids = {d.path: i for i, d in documents.items()}
    return answer_of(library.find(library.encoded(document)), ids)


def _read(folder: Path) -> tuple[dict[str, tuple[Answer, ...]], str]:
    """Answers by document id and the stamp they were made with; none if there is no file."""
    try:
        record = json.loads((folder / FILE).read_text("utf-8"))
        if record["format"] != FORMAT:
            return {}, ""
        answers = {i: tuple(_answer(a) for a in found) for i, found in record["answers"].items()}
        return answers, str(record["made_with"])
    except FileNotFoundError:
        return {}, ""
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LibraryError(
            f"{folder / FILE}: cannot be read ({error!r}). Delete it and run `scorebridge link`."
        ) from error


def _answer(fields: dict[str, Any]) -> Answer:
    part = fields.pop("part")
    return Answer(**fields, part=Part(**part) if part else None)


def _write(folder: Path, answers: Answers, stamp: str) -> None:
    record = {
        "format": FORMAT,
        "made_with": stamp,
        "answers": {i: [asdict(a) for a in found] for i, found in answers.items()},
    }
    with writing(folder):
        temporary = folder / f"{FILE}.new"
        temporary.write_text(json.dumps(record, separators=(",", ":")), "utf-8")
        temporary.replace(folder / FILE)
