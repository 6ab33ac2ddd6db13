"""A performance as a film: the pages with a moving cursor, turning in time, and the sound.

Pages stand at full height side by side, as many as fit the frame (two upright ones in
1920 x 1080, one in an upright frame), and dissolve into the next just before the music gets
there. The bar being played is washed in yellow, a red line moves through it, a thin line
along the lower edge shows how far the piece is.

Frames are put together as the planes that encoders take (brightness at full, colour at half
resolution), so a frame costs 0.2 ms of copying and two small rectangles; encoding is the rest.
Sound goes in at its own level, stereo at most, as AAC.

Which encoder: PyAV's wheels bring FFmpeg with libx264, which is under the GPL, so it is not used
unless it is asked for by name. The first there is of `ENCODERS` is taken: H.264 by OpenH264
(BSD; not in PyAV's wheels of today) or by macOS itself; else VP9 by libvpx (BSD), which browsers,
VLC and Android play in MP4, QuickTime and PowerPoint do not; else MPEG-4 part 2 (FFmpeg's own).

Measured at 1920 x 1080 and 25 frames/s, processor time per second of film: VP9 0.24 s, MPEG-4
part 2 0.15 s (libx264 would be 0.22 s); 0.1 MB, 0.2 MB (0.06 MB).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.errors import InputError, UsageError
from scorebridge.export.visits import Bar, positions_at, printed_bars, tracks_of
from scorebridge.types import AlignedPair, Page, Progress

ENCODERS = ("libopenh264", "h264_videotoolbox", "libvpx-vp9", "mpeg4")
OPTIONS = {
    "libvpx-vp9": {"deadline": "realtime", "cpu-used": "8", "row-mt": "1", "crf": "32"},
    "libx264": {"preset": "veryfast", "crf": "23", "tune": "stillimage"},
    "mpeg4": {"qmin": "3", "qmax": "8"},
}
SOUND_RATE = 48_000  # Hz
SOUND_BITS = 160_000  # per s
AAC_FRAME = 1024  # samples
TURN_S = 0.4  # dissolve of a page turn, before the music reaches the new page
GAP = 0.012  # of the frame's width, between pages
PAPER, TABLE = 255, 232  # grey of the margin of a page, and around the pages
CURSOR = (96, 100, 205)  # brightness, blue-yellow, green-red: a clear red
WASH = (-10, -34, 12)  # added to the same: yellow
REACH = 0.35  # of a system's height, by which cursor and wash reach beyond its staff lines
MIN_SIDE, MAX_SIDE = 64, 4096  # px, of a frame

Plane = NDArray[np.uint8]
Planes = tuple[Plane, Plane, Plane]
"""Brightness [height, width], blue-yellow and green-red [height / 2, width / 2]."""


@dataclass(frozen=True, slots=True)
class VideoSettings:
    """How a film looks."""

    width: int = 1920
    height: int = 1080
    fps: int = 25
    encoder: str = ""
    """FFmpeg's name of the video encoder; by default the first there is of `ENCODERS`."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Pages side by side as one picture, and where each of them is in it."""

    planes: Planes
    pages: dict[int, tuple[int, int, int, int]]
    """Page number to x, y, width, height in px."""


def write_video(
    pages: Sequence[Page],
    pair: AlignedPair,
    recording: Path,
    out: Path,
    settings: VideoSettings | None = None,
    progress: Progress | None = None,
) -> str:
    """Write the film of a pair as MP4; returns the name of the encoder used.

    Parameters
    ----------
    pages : those to show, in order, for instance from the first one played to the last.
    pair : the alignment, the systems of the score and the duration of the recording.
    recording : its file, read for its sound; the film lasts to its end.
    progress : in seconds; may raise to stop (the file is then left unfinished).

    Raises `UsageError` (frame size, encoder), `AudioError` (recording), `InputError`
    (cannot be written).
    """
    import av

    settings = settings or VideoSettings()
    _check(settings)
    encoder = _encoder(settings)
    bars, duration_s = printed_bars(pair.places), pair.duration_s
    spreads = _spreads(pages, settings)
    times = np.arange(int(np.ceil(duration_s * settings.fps)) + 1) / settings.fps
    positions = positions_at(tracks_of(pair.alignment, bars), times)
    scenes = _scenes(spreads, bars, positions)
    frames = _frames(spreads, scenes, bars, positions, settings)
    try:
        with av.open(str(out), "w", format="mp4", options={"movflags": "+faststart"}) as container:
            video: Any = container.add_stream(encoder, rate=settings.fps)
            _set_up(video, settings, encoder)
            sound: Any = container.add_stream("aac", rate=SOUND_RATE, layout="stereo")
            sound.bit_rate = SOUND_BITS
            shown, last = 0, next(frames)
            for done, frame in _sound_frames(recording):
                container.mux(sound.encode(frame))
                while shown < done * settings.fps:
                    container.mux(video.encode(_picture(last, shown, settings)))
                    shown += 1
                    last = next(frames, last)
                    if progress and shown % settings.fps == 0:
                        progress(min(shown / settings.fps, duration_s), duration_s, None)
            container.mux(sound.encode(None))
            container.mux(video.encode(None))
    except (av.FFmpegError, OSError) as error:
        raise InputError(out, f"cannot be written ({error})", "Check the disk.") from error
    if progress:
        progress(duration_s, duration_s, None)
    return encoder


def _check(settings: VideoSettings) -> None:
    for side in (settings.width, settings.height):
        if not MIN_SIDE <= side <= MAX_SIDE or side % 2:
            raise UsageError(
                f"{settings.width}x{settings.height}: give even numbers of pixels from"
                f" {MIN_SIDE} to {MAX_SIDE}."
            )
    if not 1 <= settings.fps <= 120:
        raise UsageError(f"{settings.fps} frames per second: give 1 to 120.")


def _encoder(settings: VideoSettings) -> str:
    """The name of the encoder to use, tried on one frame (some need a device)."""
    import av

    wanted = (settings.encoder,) if settings.encoder else ENCODERS
    for name in wanted:
        try:
            context: Any = av.CodecContext.create(name, "w")
            context.framerate, context.time_base = settings.fps, Fraction(1, settings.fps)
            _set_up(context, settings, name)
            blank = np.full((settings.height * 3 // 2, settings.width), 128, np.uint8)
            context.encode(_picture(blank, 0, settings))
            return name
        except (av.FFmpegError, ValueError, TypeError, AttributeError):
            continue  # unknown here, without its device, or no encoder of pictures
    raise UsageError(
        f"No video encoder {' or '.join(wanted)} in this FFmpeg: {_available()} are there."
    )


def _available() -> str:
    import av

    known = (*ENCODERS, "libx264", "libsvtav1", "h264_nvenc", "h264_qsv", "h264_amf")
    return ", ".join(name for name in known if name in av.codecs_available) or "none"


def _set_up(stream: Any, settings: VideoSettings, encoder: str) -> None:
    stream.width, stream.height, stream.pix_fmt = settings.width, settings.height, "yuv420p"
    stream.options = OPTIONS.get(encoder, {})
    stream.bit_rate = 0 if "crf" in stream.options else settings.width * settings.height
    context = getattr(stream, "codec_context", stream)
    context.gop_size = 4 * settings.fps  # seeking is exact to a frame all the same, only slower
    context.max_b_frames = 0
    context.color_range = 1  # brightness 16 to 235, as `_spreads` makes it


def _picture(planes: Plane, number: int, settings: VideoSettings) -> Any:
    import av

    frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
    frame.pts, frame.time_base = number, Fraction(1, settings.fps)
    return frame


# Pages to spreads


def _spreads(pages: Sequence[Page], settings: VideoSettings) -> list[Spread]:
    """Pages in groups that fit the frame side by side, each group as one picture."""
    width, height = settings.width, settings.height
    gap = round(GAP * width)
    widest = max(page.image.shape[1] / page.image.shape[0] for page in pages) * height
    count = max(1, int((width + gap) // (widest + gap)))
    spreads = []
    for first in range(0, len(pages), count):
        group = pages[first : first + count]
        sizes = []
        for page in group:
            high, wide = page.image.shape
            scale = min(height / high, (width - gap * (len(group) - 1)) / len(group) / wide)
            sizes.append((max(1, int(wide * scale)), max(1, int(high * scale))))
        x = (width - sum(w for w, _ in sizes) - gap * (len(group) - 1)) // 2
        grey = np.full((height, width), TABLE, np.uint8)
        where = {}
        for page, (wide, high) in zip(group, sizes, strict=True):
            y = (height - high) // 2
            grey[y : y + high, x : x + wide] = cv2.resize(
                page.image, (wide, high), interpolation=cv2.INTER_AREA
            )
            where[page.number] = (x, y, wide, high)
            x += wide + gap
        light = np.round(16 + grey * (219 / 255)).astype(np.uint8)
        neutral = np.full((height // 2, width // 2), 128, np.uint8)
        spreads.append(Spread((light, neutral, neutral), where))
    return spreads


def _scenes(
    spreads: Sequence[Spread], bars: Sequence[Bar], positions: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Index of the spread in each frame; where nothing is played the one before stays."""
    spread_of = {page: k for k, spread in enumerate(spreads) for page in spread.pages}
    of_bar = np.array([spread_of.get(bar.page, 0) for bar in bars] or [0])
    played = ~np.isnan(positions)
    scenes = np.zeros(len(positions), np.int64)
    if not played.any():
        return scenes
    scenes[played] = of_bar[positions[played].astype(np.int64)]
    latest = np.maximum.accumulate(np.where(played, np.arange(len(positions)), -1))
    before = int(np.argmax(played))  # the first frame with music
    return scenes[np.where(latest < 0, before, latest)]


# Spreads to frames


def _frames(
    spreads: Sequence[Spread],
    scenes: NDArray[np.int64],
    bars: Sequence[Bar],
    positions: NDArray[np.float64],
    settings: VideoSettings,
) -> Iterator[Plane]:
    """The frames as uint8 [height * 3 / 2, width]: the three planes one below the other."""
    width, height = settings.width, settings.height
    turns = np.flatnonzero(np.diff(scenes)) + 1  # frames that show a new spread
    length = max(1, round(TURN_S * settings.fps))
    for k, (scene, position) in enumerate(zip(scenes, positions, strict=True)):
        frame = np.empty((height * 3 // 2, width), np.uint8)
        light = frame[:height]
        colours = frame[height:].reshape(2, height // 2, width // 2)
        nearest = int(np.searchsorted(turns, k, "right"))
        ahead = int(turns[nearest]) - k if nearest < len(turns) else length + 1
        light[:] = spreads[scene].planes[0]
        colours[0], colours[1] = spreads[scene].planes[1:]
        if ahead <= length:
            share = 1 - ahead / (length + 1)
            new = spreads[scenes[k + ahead]].planes[0]
            cv2.addWeighted(light.copy(), 1 - share, new, share, 0, dst=light)
        planes = (light, colours[0], colours[1])
        if not np.isnan(position):
            _cursor(planes, spreads[scene], bars[int(position)], float(position % 1))
        done = round(width * k / max(1, len(scenes) - 1))
        _paint(planes, (0, height - 4, done, height), CURSOR)
        yield frame


def _cursor(planes: Planes, spread: Spread, bar: Bar, share: float) -> None:
    """Wash the bar, and draw the line at `share` of its width."""
    if bar.page not in spread.pages:
        return
    left, top, wide, high = spread.pages[bar.page]
    x0, y0, x1, y1 = bar.box
    reach = REACH * (y1 - y0)
    upper, lower = top + max(0.0, y0 - reach) * high, top + min(1.0, y1 + reach) * high
    ends = round(left + x0 * wide), round(upper), round(left + x1 * wide), round(lower)
    _tint(planes, ends, WASH)
    x = left + (x0 + share * (x1 - x0)) * wide
    thick = max(2, round(high / 360))
    _paint(planes, (round(x - thick / 2), round(upper), round(x + thick / 2), round(lower)), CURSOR)


def _paint(planes: Planes, box: tuple[int, int, int, int], colour: tuple[int, int, int]) -> None:
    x0, y0, x1, y1 = (max(0, v) for v in box)
    planes[0][y0:y1, x0:x1] = colour[0]
    for plane, value in zip(planes[1:], colour[1:], strict=True):
        plane[y0 // 2 : (y1 + 1) // 2, x0 // 2 : (x1 + 1) // 2] = value


def _tint(planes: Planes, box: tuple[int, int, int, int], change: tuple[int, int, int]) -> None:
    """Shift the colour of what is there; black stays black, as ink does under a marker."""
    x0, y0, x1, y1 = (max(0, v) for v in box)
    part = planes[0][y0:y1, x0:x1].astype(np.int16)
    planes[0][y0:y1, x0:x1] = part + change[0] * (part - 16) // 219
    for plane, by in zip(planes[1:], change[1:], strict=True):
        spot = plane[y0 // 2 : (y1 + 1) // 2, x0 // 2 : (x1 + 1) // 2]
        spot[:] = np.clip(spot.astype(np.int16) + by, 0, 255)


# Sound


def _sound_frames(recording: Path) -> Iterator[tuple[float, Any]]:
    """(seconds up to its end, frame) of the recording, as the AAC encoder takes them."""
    import av

    from scorebridge.audio.decode import blocks

    resampler, kind, count = None, (0, 0), 0

    def numbered(frames: list[Any]) -> Iterator[tuple[float, Any]]:
        nonlocal count
        for frame in frames:
            frame.pts, frame.time_base = count, Fraction(1, SOUND_RATE)
            count += frame.samples
            yield count / SOUND_RATE, frame

    for rate, block in blocks(recording):
        samples = block if block.shape[1] <= 2 else block.mean(axis=1, keepdims=True)
        if resampler is None or kind != (rate, samples.shape[1]):  # nearly always once
            if resampler:
                yield from numbered(resampler.resample(None))
            kind = (rate, samples.shape[1])
            resampler = av.AudioResampler("fltp", "stereo", SOUND_RATE, AAC_FRAME)
        planar = np.ascontiguousarray(np.nan_to_num(samples.T), np.float32)
        layout = "mono" if len(planar) == 1 else "stereo"
        part = av.AudioFrame.from_ndarray(planar, format="fltp", layout=layout)
        part.sample_rate = rate
        yield from numbered(resampler.resample(part))
    if resampler:
        yield from numbered(resampler.resample(None))
