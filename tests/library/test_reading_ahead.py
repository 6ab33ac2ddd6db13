"""Files that are read ahead, several at a time: order, failures and copies are as without it."""

import os
import shutil
import threading
import time
from pathlib import Path

import cv2
import numpy as np
import pytest
import soundfile

from scorebridge import Library
from scorebridge.encode.documents import encode_file
from scorebridge.encode.encoder import Encoder
from scorebridge.errors import InputError
from scorebridge.library.adding import add_files
from scorebridge.library.reading_ahead import OneAtATime, ahead
from scorebridge.library.store import Store, writing
from scorebridge.library.walk import walk
from scorebridge.sandbox import Allowance
from scorebridge.testing import FakeEncoder, melody, score_page
from scorebridge.types import Encoded


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_order_is_kept_and_errors_come_in_their_turn(workers: int) -> None:
    at_work, most = 0, 0
    guard = threading.Lock()

    def slow(number: int) -> int:
        nonlocal at_work, most
        with guard:
            at_work += 1
            most = max(most, at_work)
        time.sleep(0.02 * (3 - number % 4))
        with guard:
            at_work -= 1
        if number % 7 == 3:
            raise ValueError(number)
        return 10 * number

    found = []
    for number, result in ahead(slow, range(20), workers):
        try:
            found.append((number, result()))
        except ValueError as error:
            found.append((number, error.args[0]))
    assert found == [(n, n if n % 7 == 3 else 10 * n) for n in range(20)]
    assert most == workers


def test_what_waits_is_dropped_when_the_loop_ends() -> None:
    begun: list[int] = []

    def function(number: int) -> int:
        begun.append(number)
        time.sleep(0.05)
        return number

    for number, result in ahead(function, range(100), 2):
        assert result() == number
        if number == 3:
            break
    time.sleep(0.2)
    assert len(begun) < 12


def test_an_encoder_takes_one_thread_at_a_time() -> None:
    class Slow(FakeEncoder):
        inside = 0

        def audio(self, windows: np.ndarray) -> np.ndarray:
            assert not self.inside
            self.inside += 1
            time.sleep(0.01)
            self.inside -= 1
            return super().audio(windows)

    encoder = OneAtATime(Slow())
    windows = np.ones((2, 84, 92), np.float32)
    results = [result() for _, result in ahead(encoder.audio, [windows] * 8, 4)]
    assert all(np.array_equal(result, FakeEncoder().audio(windows)) for result in results)
    assert encoder.info == FakeEncoder().info


@pytest.fixture
def music(tmp_path: Path) -> Path:
    folder = tmp_path / "music"
    folder.mkdir()
    for k in range(6):
        soundfile.write(folder / f"{k}.wav", melody(4 + k, k), 22050)
    cv2.imwrite(str(folder / "page.png"), score_page(1, systems=1))
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    shutil.copy(folder / "2.wav", folder / "5 again.wav")
    shutil.copy(folder / "broken.pdf", folder / "broken again.pdf")
    return folder


def test_a_library_is_the_same_however_many_read(tmp_path: Path, music: Path) -> None:
    read: list[str] = []

    def encode(path: Path, encoder: Encoder) -> Encoded:
        read.append(path.name)
        if path.name == "4.wav":
            raise InputError(path, "is broken", "Mend it.")
        return encode_file(path, encoder)

    reports = []
    for workers in (1, 3):
        library = Library(tmp_path / f"library {workers}", FakeEncoder())
        library.create()
        with writing(library.path):
            found = list(walk([music]))
            store = Store(library.path)
            report = add_files(store, found, FakeEncoder(), encode, {}, None, workers=workers)
        reports.append(
            [
                [d.title for d in report.added],
                [d.title for d in report.moved],
                [(e.path.name, e.reason) for e in report.failed],
            ]
        )
        assert library.verify() == []
        again = library.add(music, encode=encode)
        assert len(again.skipped) == 7 and not again.added
    assert reports[0] == reports[1]
    assert reports[0][0] == ["0", "1", "2", "3", "5", "page"] and reports[0][1] == ["5 again"]
    assert read.count("2.wav") == 2 and "5 again.wav" not in read  # once for each library


def test_child_processes_read_several_at_a_time(tmp_path: Path, music: Path) -> None:
    library = Library(tmp_path / "library", FakeEncoder(), allowance=Allowance(1 << 30, 60))
    report = library.add(music)
    assert [d.title for d in report.added] == ["0", "1", "2", "3", "4", "5", "page"]
    assert [e.path.name for e in report.failed] == ["broken again.pdf", "broken.pdf"]
    plain = Library(tmp_path / "plain", FakeEncoder())
    plain.add(music)
    assert library.documents() == plain.documents() and library.verify() == []
    assert len(os.listdir(music)) == 10  # noqa: PTH208
