"""Thumbnails, sound and waveforms over HTTP."""

import io
from pathlib import Path

import numpy as np
import soundfile
from PIL import Image
from starlette.testclient import TestClient

API = "/api/v1"


def test_thumbnails(client: TestClient, ids: dict[str, str]) -> None:
    small = client.get(f"{API}/documents/{ids['étude']}/thumbnail")
    assert Image.open(io.BytesIO(small.content)).width == 320
    wave = client.get(f"{API}/documents/{ids['take 1']}/thumbnail")
    assert wave.headers["content-type"] == "image/svg+xml" and b"<svg" in wave.content


def test_a_wav_is_sent_as_it_is_and_in_ranges(
    client: TestClient, ids: dict[str, str], files: dict[str, Path]
) -> None:
    address = f"{API}/documents/{ids['take 1']}/audio"
    whole = client.get(address)
    content = files["wav"].read_bytes()
    assert whole.content == content and whole.headers["content-type"] == "audio/wav"
    part = client.get(address, headers={"range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, content[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(content)}"
    assert client.get(address, headers={"range": f"bytes={10**9}-"}).status_code == 416


def test_other_formats_become_flac_of_the_same_times(
    client: TestClient, ids: dict[str, str], files: dict[str, Path]
) -> None:
    answer = client.get(f"{API}/documents/{ids['take 2']}/audio")
    assert answer.headers["content-type"] == "audio/flac"
    played, rate = soundfile.read(io.BytesIO(answer.content), dtype="float32")
    expected, expected_rate = soundfile.read(files["ogg"], dtype="float32")
    assert rate == expected_rate and len(played) == len(expected)
    assert np.abs(played - expected).max() < 1e-3


def test_peaks_are_the_greatest_values(
    client: TestClient, ids: dict[str, str], files: dict[str, Path]
) -> None:
    answer = client.get(f"{API}/documents/{ids['take 1']}/peaks", params={"points": 8}).json()
    samples, _ = soundfile.read(files["wav"], dtype="float32")
    expected = np.abs(samples).reshape(8, -1).max(axis=1)
    assert answer["duration_s"] == 8 and answer["points"] == 8
    np.testing.assert_allclose(answer["peaks"], expected, atol=0.01)
    assert client.get(f"{API}/documents/{ids['étude']}/peaks").status_code == 404
