"""IIIF requests, judged by the specification's own examples and by the pixels that come out."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from scorebridge.server.errors import ApiError
from scorebridge.server.images import info, parse, render, size_of


def request_for(
    region="full", size="max", rotation="0", quality="default", format="jpg", of=(300, 200)
):
    return parse(region, size, rotation, quality, format, *of)


@pytest.mark.parametrize(
    ("region", "box"),
    [  # section 4.1, on its image of 300 x 200
        ("full", (0, 0, 300, 200)),
        ("square", (50, 0, 250, 200)),
        ("125,15,120,140", (125, 15, 245, 155)),
        ("pct:41.6,7.5,40,70", (125, 15, 245, 155)),
        ("125,15,200,200", (125, 15, 300, 200)),
        ("pct:41.6,7.5,66.6,100", (125, 15, 300, 200)),
    ],
)
def test_regions(region: str, box: tuple[int, ...]) -> None:
    assert request_for(region).box == box


@pytest.mark.parametrize(
    ("size", "shape"),
    [  # section 4.2
        ("max", (300, 200)),
        ("150,", (150, 100)),
        (",150", (225, 150)),
        ("pct:50", (150, 100)),
        ("225,100", (225, 100)),
        ("!225,100", (150, 100)),
        ("^360,", (360, 240)),
        ("^,240", (360, 240)),
        ("^pct:120", (360, 240)),
        ("^!360,360", (360, 240)),
    ],
)
def test_sizes(size: str, shape: tuple[int, int]) -> None:
    assert request_for(size=size).size == shape


@pytest.mark.parametrize(
    "part",
    [
        {"region": "125,15,0,140"},
        {"region": "300,0,10,10"},
        {"region": "1.5,0,10,10"},
        {"region": "-1,0,10,10"},
        {"region": "../etc/passwd"},
        {"region": "1,2,3"},
        {"size": "0,"},
        {"size": "301,"},
        {"size": "pct:101"},
        {"size": "^9000,"},
        {"size": ","},
        {"size": "!5,"},
        {"size": "nonsense"},
        {"rotation": "45"},
        {"rotation": "x"},
        {"rotation": "450"},
        {"quality": "sepia"},
        {"format": "exe"},
    ],
)
def test_what_is_not_understood_is_refused(part: dict[str, str]) -> None:
    with pytest.raises(ApiError) as caught:
        request_for(**part)
    assert caught.value.status == 400


def test_the_pixels_are_those_asked_for(tmp_path: Path) -> None:
    columns = np.repeat(np.linspace(0, 255, 320, dtype=np.uint8)[None], 160, 0)
    path = tmp_path / "page.jpg"
    Image.fromarray(columns).save(path, quality=95)
    assert size_of(path) == (320, 160)

    def drawn(**parts: str) -> np.ndarray:
        parts = {"format": "png"} | parts
        return np.asarray(Image.open(io.BytesIO(render(path, request_for(of=(320, 160), **parts)))))

    right = drawn(region="160,0,160,160", size="80,")
    assert right.shape == (80, 80)
    assert abs(right.mean() - columns[:, 160:].mean()) < 2
    assert np.all(np.diff(drawn(rotation="!0")[0].astype(int)) <= 2)
    turned = drawn(rotation="90")  # clockwise: what was left is on top
    assert turned.shape == (320, 160) and turned[0].mean() < 10 < 245 < turned[-1].mean()
    assert len(np.unique(drawn(quality="bitonal"))) == 2
    for format in ("jpg", "webp"):
        assert drawn(format=format).shape[:2] == (160, 320)


def test_a_whole_page_is_sent_as_it_is_stored() -> None:
    assert request_for().is_whole(300, 200)
    assert not request_for(quality="gray").is_whole(300, 200)
    assert not request_for(size="299,").is_whole(300, 200)


def test_the_description_offers_what_is_served() -> None:
    record = info("http://127.0.0.1/iiif/x-1", 2000, 2800)
    assert (record["type"], record["profile"]) == ("ImageService3", "level2")
    for size in record["sizes"]:
        shape = (size["width"], size["height"])
        assert request_for(size=f"{size['width']},{size['height']}", of=(2000, 2800)).size == shape
