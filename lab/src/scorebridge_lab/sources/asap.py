"""ASAP: 739 human performances of 161 piano pieces as MIDI, with beat and downbeat times.

Beside each: the score as MusicXML and MIDI. Statistics of tempo may be measured on it; weights
that ship are not trained on it.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from scorebridge_lab.home import data
from scorebridge_lab.sources.remote import Remote, Repository, Use
from scorebridge_lab.sources.work import Work

CITATION = (
    "F. Foscarin, A. McLeod, P. Rigaux, F. Jacquemard, M. Sakai, ASAP: a dataset of aligned scores"
    " and performances for piano transcription, ISMIR 2020,"
    " https://github.com/CPJKU/asap-dataset"
)
LICENCE = "CC BY-NC-SA 4.0"
USE: Use = "evaluation"
ASAP = Remote(
    name="asap",
    folder="performances/asap",
    repositories=(Repository("CPJKU/asap-dataset", "4097b45757bed854818cf87e77b92323ebf90615"),),
    archive="performances/asap.zip",
    unavailable="The repository holds these MusicXML scores uncompressed; the performances and"
    " their beats, which the evaluation reads, do not need them.",
)
REMOTES = (ASAP,)
SCORE = "midi_score.mid"


def works(root: Path | None = None, remote: Remote = ASAP) -> list[Work]:
    """All performances, sorted by name: `main` is the MIDI file of the performance.

    Raises LabError where the data is not there.
    """
    place = remote.container(root or data())
    found = []
    for file in remote.files():
        path = PurePosixPath(file.name)
        if path.suffix != ".mid" or path.name == SCORE:
            continue
        found.append(
            Work(
                name="__".join(path.with_suffix("").parts),
                source="asap",
                path=place,
                main=remote.member(file.name),
                members=tuple(
                    remote.member(name)
                    for name in (
                        file.name,
                        f"{path.with_suffix('')}_annotations.txt",
                        f"{path.parent}/{SCORE}",
                        f"{path.parent}/midi_score_annotations.txt",
                    )
                ),
                licence=LICENCE,
                composer=path.parts[0],
                title="/".join(path.parts[1:-1]),
                use="evaluation",
            )
        )
    return sorted(found, key=lambda w: w.name)
