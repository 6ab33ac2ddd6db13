"""Sound as browsers play it."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from scorebridge.audio.decode import CONTAINERS, blocks
from scorebridge.errors import AudioError
from scorebridge.sandbox import Report

BROWSER_RATES = (8000, 16000, 22050, 24000, 32000, 44100, 48000, 88200, 96000)  # Hz
REPORT_EVERY_S = 60  # of decoded sound
PLAYED = {"audio/mpeg", "audio/ogg", "audio/flac", "audio/wav", "audio/mp4", "audio/aac"}
PLAYED |= {"video/mp4", "video/webm"}
"""Media types that browsers play as they are, if not all of them to the sample."""


def browser_media_type(report: Report, path: Path) -> str | None:
    """The media type if every browser plays the file and seeks in it to the sample, else `None`."""
    try:
        info = soundfile.info(str(path.absolute()))
    except soundfile.SoundFileError:
        return None
    if info.channels > 2 or info.samplerate not in BROWSER_RATES:
        return None
    if info.format == "WAV" and info.subtype in ("PCM_16", "PCM_24", "PCM_U8"):
        return "audio/wav"
    return "audio/flac" if info.format == "FLAC" else None


def transcode(report: Report, path: Path, max_duration_s: float, out: Path) -> None:
    """Write a recording as 16-bit FLAC, mono or stereo, with the times of `decode`.

    Raises `AudioError`.
    """
    check_duration(path, stated_duration(path), max_duration_s)
    source = blocks(path)
    rate, block = next(source)
    channels = min(block.shape[1], 2)
    out_rate = rate if rate in BROWSER_RATES else 48000
    resampler = soxr.ResampleStream(rate, out_rate, channels) if rate != out_rate else None
    decoded = reported = 0
    with soundfile.SoundFile(
        out, "w", out_rate, channels, "PCM_16", format="FLAC", compression_level=0.4
    ) as sink:
        next_rate = rate
        while next_rate == rate:  # the recording ends where a chained stream changes its rate
            mixed = _to_channels(block, channels)
            sink.write(resampler.resample_chunk(mixed) if resampler else mixed)
            decoded += len(block)
            if decoded - reported > rate * REPORT_EVERY_S:
                reported = decoded
                check_duration(path, decoded / rate, max_duration_s)
                report(0.5, "")
            next_rate, block = next(source, (0, block))
        if resampler:
            rest = np.zeros((0, channels), np.float32)
            sink.write(resampler.resample_chunk(rest, last=True))


def stated_duration(path: Path) -> float:
    """The duration of a recording by its header, in s; 0 if the header states none."""
    try:
        info = soundfile.info(str(path.absolute()))
        return info.frames / info.samplerate if info.samplerate else 0.0
    except (soundfile.SoundFileError, OverflowError):
        pass
    try:
        with (
            path.open("rb") as file,
            av.open(file, "r", options={"format_whitelist": CONTAINERS}) as container,
        ):
            return float(container.duration or 0) / 1_000_000
    except (av.FFmpegError, OSError, ValueError):
        return 0.0


def check_duration(path: Path, duration_s: float, max_duration_s: float) -> None:
    """Raise `AudioError` for a recording that is too long."""
    if duration_s > max_duration_s:
        hours = f"{duration_s / 3600:.1f} hours, this server accepts {max_duration_s / 3600:.1f}"
        raise AudioError(path, f"lasts {hours}", "Cut it into parts.")


def _to_channels(block: NDArray[np.float32], channels: int) -> NDArray[np.float32]:
    """float32 [n, any] to [n, channels]; more than two channels are mixed to equal sides."""
    finite = np.nan_to_num(block, posinf=0.0, neginf=0.0)
    if finite.shape[1] > 2:
        finite = np.repeat(finite.mean(axis=1, keepdims=True), channels, axis=1)
    elif finite.shape[1] < channels:
        finite = np.repeat(finite[:, :1], channels, axis=1)
    return np.clip(finite[:, :channels], -1, 1)
