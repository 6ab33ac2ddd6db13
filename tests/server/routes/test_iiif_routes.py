"""Page pictures over HTTP."""

import io
from pathlib import Path

import numpy as np
from PIL import Image
from starlette.testclient import TestClient

API = "/api/v1"


def test_a_page_whole_in_parts_and_described(
    client: TestClient, ids: dict[str, str], files: dict[str, Path]
) -> None:
    base = f"{API}/iiif/{ids['étude']}-1"
    assert client.get(base).url.path.endswith("/info.json")
    record = client.get(f"{base}/info.json").json()
    with Image.open(files["score"]) as original:
        assert (record["width"], record["height"]) == original.size
        expected = np.asarray(original.convert("L"), float)
    whole = client.get(f"{base}/full/max/0/default.jpg")
    assert whole.headers["cache-control"] == "private, max-age=600"  # it may be turned later
    pixels = np.asarray(Image.open(io.BytesIO(whole.content)).convert("L"), float)
    assert np.abs(pixels - expected).mean() < 3
    tile = client.get(f"{base}/256,256,256,256/128,/0/default.png")
    assert Image.open(io.BytesIO(tile.content)).size == (128, 128)
    assert client.get(f"{API}/iiif/{ids['étude']}-2/info.json").status_code == 404
    assert client.get(f"{base}/full/max/45/default.jpg").status_code == 400
