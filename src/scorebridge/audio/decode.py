"""Any recording to mono samples at `SAMPLE_RATE`.

libsndfile reads wav, flac, ogg, aiff and similar files (700-3,700 times real time).
FFmpeg, through PyAV, reads mp3 and all others (m4a, wma, the sound of a video). Both read in
blocks, which are mixed down and resampled one by one, so the memory is that of the result (318 MB
an hour).

A damaged file is read up to the damage. FFmpeg gets the open file,
never its name, and a list of plain containers: play lists and other formats
that make it open further files or addresses are not recordings.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from scorebridge.audio.protection import LOCKABLE, is_protected
from scorebridge.audio.spectrogram import SAMPLE_RATE
from scorebridge.errors import AudioError, unreadable
from scorebridge.file_types import HEAD, file_type
from scorebridge.files import open_regular, unrecognised

BLOCK_SAMPLES = 1 << 14  # samples per channel read at a time; one is lost where a file breaks off
MIN_RATE, MAX_RATE = 1_000, 1_000_000  # Hz
MAX_DURATION_S = 24 * 3600.0
MAX_LEVEL = 1e6  # of full scale; some float files count as integers of 16 bits do
SILENT_RMS = 5e-5  # of full scale, -86 dB: the dither of a silent 16-bit file is 3e-5
CONTAINERS = (
    "aac,ac3,aiff,amr,ape,asf,au,avi,caf,dts,eac3,flac,flv,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,"
    "mp3,mpeg,mpegts,ogg,tta,w64,wav,wv"
)  # FFmpeg's names of the containers that may be opened

_GIVE = "Give the recording itself (wav, flac, ogg, mp3, m4a, wma or a video)."
_COPY = "Play it in another program, or copy, download or convert it again (wav, flac, mp3)."

Blocks = Iterator[tuple[int, NDArray[np.float32]]]
"""(sample rate in Hz, float32 [samples, channels]) block after block."""


def decode(path: Path | str) -> NDArray[np.float32]:
    """Read a recording.

    Returns float32 [n], mono at `SAMPLE_RATE`, full scale 1 (a loud float file may
    exceed it), channels mixed with equal weights, at the level of the file.

    Raises `AudioError`: missing, unreadable, empty, not a recording, encrypted, without an
    audio stream, without samples, or silent throughout.
    """
    path = Path(path)
    check_readable(path)
    try:
        samples, reason = _collect(_soundfile_blocks(path))
        if samples.size == 0:
            samples, reason = _collect(_av_blocks(path), reason)
    except _TooLong:
        hours = f"{MAX_DURATION_S / 3600:.0f} hours"
        raise AudioError(path, f"lasts more than {hours}", "Cut it into parts.") from None
    if samples.size == 0:
        raise AudioError(path, reason or "holds no samples", _COPY)
    if loudest(samples) < SILENT_RMS:
        raise AudioError(path, "is silent throughout", "Check that it was recorded and exported.")
    return samples


def blocks(path: Path | str) -> Blocks:
    """The samples of a recording in blocks, at the rate, channels and level of the file.

    Times agree with those of `decode`. Raises `AudioError`: missing, unreadable, empty, not a
    recording, encrypted, without samples.
    """
    path = Path(path)
    check_readable(path)
    reason, any_read = "", False
    for read in (_soundfile_blocks, _av_blocks):
        try:
            for rate, block in read(path):
                any_read = True
                yield rate, block
        except _Unreadable as error:  # the samples before the damage are kept
            reason = str(error)
        if any_read:
            return
    raise AudioError(path, reason or "holds no samples", _COPY)


def check_readable(path: Path) -> None:
    """Raise `AudioError` unless `path` can be opened and is a recording that is not locked."""
    try:
        with open_regular(path) as file:
            found = file_type(file.read(HEAD))
        if found is None:
            raise unrecognised(path, AudioError)
        if found.kind == "score":
            raise AudioError(path, "is a score, not a recording", _GIVE)
        if found.extension in LOCKABLE and is_protected(path):
            remedy = "Export it from the program that plays it, or take a copy that is not locked."
            raise AudioError(path, "is encrypted (DRM)", remedy)
    except OSError as error:
        raise unreadable(path, error, AudioError) from error


def loudest(samples: NDArray[np.float32]) -> float:
    """Maximum RMS of any 0.1 s of float32 [n] samples, its mean (a constant offset) removed."""
    frame = min(len(samples), SAMPLE_RATE // 10)
    frames = samples[: len(samples) // frame * frame].reshape(-1, frame)
    return float(frames.std(axis=1).max(initial=0.0))


def _collect(blocks: Blocks, reason: str = "") -> tuple[NDArray[np.float32], str]:
    """Mix down, resample and join `blocks`; without samples, also the reason."""
    joined = bytearray()  # grows in place, without a second copy at the end
    stream, rate_now, seconds = None, 0, 0.0
    try:
        for rate, block in blocks:
            if not MIN_RATE <= rate <= MAX_RATE:
                raise _Unreadable(f"states a sample rate of {rate} Hz")
            finite = np.clip(np.nan_to_num(block, posinf=0.0, neginf=0.0), -MAX_LEVEL, MAX_LEVEL)
            mono = finite.mean(axis=1, dtype=np.float32)
            seconds += len(mono) / rate
            if seconds > MAX_DURATION_S:
                raise _TooLong
            if rate != rate_now:  # once, but a chained stream may change its rate
                if stream is not None:
                    joined += stream.resample_chunk(mono[:0], last=True).tobytes()
                stream = soxr.ResampleStream(rate, SAMPLE_RATE, 1) if rate != SAMPLE_RATE else None
                rate_now = rate
            joined += (mono if stream is None else stream.resample_chunk(mono)).tobytes()
    except _Unreadable as error:  # the samples before the damage are kept
        reason = str(error)
    if stream is not None:
        joined += stream.resample_chunk(np.empty(0, np.float32), last=True).tobytes()
    return np.frombuffer(joined, np.float32), reason


class _TooLong(Exception):
    """The recording is longer than `MAX_DURATION_S`."""


class _Unreadable(Exception):
    """The decoder failed; the message is the reason in one clause."""


def _soundfile_blocks(path: Path) -> Blocks:
    try:
        # An absolute path, because libsndfile takes "-" for standard input.
        with soundfile.SoundFile(path.absolute()) as file:
            if (
                file.format == "MP3"
            ):  # reading in blocks makes it seek, which corrupts the next samples
                raise _Unreadable("is an MP3 that FFmpeg cannot decode either")
            while len(block := file.read(BLOCK_SAMPLES, dtype="float32", always_2d=True)):
                yield file.samplerate, np.asarray(block, np.float32)
    except soundfile.SoundFileError as error:
        raise _Unreadable(f"cannot be decoded ({error})") from error


def _av_blocks(path: Path) -> Blocks:
    import av

    try:
        with (
            path.open("rb") as file,
            av.open(file, "r", options={"format_whitelist": CONTAINERS}) as container,
        ):
            if not container.streams.audio:
                raise _Unreadable("holds no audio stream")
            resampler = av.AudioResampler(format="fltp")  # channels and rate are not changed
            for frame in container.decode(container.streams.audio[0]):
                for part in resampler.resample(frame):
                    yield part.sample_rate, np.asarray(part.to_ndarray().T, np.float32)
    except (av.FFmpegError, OSError, ValueError) as error:
        raise _Unreadable("is damaged, cut off, or not a recording") from error
