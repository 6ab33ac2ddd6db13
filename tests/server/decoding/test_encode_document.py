"""Vectors from a child process are those of the command line."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from scorebridge.encode.documents import encode_file
from scorebridge.encode.encoder import MODELS, load_encoder
from scorebridge.server.decoding.encoding import encode_document
from scorebridge.testing import melody


def test_slow_music_is_heard_as_the_command_line_hears_it(tmp_path: Path) -> None:
    if not (MODELS / "default").is_dir():
        pytest.skip("no encoder ships yet in models/default")
    notes = melody(8, 3).reshape(-1, 22050)[:, : 22050 // 4]
    slow = np.zeros((8, 22050), np.float32)  # a note a second
    slow[:, : 22050 // 4] = notes
    path = tmp_path / "slow.wav"
    soundfile.write(path, np.tile(slow, (3, 1)).ravel(), 22050)
    encoder = load_encoder("default")
    assert encoder.info.paced, "the test needs an encoder with paced windows"
    read = encode_document(lambda share, what: None, path, None, 10, 100.0, "default")
    np.testing.assert_array_equal(read.encoded.vectors, encode_file(path, encoder).vectors)
