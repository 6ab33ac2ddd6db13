"""Every format of pictures, in every direction that a file can state, with all its pages; and the
same pages as the app shows them."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image, TiffImagePlugin

import heif
from drawing import draw_page
from jbig2 import jbig2
from scorebridge.errors import ScoreError
from scorebridge.score.pages import read_pages
from scorebridge.server.decoding.page_images import draw_page as draw_for_app
from scorebridge.server.decoding.page_images import page_count

STORED = {  # EXIF orientation: how the upright page lies in the file
    1: lambda page: page,
    2: np.fliplr,
    3: lambda page: np.rot90(page, 2),
    4: np.flipud,
    5: lambda page: page.T,
    6: np.rot90,
    7: lambda page: np.rot90(page, 2).T,
    8: lambda page: np.rot90(page, -1),
}
needs_hevc = pytest.mark.skipif(not heif.CAN_ENCODE, reason="PyAV without an HEVC encoder")


@pytest.fixture(scope="module")
def grey() -> np.ndarray:
    """A page of two systems, 600 x 516 px, 0 and 255."""
    image = draw_page(systems=2, space=8, left=40, length=480, margin=90).image
    return np.where(image < 128, 0, 255).astype(np.uint8)


def frames_of(grey: np.ndarray) -> list[np.ndarray]:
    """Three different pages."""
    return [grey, grey[::-1].copy(), np.roll(grey, 60, axis=1)]


def pages_of(path: Path) -> list[np.ndarray]:
    """The pages as they are read; asserts that the app shows the same ones."""
    pages = list(read_pages(path))
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    assert page_count(path) == len(pages)
    for page in pages:
        shown = path.with_name("shown.jpg")
        size = draw_for_app(lambda share, text: None, path, page.number, 0, shown)
        height, width = page.image.shape
        assert size[0] / size[1] == pytest.approx(width / height, rel=0.01)
        drawn = np.asarray(Image.open(shown).convert("L").resize((width, height)), float)
        assert np.abs(drawn - page.image).mean() < 12
    return [page.image for page in pages]


def assert_shows(image: np.ndarray, wanted: np.ndarray) -> None:
    assert image.shape == wanted.shape
    assert np.abs(image.astype(int) - wanted).mean() < 3


def save(path: Path, stored: np.ndarray, orientation: int) -> Path:
    picture, exif = Image.fromarray(np.ascontiguousarray(stored)), Image.Exif()
    exif[0x0112] = orientation
    match path.suffix:
        case ".heic":
            path.write_bytes(heif.heic([np.ascontiguousarray(stored)], orientation))
        case ".tif" | ".tiff":
            compression = "tiff_lzw" if path.suffix == ".tif" else "raw"
            picture.save(path, tiffinfo={0x0112: orientation}, compression=compression)
        case ".webp":
            picture.save(path, exif=exif, lossless=True)
        case ".avif":
            picture.save(path, exif=exif, quality=95, speed=10)
        case _:
            picture.save(path, exif=exif, quality=95)
    return path


@pytest.mark.parametrize("orientation", STORED)
@pytest.mark.parametrize(
    "ending", ["jpg", "png", "webp", "tif", "tiff", "avif", pytest.param("heic", marks=needs_hevc)]
)
def test_a_stated_direction_is_applied_once(
    tmp_path: Path, grey: np.ndarray, ending: str, orientation: int
) -> None:
    path = save(tmp_path / f"photo.{ending}", STORED[orientation](grey), orientation)
    (image,) = pages_of(path)
    assert_shows(image, grey)


@needs_hevc
@pytest.mark.parametrize("orientation", STORED)
@pytest.mark.parametrize("stated", ["the same", 6])
def test_the_exif_block_of_a_heic_file_adds_nothing(
    tmp_path: Path, grey: np.ndarray, orientation: int, stated: int | str
) -> None:
    """Phones write the direction twice: the container's counts."""
    exif = orientation if stated == "the same" else 6
    stored = np.ascontiguousarray(STORED[orientation](grey))
    (tmp_path / "photo.heic").write_bytes(heif.heic([stored], orientation, exif))
    (image,) = pages_of(tmp_path / "photo.heic")
    assert_shows(image, grey)


def test_a_large_turned_scan_is_upright(tmp_path: Path, grey: np.ndarray) -> None:
    """One that is averaged down before it is turned."""
    large = np.kron(grey, np.ones((13, 13), np.uint8))
    Image.fromarray(np.rot90(large)).save(tmp_path / "scan.tif", tiffinfo={0x0112: 6})
    (image,) = (page.image for page in read_pages(tmp_path / "scan.tif"))
    assert image.shape[0] < image.shape[1]
    small = np.asarray(Image.fromarray(image).resize(grey.shape[::-1]), int)
    assert np.abs(small - grey).mean() < 20


@pytest.mark.parametrize("ending", ["tif", "gif", "webp", "png", "avif"])
def test_all_pages_of_a_file(tmp_path: Path, grey: np.ndarray, ending: str) -> None:
    frames = [Image.fromarray(frame) for frame in frames_of(grey)]
    options = {"webp": {"lossless": True}, "avif": {"quality": 95, "speed": 10}}.get(ending, {})
    path = tmp_path / f"volume.{ending}"
    frames[0].save(path, save_all=True, append_images=frames[1:], **options)
    images = pages_of(path)
    assert len(images) == 3
    for image, wanted in zip(images, frames_of(grey), strict=True):
        assert_shows(image, wanted)


@needs_hevc
def test_all_pictures_of_a_heic_file(tmp_path: Path, grey: np.ndarray) -> None:
    path = tmp_path / "volume.heic"
    path.write_bytes(heif.heic([*frames_of(grey), grey[:300].copy()], orientation=1))
    images = pages_of(path)
    for image, wanted in zip(images, [*frames_of(grey), grey[:300]], strict=True):
        assert_shows(image, wanted)


def test_every_page_of_a_tiff_has_its_own_direction(tmp_path: Path, grey: np.ndarray) -> None:
    path = tmp_path / "volume.tif"
    with TiffImagePlugin.AppendingTiffWriter(str(path), True) as writer:
        for orientation in (1, 6, 3):
            raw = Image.fromarray(np.ascontiguousarray(STORED[orientation](grey)))
            raw.save(writer, "TIFF", tiffinfo={0x0112: orientation})
            writer.newFrame()
    images = pages_of(path)
    assert len(images) == 3
    for image in images:
        assert_shows(image, grey)


def test_smaller_copies_in_a_tiff_are_no_pages(tmp_path: Path, grey: np.ndarray) -> None:
    """The pyramid that archives store: each page again at half its size, and its mask."""
    path = tmp_path / "pyramid.tif"
    with TiffImagePlugin.AppendingTiffWriter(str(path), True) as writer:
        for page in frames_of(grey)[:2]:
            for frame, kind in ((page, 2), (page[::2, ::2], 1), (page, 4)):
                picture = Image.fromarray(np.ascontiguousarray(frame))
                picture.save(writer, "TIFF", tiffinfo={254: kind})
                writer.newFrame()
    images = pages_of(path)
    assert len(images) == 2
    for image, wanted in zip(images, frames_of(grey), strict=False):
        assert_shows(image, wanted)


def test_a_photo_with_a_second_picture_is_one_page(tmp_path: Path, grey: np.ndarray) -> None:
    picture = Image.fromarray(grey).convert("RGB")
    path = tmp_path / "photo.jpg"
    picture.save(path, "MPO", save_all=True, append_images=[picture], quality=95)
    (image,) = pages_of(path)
    assert_shows(image, grey)


# Pictures inside a PDF.


def pdf_of(path: Path, content: bytes, coding: str, size: tuple[int, int], **keys: object) -> Path:
    width, height = size
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=size)
        picture = pdf.make_stream(
            content,
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=width,
            Height=height,
            Filter=pikepdf.Name(coding),
            **keys,
        )
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=picture))
        page.Contents = pdf.make_stream(f"{width} 0 0 {height} 0 0 cm /Im Do".encode())
        pdf.save(path)
    return path


def coded_jbig2(grey: np.ndarray) -> bytes:
    return jbig2(grey < 128)


def coded_jpeg2000(grey: np.ndarray) -> bytes:
    out = io.BytesIO()
    Image.fromarray(grey).convert("RGB").save(out, "JPEG2000", no_jp2=False)
    return out.getvalue()


def coded_codestream(grey: np.ndarray) -> bytes:
    out = io.BytesIO()
    Image.fromarray(grey).save(out, "JPEG2000", no_jp2=True)
    return out.getvalue()


@pytest.mark.parametrize(
    ("coded", "coding"),
    [
        (coded_jbig2, "/JBIG2Decode"),
        (coded_jpeg2000, "/JPXDecode"),
        (coded_codestream, "/JPXDecode"),
    ],
)
def test_codings_of_scanners_inside_pdf(
    tmp_path: Path, grey: np.ndarray, coded: Callable[[np.ndarray], bytes], coding: str
) -> None:
    bits = 1 if coded is coded_jbig2 else 8
    stated = {"ColorSpace": pikepdf.Name.DeviceGray, "BitsPerComponent": bits}
    keys = {} if coded is coded_jpeg2000 else stated  # which states them itself
    path = pdf_of(tmp_path / "scan.pdf", coded(grey), coding, grey.shape[::-1], **keys)
    (image,) = pages_of(path)
    assert_shows(image, grey)


# Broken files.


def whole_files(grey: np.ndarray) -> dict[str, bytes]:
    """A file of each format."""
    files = {}
    picture = Image.fromarray(grey)
    for format in ("PNG", "JPEG", "TIFF", "WEBP", "GIF", "BMP", "PPM", "JPEG2000", "AVIF", "PDF"):
        out = io.BytesIO()
        picture.save(out, format, **({"speed": 10} if format == "AVIF" else {}))
        files[format] = out.getvalue()
    if heif.CAN_ENCODE:
        files["HEIC"] = heif.heic([grey])
    return files


@pytest.mark.parametrize("share", [0.02, 0.1, 0.3, 0.5, 0.7, 0.9])
def test_files_that_are_cut_off_are_refused(tmp_path: Path, grey: np.ndarray, share: float) -> None:
    for format, whole in whole_files(grey).items():
        path = tmp_path / f"cut at {share}.{format}"
        path.write_bytes(whole[: max(12, int(share * len(whole)))])
        with pytest.raises(ScoreError) as caught:
            list(read_pages(path))
        message = str(caught.value)
        assert message.startswith(f"{path}: ") and "\n" not in message
        assert caught.value.remedy.endswith(".")
        assert page_count(path) >= 1
