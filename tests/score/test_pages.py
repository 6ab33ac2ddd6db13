"""Score files of every kind to pages, and broken ones to messages that say what to do."""

import io
import os
import struct
import zlib
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from drawing import draw_page
from scorebridge.errors import ScoreError
from scorebridge.score.pages import MAX_PIXELS, WORKING_WIDTH, read_pages


@pytest.fixture(scope="module")
def grey() -> np.ndarray:
    """A page of two systems, 600 px wide, 0 and 255."""
    image = draw_page(systems=2, space=8, left=40, length=480, margin=90).image
    return np.where(image < 128, 0, 255).astype(np.uint8)


def write_pdf(
    path: Path,
    pages: int,
    box: tuple[int, int] = (595, 842),
    encryption: pikepdf.Encryption | bool = False,
) -> Path:
    """A PDF of `pages` pages, each with one black rectangle at its lower left."""
    with pikepdf.new() as pdf:
        for _ in range(pages):
            page = pdf.add_blank_page(page_size=box)
            page.Contents = pdf.make_stream(b"0 0 0 rg 60 80 100 40 re f")
        pdf.save(path, encryption=encryption)
    return path


def pdf_of_picture(path: Path, picture: Image.Image, dpi: int) -> Path:
    picture.save(path, "PDF", resolution=dpi)
    return path


def only(path: Path) -> np.ndarray:
    (page,) = read_pages(path)
    assert page.number == 1 and page.path == path
    assert page.image.dtype == np.uint8
    return page.image


def error_of(path: Path) -> str:
    with pytest.raises(ScoreError) as caught:
        list(read_pages(path))
    assert caught.value.path == path
    assert caught.value.remedy.endswith(".")
    return str(caught.value)


def test_pdf_pages_come_in_order_and_at_working_width(tmp_path: Path) -> None:
    pages = list(read_pages(write_pdf(tmp_path / "ü 楽譜.pdf", 3)))
    assert [p.number for p in pages] == [1, 2, 3]
    height, width = pages[0].image.shape
    assert width == WORKING_WIDTH
    assert height / width == pytest.approx(842 / 595, rel=0.002)
    rows, columns = np.nonzero(pages[0].image < 128)
    scale = WORKING_WIDTH / 595  # the rectangle 60..160 from the left, 80..120 from below
    assert (columns.min(), columns.max()) == pytest.approx((60 * scale, 160 * scale), abs=2)
    assert (rows.min(), rows.max()) == pytest.approx((722 * scale, 762 * scale), abs=2)


def test_pdf_of_a_small_picture_is_not_blown_up(tmp_path: Path, grey: np.ndarray) -> None:
    image = only(pdf_of_picture(tmp_path / "scan.pdf", Image.fromarray(grey), 72))
    assert image.shape == grey.shape
    assert np.abs(image.astype(int) - grey).mean() < 3


def test_absurdly_long_pdf_page_stays_small(tmp_path: Path) -> None:
    image = only(write_pdf(tmp_path / "long.pdf", 1, (200, 14000)))
    assert image.size < 20_000_000
    assert "too narrow" in error_of(write_pdf(tmp_path / "line.pdf", 1, (20, 14000)))


@pytest.mark.parametrize("ending", ["png", "tif", "bmp", "gif", "webp"])
def test_pictures_come_as_they_are(tmp_path: Path, grey: np.ndarray, ending: str) -> None:
    path = tmp_path / f"page.{ending}"
    Image.fromarray(grey).save(path, lossless=True)  # for WebP; the others are
    assert np.array_equal(only(path), grey)


def test_content_counts_not_the_ending(tmp_path: Path, grey: np.ndarray) -> None:
    path = tmp_path / "page.pdf"
    Image.fromarray(grey).save(path, "PNG")
    assert np.array_equal(only(path), grey)


@pytest.mark.parametrize("mode", ["1", "P", "RGB", "RGBA", "LA", "CMYK", "I;16", "I", "F"])
def test_every_mode_gives_the_same_grey(tmp_path: Path, grey: np.ndarray, mode: str) -> None:
    if mode == "I;16":
        picture = Image.fromarray(grey.astype(np.uint16) * 257)
    elif mode == "I":
        picture = Image.fromarray(grey.astype(np.int32) * 257)
    elif mode == "F":
        picture = Image.fromarray(grey.astype(np.float32) / 255)
    else:
        picture = Image.fromarray(grey).convert(mode)
    picture.save(tmp_path / "page.tif")
    assert np.abs(only(tmp_path / "page.tif").astype(int) - grey).max() <= 2


def test_transparent_paper_is_white(tmp_path: Path, grey: np.ndarray) -> None:
    picture = np.zeros((*grey.shape, 4), np.uint8)
    picture[..., 3] = 255 - grey  # black ink, nothing elsewhere
    Image.fromarray(picture).save(tmp_path / "ink.png")
    assert np.array_equal(only(tmp_path / "ink.png"), grey)


def test_negative_is_undone(tmp_path: Path, grey: np.ndarray) -> None:
    Image.fromarray(255 - grey).save(tmp_path / "negative.png")
    assert np.array_equal(only(tmp_path / "negative.png"), grey)


def test_photo_is_set_upright(tmp_path: Path, grey: np.ndarray) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # "turn by 90 degrees clockwise to show"
    lying = Image.fromarray(np.rot90(grey))
    lying.save(tmp_path / "photo.jpg", exif=exif, quality=95)
    image = only(tmp_path / "photo.jpg")
    assert image.shape == grey.shape
    assert np.abs(image.astype(int) - grey).mean() < 5


@pytest.fixture(scope="module")
def orchestral() -> np.ndarray:
    """A page of many staves, whose lines would be less than 7 px apart at the usual width."""
    return draw_page(systems=1, staves=24, length=3000).image


@pytest.mark.parametrize("ending", ["png", "jpg", "pdf"])
def test_a_page_on_its_side_is_read_as_finely_as_an_upright_one(
    tmp_path: Path, orchestral: np.ndarray, ending: str
) -> None:
    Image.fromarray(orchestral).save(tmp_path / f"upright.{ending}")
    Image.fromarray(np.rot90(orchestral)).save(tmp_path / f"lying.{ending}")
    upright, lying = only(tmp_path / f"upright.{ending}"), only(tmp_path / f"lying.{ending}")
    assert upright.shape[1] > 1.3 * WORKING_WIDTH
    if ending == "pdf":  # drawn so large that lines are far enough apart
        assert lying.shape[0] > 0.9 * upright.shape[1]
    else:
        assert lying.shape == upright.shape[::-1]
        assert np.abs(np.rot90(lying, -1).astype(int) - upright).mean() < 1


def test_common_pages_on_their_side_are_no_larger_than_upright_ones(tmp_path: Path) -> None:
    drawn = draw_page(systems=6, space=24, length=2400).image
    Image.fromarray(np.rot90(drawn)).save(tmp_path / "lying.png")
    assert only(tmp_path / "lying.png").shape[0] == WORKING_WIDTH


def test_pages_of_a_tiff(tmp_path: Path, grey: np.ndarray) -> None:
    frames = [Image.fromarray(g).convert("1") for g in (grey, grey[:300])]
    path = tmp_path / "volume.tif"
    frames[0].save(path, save_all=True, append_images=frames[1:], compression="group4")
    assert [p.image.shape for p in read_pages(path)] == [grey.shape, (300, grey.shape[1])]


def test_archive_scan_is_averaged_down(tmp_path: Path) -> None:
    """5,600 x 7,300 px of one bit, as the largest scans in use."""
    picture = np.zeros((7300, 5600), bool)
    picture[3650:] = True
    Image.fromarray(picture).save(tmp_path / "scan.tif", compression="group4")
    image = only(tmp_path / "scan.tif")
    assert image.shape[1] == WORKING_WIDTH
    assert image[: len(image) // 2 - 1].max() == 0 and image[len(image) // 2 + 1 :].min() == 255


def test_huge_picture_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    for name, side in (("huge", 20_000), ("large", 9_100)):
        header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
        chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
        (tmp_path / f"{name}.png").write_bytes(
            b"\x89PNG\r\n\x1a\n"
            + b"".join(
                struct.pack(">I", len(d)) + t + d + struct.pack(">I", zlib.crc32(t + d))
                for t, d in chunks
            )
        )
    assert MAX_PIXELS < 9_100**2
    assert "too large" in error_of(tmp_path / "huge.png")
    assert "9,100 x 9,100 px, too large" in error_of(tmp_path / "large.png")


def test_huge_picture_in_a_pdf_is_refused(tmp_path: Path) -> None:
    """The page names a picture of 20,000 x 20,000 px; reading it would take 1.2 GB."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        picture = pdf.make_stream(
            b"",
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=20_000,
            Height=20_000,
            ColorSpace=pikepdf.Name.DeviceGray,
            BitsPerComponent=1,
        )
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=picture))
        page.Contents = pdf.make_stream(b"595 0 0 842 0 0 cm /Im Do")
        pdf.save(tmp_path / "huge.pdf")
    assert "too large" in error_of(tmp_path / "huge.pdf")


def test_broken_files_say_what_is_wrong(tmp_path: Path, grey: np.ndarray) -> None:
    (tmp_path / "empty.pdf").touch()
    assert "is empty" in error_of(tmp_path / "empty.pdf")
    (tmp_path / "text.pdf").write_text("Allegro ma non troppo")
    assert "is a text file, neither a score" in error_of(tmp_path / "text.pdf")
    assert "does not exist" in error_of(tmp_path / "no such file.pdf")
    assert "is a folder" in error_of(tmp_path)
    if Path("/dev/zero").exists():
        assert "not a regular file" in error_of(Path("/dev/zero"))
    Image.new("L", (1, 1)).save(tmp_path / "dot.png")
    assert "1 x 1 px, too small" in error_of(tmp_path / "dot.png")
    whole = io.BytesIO()
    Image.fromarray(grey).save(whole, "PNG")
    (tmp_path / "half.png").write_bytes(whole.getvalue()[: len(whole.getvalue()) // 2])
    assert "is damaged" in error_of(tmp_path / "half.png")
    (tmp_path / "phone.heic").write_bytes(b"\0\0\0\x18ftypheic" + bytes(100))
    assert "is a damaged picture, or cut off" in error_of(tmp_path / "phone.heic")
    (tmp_path / "sound.pdf").write_bytes(b"fLaC\0\0\0\x22" + bytes(100))
    assert "is a recording, not a score" in error_of(tmp_path / "sound.pdf")


def test_broken_pdfs_say_what_is_wrong(tmp_path: Path) -> None:
    assert "without pages" in error_of(write_pdf(tmp_path / "none.pdf", 0))
    locked = write_pdf(
        tmp_path / "locked.pdf", 1, encryption=pikepdf.Encryption(owner="o", user="u")
    )
    assert "is encrypted" in error_of(locked)
    whole = write_pdf(tmp_path / "whole.pdf", 2).read_bytes()
    (tmp_path / "head.pdf").write_bytes(whole[:40])
    assert "is a damaged PDF" in error_of(tmp_path / "head.pdf")


def test_pdf_locked_only_against_changes_is_read(tmp_path: Path) -> None:
    lock = pikepdf.Encryption(owner="secret", user="")
    assert only(write_pdf(tmp_path / "owned.pdf", 1, encryption=lock)).min() == 0


def test_damaged_page_in_the_middle_is_named_after_the_good_ones(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "three.pdf", 3)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[1].obj.MediaBox = pikepdf.Array([0, 0, 595, 842])
        pdf.pages[1].obj.Type = pikepdf.Name.Nonsense
        pdf.save(path)
    pages = read_pages(path)
    assert next(pages).number == 1
    with pytest.raises(ScoreError, match="page 2 of 3"):
        next(pages)


def test_damaged_frame_of_a_tiff_is_named(tmp_path: Path, grey: np.ndarray) -> None:
    frames = [Image.fromarray(grey).convert("1")] * 2
    path = tmp_path / "volume.tif"
    frames[0].save(path, save_all=True, append_images=frames[1:])
    path.write_bytes(path.read_bytes()[: -path.stat().st_size // 3])
    pages = read_pages(path)
    assert next(pages).number == 1
    with pytest.raises(ScoreError, match="damaged"):
        next(pages)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "private.pdf", 1)
    path.chmod(0)
    assert "may not be read" in error_of(path)
