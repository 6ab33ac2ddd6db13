"""Sources: every work has a name, a licence and a file to engrave; folders of one's own too."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from public_server import write_tar, write_zip  # pyright: ignore[reportMissingImports]

from scorebridge.errors import UsageError
from scorebridge_lab import home
from scorebridge_lab.engrave.engravers import engravers_of
from scorebridge_lab.errors import LabError
from scorebridge_lab.sources import (
    asap,
    folder,
    lieder,
    mutopia_other,
    nottingham,
    openscore_orchestra,
    openscore_quartets,
    pianos,
    polish_ensemble,
    polish_keyboard,
    recordings,
    recordings_other,
)
from scorebridge_lab.sources.registry import MODULES, SOURCES, module_of, unpack, works_of
from scorebridge_lab.sources.remote import Remote

ABC = b"X: 1\nT:First\nK:G\nGABc|\r\n\r\nX: 2\nT:Second\nK:D\nd2e2|\n"
MakeRemote = Callable[..., Remote]


@pytest.fixture
def real() -> Path:
    """The real data, or a skip that names what is missing."""
    try:
        return home.data()
    except LabError as error:
        pytest.skip(f"source data: {error}")


@pytest.fixture
def root(tmp_path, monkeypatch) -> Path:
    """An empty data folder, and a lab of one's own."""
    monkeypatch.setenv("SCOREBRIDGE_LAB", str(tmp_path / "lab"))
    (tmp_path / "data/scores").mkdir(parents=True)
    return tmp_path / "data"


def rows(*names: str, **more: str) -> list[dict[str, str]]:
    return [{"file": n, "composer": "C,_D", "title": f"T_{n[:5]}", **more} for n in names]


def test_archive_and_downloaded_folder_give_the_same_works(
    root: Path, make_remote: MakeRemote, tmp_path
):
    files = {"piece2.krn": b"two", "piece1.krn": b"one"}
    remote = make_remote(files, rows(*files, licence="CC BY 4.0"), archive="scores/scores.zip")
    with pytest.raises(LabError, match=r"scores\.zip or scores/scores/ is not there"):
        polish_keyboard.works(root, remote)
    write_zip(root / "scores/scores.zip", files)
    packed = polish_keyboard.works(root, remote)
    assert packed[0].unpack(tmp_path / "packed").read_bytes() == b"one"
    for name, data in files.items():
        (root / "scores/scores").mkdir(exist_ok=True)
        (root / "scores/scores" / name).write_bytes(data)
    (root / "scores/scores.zip").unlink()
    loose = polish_keyboard.works(root, remote)
    for works in (packed, loose):
        assert [w.name for w in works] == ["piece1", "piece2"]
        assert works[0].licence == "CC BY 4.0" and works[0].train
    assert loose[0].unpack(tmp_path / "loose").read_bytes() == b"one"
    (root / "scores/scores/piece1.krn").unlink()
    with pytest.raises(LabError, match=r"piece1\.krn is not there"):
        loose[0].unpack(tmp_path / "out")


def test_songs_with_and_without_voice(root: Path, make_remote: MakeRemote):
    files = {"song1.mxl": b"x", "song2.mxl": b"x"}
    table = rows("song1.mxl", licence="CC0 1.0", use="judge")
    table += rows("song2.mxl", licence="CC0 1.0", use="train")
    remote = make_remote(files, table, archive="scores/scores.zip")
    write_zip(root / "scores/scores.zip", files)
    songs, alone = lieder.songs(root, remote), lieder.works(root, remote)
    assert songs[0].keep == "song" and songs[0].title == "T song1" and songs[0].composer == "C, D"
    assert alone[0].keep == "piano" and {w.source for w in alone} == {"lieder"}
    assert [w.train for w in alone] == [False, True], "what judges never trains"
    assert {w.name for w in songs}.isdisjoint({w.name for w in alone})


def test_tune_books_are_cut_into_tunes(root: Path, make_remote: MakeRemote, tmp_path):
    remote = make_remote({"jigs.abc": ABC}, archive="scores/scores.zip")
    write_zip(root / "scores/scores.zip", {"jigs.abc": ABC})
    first, second = nottingham.works(root, remote)
    assert (first.name, second.title) == ("jigs-001", "Second")
    assert not first.train and first.use == "papers"
    assert second.unpack(tmp_path / "out").read_text().startswith("X: 2\nT:Second")
    assert first.unpack(tmp_path / "out").read_text().rstrip().endswith("GABc|")


def test_ensembles_come_from_a_tar(root: Path, make_remote: MakeRemote, tmp_path):
    files = {"mass.krn": b"kyrie"}
    table = rows("mass.krn", licence="CC BY 4.0", staves="11")
    remote = make_remote(files, table, archive="scores/scores.tar.xz", rooted=True)
    write_tar(root / "scores/scores.tar.xz", {"scores/mass.krn": b"kyrie"})
    (work,) = polish_ensemble.works(root, remote)
    assert (work.group, work.staves, work.keep) == ("9-14 staves", 11, "all")
    assert work.unpack(tmp_path / "out").read_bytes() == b"kyrie"
    assert polish_ensemble.group_of(1) == "1 staff"
    assert polish_ensemble.group_of(31) == "15 staves or more"


def test_quartets_know_their_pages(root: Path, make_remote: MakeRemote, tmp_path):
    table = rows("sq1.musicxml", licence="CC0 1.0", use="judge", pdf="yes")
    table += rows("sq2.musicxml", licence="CC0 1.0", use="train", pdf="")
    files = {"sq1.musicxml": b"1", "sq2.musicxml": b"2"}
    remote = make_remote(files, table, archive="scores/scores.zip")
    pages = make_remote({"sq1.pdf": b"%PDF-"}, name="pages", archive="scores/pages.zip")
    write_zip(root / "scores/scores.zip", files)
    assert [w.printed for w in openscore_quartets.works(root, remote, pages)] == [None, None]
    write_zip(root / "scores/pages.zip", {"sq1.pdf": b"%PDF-"})
    first, second = openscore_quartets.works(root, remote, pages)
    assert first.use == "judge" and second.train and second.printed is None
    assert first.unpack_printed(tmp_path / "out").read_bytes() == b"%PDF-"
    with pytest.raises(ValueError, match="no printed score"):
        second.unpack_printed(tmp_path / "out")


def test_lilypond_pieces_take_their_full_score(root: Path, make_remote: MakeRemote, tmp_path):
    names = ("duo-lys/cello.ly", "duo-lys/duo-score.ly", "duo-lys/notes.ily")
    files = {f"A/duo/{name}": name.encode() for name in names} | {"A/duo2/x.ly": b"x"}
    table = [
        {
            "id": piece,
            "composer": "A",
            "title": "T",
            "license": "CC BY 4.0",
            "use": use,
            "group": "chamber",
            "top_files": tops,
        }
        for piece, use, tops in (
            ("A/duo", "train", "duo-lys/cello.ly;duo-lys/duo-score.ly;+4"),
            ("A/duo2", "judge", "x.ly"),
        )
    ]
    remote = make_remote(files, table, archive="scores/scores.tar.xz", rooted=True)
    write_tar(root / "scores/scores.tar.xz", {remote.member(n): d for n, d in files.items()})
    duo, other = mutopia_other.works(root, remote)
    assert duo.name == "A__duo" and len(duo.members) == 3 and other.use == "judge"
    main = duo.unpack(tmp_path / "out")
    assert main.name == "duo-score.ly" and (main.parent / "notes.ily").exists()
    assert mutopia_other.full_score(["viola.ly", "Quartet.ly"], "quartet") == "Quartet.ly"
    assert mutopia_other.full_score(["b-a4.ly", "b-let.ly"], "q") == "b-a4.ly"


def test_recordings_with_their_scores(root: Path, make_remote: MakeRemote):
    table = rows("r.opus", "s.opus", licence="CC BY 3.0", score="r.pdf;r.mxl", group="solo")
    remote = make_remote({"r.opus": (b"r", "")}, table)
    for name in ("r.opus", "r.pdf", "r.mxl"):
        (root / "scores/scores").mkdir(exist_ok=True)
        (root / "scores/scores" / name).write_bytes(b"x")
    (work,) = recordings_other.works(root, remote)
    assert work.recording == root / "scores/scores/r.opus" and work.path.name == "r.mxl"
    assert work.use == "evaluation" and work.group == "solo"
    (alone,) = recordings.works(root, remote)
    assert alone.path == work.recording


def test_performances_bring_their_beats(root: Path, make_remote: MakeRemote, tmp_path):
    names = ("Shi05M.mid", "Shi05M_annotations.txt", "midi_score.mid")
    names += ("midi_score_annotations.txt",)
    files = {f"Bach/Fugue/bwv_846/{name}": b"x" for name in names}
    remote = make_remote(files, archive="scores/scores.zip", rooted=True)
    write_zip(root / "scores/scores.zip", {remote.member(n): d for n, d in files.items()})
    (work,) = asap.works(root, remote)
    assert work.name == "Bach__Fugue__bwv_846__Shi05M" and work.title == "Fugue/bwv_846"
    assert len(list(work.unpack(tmp_path / "out").parent.iterdir())) == 4


def test_every_source_is_written_in_one_order(tmp_path):
    for name, module in MODULES.items():
        assert module.__doc__ and module.CITATION and module.LICENCE, name
        assert module.USE in ("train", "judge", "papers", "evaluation"), name
        for remote in module.REMOTES:
            files = remote.files()
            assert files and all(len(f.sha256) == 64 and f.bytes >= 0 for f in files), name
            assert len({f.name for f in files}) == len(files), name
            assert all(f.downloadable for f in files) or remote.unavailable, name
            assert all(len(r.commit) == 40 and "/" in r.name for r in remote.repositories), name
    with pytest.raises(UsageError, match="no such source"):
        module_of("bach")
    with pytest.raises(UsageError, match="no such source"):
        works_of("bach", tmp_path)
    with pytest.raises(LabError, match="no public repository"):
        pianos.folder(tmp_path)


def test_a_folder_of_ones_own(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.krn").write_text("**kern")
    (tmp_path / "b.mei").write_text("<mei/>")
    (tmp_path / "main.ly").write_text('\\include "part.ly"\n')
    (tmp_path / "part.ly").write_text("{ c }")
    (tmp_path / "readme.txt").write_text("no score")
    works = folder.works(tmp_path)
    assert [w.name for w in works] == ["b", "main", "sub__a"]
    assert works[2].unpack(tmp_path / "x") == tmp_path / "sub" / "a.krn"
    assert engravers_of(works[1].path) == ("lilypond",)
    (tmp_path / "empty").mkdir()
    with pytest.raises(LabError, match="no score there"):
        folder.works(tmp_path / "empty")
    with pytest.raises(LabError, match="no such folder"):
        folder.works(tmp_path / "nowhere")


@pytest.mark.slow
def test_the_real_sources_hold_what_a_build_needs(real: Path, tmp_path):
    counts = {name: len(works_of(name, real)) for name in ("mutopia", "polish", "lieder")}
    assert sum(counts.values()) >= 2500
    works = works_of("mutopia", real, everything=True)
    assert len({w.name for w in works}) == len(works) and not all(w.train for w in works)
    assert len(works_of("nottingham", real)) > 1000
    assert set(SOURCES) >= {"songs", *counts}
    assert len(unpack(real, "nottingham", tmp_path / "all")) > 1000


@pytest.mark.parametrize(
    ("module", "uses"),
    [
        (polish_ensemble, {"train": 2970}),
        (openscore_quartets, {"train": 95, "judge": 7}),
        (openscore_orchestra, {"train": 87, "judge": 7}),
        (mutopia_other, {"train": 1347, "judge": 28}),
        (asap, {"evaluation": 739}),
        (recordings_other, {"evaluation": 5}),
    ],
)
def test_the_real_sources_beyond_the_piano(real: Path, module, uses):
    if (
        not (real / module.REMOTES[0].archive).is_file()
        and not (real / module.REMOTES[0].folder).is_dir()
    ):
        pytest.skip(f"{module.REMOTES[0].folder} is not in {real}")
    works = module.works(real)
    assert Counter(w.use for w in works) == uses
    assert len({w.name for w in works}) == len(works)
    assert all(w.composer and w.licence != "unknown" for w in works)
    known = {r.member(f.name) for r in module.REMOTES for f in r.files()}
    assert all(w.main in known for w in works if w.main)


@pytest.mark.slow
def test_works_are_taken_out_of_the_real_archives(real: Path, tmp_path, monkeypatch):
    monkeypatch.setenv("SCOREBRIDGE_LAB", str(tmp_path / "lab"))
    for module in (polish_ensemble, mutopia_other, openscore_quartets):
        try:
            works = module.works(real)
        except LabError as error:
            pytest.skip(str(error))
        for work in works[::400]:
            path = work.unpack(tmp_path / work.source)
            assert path.stat().st_size > 100
    judged = [w for w in openscore_quartets.works(real) if w.printed]
    assert len(judged) == 7
    assert judged[0].unpack_printed(tmp_path / "pdf").read_bytes().startswith(b"%PDF")


def test_zip_members_match_the_tables(real: Path):
    """The tables name what the archives hold."""
    for module in MODULES.values():
        for remote in module.REMOTES:
            if remote.archive.endswith(".zip") and (real / remote.archive).is_file():
                with zipfile.ZipFile(real / remote.archive) as archive:
                    names = {n for n in archive.namelist() if not n.endswith("/")}
                assert names == {remote.member(f.name) for f in remote.files()}
