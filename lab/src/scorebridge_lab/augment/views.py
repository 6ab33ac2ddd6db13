"""P5's transforms for self-supervised learning: nine for sheet windows, eight for audio windows.

P5 sections 4.1 and 4.2, in the order of the paper. Each transform has its own chance in every
window. The ranges are the paper's where it states them. The chances and the strengths of blur,
noise and deformation are not in the paper; they are chosen here (`SHEET_CHANCES`,
`AUDIO_CHANCES`) so that a person can still read the window. Two views of one window share at least
80 % of its width, 75 % of its height and 70 % of its time, so each moves by at most half of the
rest. On one core 256 windows take 0.24 s (sheet) and 2.9 s (audio).
"""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional

from scorebridge.audio.spectrogram import (
    BANDS,
    FFT_SIZE,
    HOP,
    SAMPLE_RATE,
    WINDOW_FRAMES,
    filterbank,
)
from scorebridge.score.strips import STRIP_HEIGHT, WINDOW_HEIGHT
from scorebridge_lab.augment.windows import places_along

SHEET_CHANCES = {
    "shift x": 0.8,
    "shift y": 0.8,
    "scale": 0.5,
    "rotate": 0.5,
    "white noise": 0.5,
    "blur": 0.4,
    "perlin": 0.5,
    "small elastic": 0.4,
    "large elastic": 0.4,
}
AUDIO_CHANCES = {
    "time shift": 0.8,
    "polarity": 0.5,
    "white noise": 0.5,
    "gain": 0.5,
    "equaliser": 0.5,
    "time stretch": 0.5,
    "time mask": 0.5,
    "frequency mask": 0.5,
}
SHEET_WIDTH = 100  # px of P5's windows
SHEET_COLUMNS = 160  # px of a strip from which one sheet view is cut
STRETCH = (0.5, 1.8)  # range of the tempo factor
SHIFT_T = 0.15 * WINDOW_FRAMES  # maximum shift of a view, frames
SOURCE_FRAMES = 2 * math.ceil(WINDOW_FRAMES * STRETCH[1] / 2 + SHIFT_T)
SAMPLES = round((SOURCE_FRAMES - 1) * HOP) + FFT_SIZE  # of sound from which one view is made
AT_ONCE = 32  # windows whose spectra are computed at a time


def _chosen(count: int, chance: float, like: Tensor) -> Tensor:
    """Bool [n]: whether a transform is applied to a window."""
    return torch.rand(count, device=like.device) < chance


def _between(count: int, low: float, high: float, like: Tensor) -> Tensor:
    return torch.rand(count, device=like.device) * (high - low) + low


def _apply(x: Tensor, chance: float, change: Callable[[Tensor], Tensor]) -> Tensor:
    """Apply `change` to a random share of the windows."""
    rows = _chosen(len(x), chance, x).nonzero().squeeze(1)
    if len(rows):
        x = x.clone()
        x[rows] = change(x[rows])
    return x


def sheet_views(strips: Tensor, chances: dict[str, float] | None = None) -> Tensor:
    """uint8 [n, STRIP_HEIGHT, SHEET_COLUMNS], 255 white -> a view, float [n, 80, 100], white 1."""
    p = SHEET_CHANCES if chances is None else chances
    x, n = strips.float() / 255, len(strips)

    def drawn(name: str, maximum: float) -> Tensor:
        return _between(n, -maximum, maximum, x) * _chosen(n, p[name], x)

    dx = drawn("shift x", 0.1 * SHEET_WIDTH)
    dy = drawn("shift y", 0.125 * WINDOW_HEIGHT)
    zoom = 1 / (1 + drawn("scale", 0.1))
    turn = drawn("rotate", math.radians(8))
    # Shift, scale and rotation in one resampling; output px (u, v) about the middle -> source px.
    theta = torch.zeros(n, 2, 3, device=x.device)
    theta[:, 0, 0] = zoom * turn.cos() * SHEET_WIDTH / SHEET_COLUMNS
    theta[:, 0, 1] = -zoom * turn.sin() * WINDOW_HEIGHT / SHEET_COLUMNS
    theta[:, 1, 0] = zoom * turn.sin() * SHEET_WIDTH / STRIP_HEIGHT
    theta[:, 1, 1] = zoom * turn.cos() * WINDOW_HEIGHT / STRIP_HEIGHT
    theta[:, 0, 2], theta[:, 1, 2] = 2 * dx / SHEET_COLUMNS, 2 * dy / STRIP_HEIGHT
    size = [n, 1, WINDOW_HEIGHT, SHEET_WIDTH]
    grid = functional.affine_grid(theta, size, align_corners=False)
    x = functional.grid_sample(
        x.unsqueeze(1), grid, padding_mode="border", align_corners=False
    ).squeeze(1)
    x = _apply(x, p["white noise"], _white_noise)
    x = _apply(x, p["blur"], _blur)
    x = _apply(x, p["perlin"], _perlin)
    x = _apply(x, p["small elastic"], lambda part: _elastic(part, 4, 0.8))
    x = _apply(x, p["large elastic"], lambda part: _elastic(part, 20, 3.0))
    return x.clamp(0, 1)


def _white_noise(x: Tensor) -> Tensor:
    return x + _between(len(x), 0.02, 0.2, x).view(-1, 1, 1) * torch.randn_like(x)


def _blur(x: Tensor) -> Tensor:
    """Gaussian of 0.5 to 1.5 px."""
    reach = torch.arange(-4, 5, device=x.device)
    width = _between(len(x), 0.5, 1.5, x)[:, None]
    kernel = torch.exp(-(reach**2) / (2 * width**2))
    kernel = (kernel / kernel.sum(1, keepdim=True)).unsqueeze(1)  # one per window, by groups
    x = functional.pad(x.unsqueeze(0), (4, 4, 4, 4), mode="replicate")
    x = functional.conv2d(x, kernel.unsqueeze(2), groups=x.shape[1])
    return functional.conv2d(x, kernel.unsqueeze(3), groups=x.shape[1]).squeeze(0)


def perlin(count: int, height: int, width: int, cell: float, like: Tensor) -> Tensor:
    """Perlin's gradient noise [n, height, width] of about -0.7 to 0.7; `cell` px a lattice step."""
    rows, columns = math.ceil(height / cell) + 1, math.ceil(width / cell) + 1
    angle = _between(count * rows * columns, 0, 2 * math.pi, like).view(count, rows, columns)
    y = torch.arange(height, device=like.device) / cell
    x = torch.arange(width, device=like.device) / cell
    y0, x0 = y.long(), x.long()
    fy, fx = (y - y0)[:, None], (x - x0)[None]

    def corner(dy: int, dx: int) -> Tensor:
        a = angle[:, y0 + dy][:, :, x0 + dx]
        return a.cos() * (fx - dx) + a.sin() * (fy - dy)

    sy, sx = (f * f * f * (f * (6 * f - 15) + 10) for f in (fy, fx))
    top = corner(0, 0) * (1 - sx) + corner(0, 1) * sx
    bottom = corner(1, 0) * (1 - sx) + corner(1, 1) * sx
    return top * (1 - sy) + bottom * sy


def _perlin(x: Tensor) -> Tensor:
    """Large areas of darker and lighter paper."""
    noise = perlin(len(x), x.shape[1], x.shape[2], 40, x)
    noise = noise + 0.5 * perlin(len(x), x.shape[1], x.shape[2], 20, x)
    return x + _between(len(x), 0.1, 0.6, x).view(-1, 1, 1) * noise


def _elastic(x: Tensor, cell: int, maximum: float) -> Tensor:
    """Move every px by a smooth random field (Simard et al. 2003); `cell` px between its knots."""
    n, height, width = x.shape
    size = (height // cell + 2, width // cell + 2)
    field = torch.randn(n, 2, *size, device=x.device)
    field = functional.interpolate(field, (height, width), mode="bicubic", align_corners=True)
    field = field * _between(n, 0.3, 1.0, x).view(-1, 1, 1, 1) * maximum / 2
    field = field * torch.tensor([2 / width, 2 / height], device=x.device).view(1, 2, 1, 1)
    still = torch.eye(2, 3, device=x.device).expand(n, 2, 3)
    grid = functional.affine_grid(still, [n, 1, height, width], align_corners=False)
    moved = grid + field.permute(0, 2, 3, 1)
    return functional.grid_sample(
        x.unsqueeze(1), moved, padding_mode="border", align_corners=False
    ).squeeze(1)


def audio_views(sounds: Tensor, chances: dict[str, float] | None = None) -> Tensor:
    """Samples of equal loudness, float [n, SAMPLES] -> a view, float [n, 84, 92], log10(1 + x).

    The first five transforms change samples, the others the spectrogram, as in the paper. Polarity
    changes nothing in magnitudes; it is here because it is there.
    """
    p = AUDIO_CHANCES if chances is None else chances
    n = len(sounds)
    shift = _between(n, -SHIFT_T, SHIFT_T, sounds) * _chosen(n, p["time shift"], sounds)
    x = _apply(sounds, p["polarity"], lambda part: -part)
    x = _apply(x, p["white noise"], _noise)
    x = _apply(x, p["gain"], _gain)
    x = _apply(x, p["equaliser"], _equalise)
    spectra = torch.log10(1 + magnitudes(x))
    speed = torch.exp(_between(n, *(math.log(s) for s in STRETCH), like=x))
    speed = torch.where(_chosen(n, p["time stretch"], x), speed, torch.ones_like(speed))
    y = _stretch(spectra, speed, shift)
    y = _apply(y, p["time mask"], lambda part: _mask(part, 1))
    return _apply(y, p["frequency mask"], lambda part: _mask(part, 2))


def _noise(x: Tensor) -> Tensor:
    ratio = _between(len(x), 5, 20, x)  # dB
    loud = x.square().mean(1).sqrt() * torch.pow(10.0, -ratio / 20)
    return x + loud[:, None] * torch.randn_like(x)


def _gain(x: Tensor) -> Tensor:
    return x * torch.pow(10.0, _between(len(x), -12, 12, x) / 20)[:, None]


def _equalise(x: Tensor) -> Tensor:
    """Seven bells at random places between 40 Hz and 10 kHz, each of up to 12 dB, without phase."""
    count = 1 << (x.shape[1] - 1).bit_length()
    octave = torch.log2(torch.fft.rfftfreq(count, 1 / SAMPLE_RATE, device=x.device).clamp_min(1))
    curve = torch.zeros(len(x), len(octave), device=x.device)
    for _ in range(7):
        place = _between(len(x), math.log2(40), math.log2(10_000), x)[:, None]
        width = _between(len(x), 0.3, 1.2, x)[:, None]
        decibels = _between(len(x), -12, 12, x)[:, None]
        curve += decibels * torch.exp(-(((octave - place) / width) ** 2))
    changed = torch.fft.rfft(x, count) * torch.pow(10.0, curve.clamp(-24, 24) / 20)
    return torch.fft.irfft(changed, count)[:, : x.shape[1]]


def magnitudes(sounds: Tensor) -> Tensor:
    """`audio.spectrogram.magnitudes` for a batch: float [n, SAMPLES] -> [n, SOURCE_FRAMES, 92]."""
    starts = torch.round(torch.arange(SOURCE_FRAMES, dtype=torch.double) * HOP).long()
    places = (starts[:, None] + torch.arange(FFT_SIZE)).to(sounds.device)
    window = torch.hann_window(FFT_SIZE, periodic=False, device=sounds.device)
    bank = torch.from_numpy(filterbank()).to(sounds.device)
    out = []
    for k in range(0, len(sounds), AT_ONCE):
        frames = sounds[k : k + AT_ONCE][:, places] * window
        out.append(torch.fft.rfft(frames, dim=2)[..., : FFT_SIZE // 2].abs() @ bank)
    return torch.cat(out)


def _stretch(spectra: Tensor, speed: Tensor, shift: Tensor) -> Tensor:
    """The middle WINDOW_FRAMES of the source, `speed` times as fast, `shift` frames later."""
    n, frames, _ = spectra.shape
    about = torch.arange(WINDOW_FRAMES, device=spectra.device) + 0.5 - WINDOW_FRAMES / 2
    at = about * speed[:, None] + shift[:, None]  # frames from the middle, [n, WINDOW_FRAMES]
    grid = torch.zeros(n, WINDOW_FRAMES, BANDS, 2, device=spectra.device)
    grid[..., 1] = (at * 2 / frames).unsqueeze(2)
    grid[..., 0] = (torch.arange(BANDS, device=spectra.device) * 2 + 1) / BANDS - 1
    return functional.grid_sample(
        spectra.unsqueeze(1), grid, padding_mode="border", align_corners=False
    ).squeeze(1)


def _mask(x: Tensor, axis: int) -> Tensor:
    """Mask up to a fifth of the frames (axis 1) or bands (axis 2), as SpecAugment does."""
    length = x.shape[axis]
    width = _between(len(x), 0, 0.2 * length, x).view(-1, 1, 1)
    start = torch.rand(len(x), 1, 1, device=x.device) * (length - width)
    places = places_along(x, axis)
    return x.masked_fill((places >= start) & (places < start + width), 0.0)
