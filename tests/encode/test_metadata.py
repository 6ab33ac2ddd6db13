"""Titles and outlines that files state of themselves."""

from pathlib import Path

import cv2
import pikepdf
import pytest
import soundfile

from scorebridge.encode.documents import encode_recording
from scorebridge.encode.metadata import read_metadata
from scorebridge.testing import FakeEncoder, melody, score_page
from scorebridge.types import Metadata


def test_outline_and_title_of_a_pdf(tmp_path: Path) -> None:
    path = tmp_path / "volume.pdf"
    with pikepdf.new() as pdf:
        for _ in range(4):
            pdf.add_blank_page()
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Erster Satz", 0))
            outline.root.append(pikepdf.OutlineItem("Zweiter\nSatz ", 2))
        pdf.docinfo["/Title"] = "Sonate  für Klavier"
        pdf.save(path)
    outline = (("Erster Satz", 1), ("Zweiter Satz", 3))
    assert read_metadata(path, "score") == Metadata("Sonate für Klavier", outline)


def test_other_scores_and_broken_ones_state_nothing(tmp_path: Path) -> None:
    page = tmp_path / "page.png"
    cv2.imwrite(str(page), score_page(systems=1))
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing more")
    for path in (page, tmp_path / "broken.pdf", tmp_path / "gone.pdf"):
        assert read_metadata(path, "score") == Metadata()


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.ogg", "a.mp3"])
def test_the_title_tag_of_a_recording(name: str, tmp_path: Path) -> None:
    with soundfile.SoundFile(tmp_path / name, "w", 22050, 1) as file:
        file.title = "Étude Nr. 3"
        file.write(melody(3))
    assert read_metadata(tmp_path / name, "recording").title == "Étude Nr. 3"
    encoded = encode_recording(tmp_path / name, FakeEncoder())
    assert encoded.metadata.title == "Étude Nr. 3"


def test_a_recording_without_tags(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", melody(2), 22050)
    (tmp_path / "broken.mp3").write_bytes(b"ID3\x04 and no more")
    for name in ("a.wav", "broken.mp3", "gone.wav"):
        assert read_metadata(tmp_path / name, "recording") == Metadata()
