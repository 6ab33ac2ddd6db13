"""The list of documents: search, link states, and changes by other programs."""

import time
from pathlib import Path

import cv2

from scorebridge import Library
from scorebridge.server.catalogue import (
    SETTLED_NS,
    UNCERTAIN_BELOW,
    Catalogue,
    CatalogueLink,
    CatalogueReader,
    Entry,
)
from scorebridge.server.upload_store import UploadNames
from scorebridge.testing import score_page
from scorebridge.types import Kind


def entry(document_id: str, kind: Kind, title: str) -> Entry:
    path = f"/somewhere/{title}.pdf"
    return Entry(
        id=document_id,
        paths=(path,),
        kind=kind,
        title=title,
        name=Path(path).name,
        extent=1.0,
        pages=1,
        added=0.0,
    )


def test_links_decide_the_state_of_a_document() -> None:
    names: dict[str, Kind] = {"a": "score", "b": "score", "c": "score"}
    names |= {"x": "recording", "y": "recording"}
    entries = {name: entry(name, kind, name) for name, kind in names.items()}
    links = (
        CatalogueLink("a", "x", UNCERTAIN_BELOW - 0.1),
        CatalogueLink("a", "y", UNCERTAIN_BELOW + 0.05),
        CatalogueLink("b", "x", UNCERTAIN_BELOW - 0.2),
        CatalogueLink("removed", "y", 0.99),
    )
    catalogue = Catalogue(1, entries, links)
    assert [found.id for found in catalogue.search(state="unlinked")] == ["c"]
    assert [found.id for found in catalogue.search(state="uncertain")] == ["b", "x"]
    record = catalogue.as_record(entries["a"])
    assert [link["id"] for link in record["links"]] == ["y", "x"]  # the best one first
    assert record["pages"] == 1 and "duration_s" not in record
    assert "pages" not in catalogue.as_record(entries["x"])


def test_a_search_ignores_case_and_accents() -> None:
    entries = {"a": entry("a", "score", "Étude à Ørsted"), "b": entry("b", "score", "Sonata")}
    catalogue = Catalogue(1, entries, ())
    assert [found.id for found in catalogue.search(q="etude PDF")] == ["a"]
    assert [found.id for found in catalogue.search(sort="added")] == ["b", "a"]


def test_changes_by_other_programs_are_seen(tmp_path: Path) -> None:
    library = Library(tmp_path / "library")
    pages = [tmp_path / f"page {k}.png" for k in range(2)]
    for k, page in enumerate(pages):
        cv2.imwrite(str(page), score_page(k, systems=1))
    library.add(pages[0])
    reader = CatalogueReader(Library(library.path), UploadNames(tmp_path / "names.sqlite"))
    first = reader.read()
    time.sleep(SETTLED_NS / 1e9 + 0.05)
    assert reader.read() is first  # nothing is read again
    library.add(pages[1])
    second = reader.read()
    assert second.version == first.version + 1
    assert [found.title for found in second.search()] == ["page 0", "page 1"]
    time.sleep(SETTLED_NS / 1e9 + 0.05)
    assert reader.read() is second
    box = {"box": [0.0, 0.0, 1.0, 1.0]}
    library.correct(pages[1], {"pages": [{"page": 1, "rotation": 0, "systems": [box]}]})
    assert reader.read().version > second.version  # its pages are other ones now
    library.remove(pages[0])
    assert list(reader.read().by_path) == [str(pages[1])]
