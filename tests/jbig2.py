"""A picture as JBIG2, as scanners put it into PDF: one generic region, arithmetically coded.

ITU-T T.88: the region is that of 6.2 with template 0, the coder that of annex A and of T.88's
figure E.20 (the encoder's side of annex E).
"""

from __future__ import annotations

import struct

import numpy as np

_QE = (  # table E.1: probability, next state after the likely and the unlikely symbol, exchange
    "5601 1 1 1,3401 2 6 0,1801 3 9 0,0AC1 4 12 0,0521 5 29 0,0221 38 33 0,5601 7 6 1,5401 8 14 0,"
    "4801 9 14 0,3801 10 14 0,3001 11 17 0,2401 12 18 0,1C01 13 20 0,1601 29 21 0,5601 15 14 1,"
    "5401 16 14 0,5101 17 15 0,4801 18 16 0,3801 19 17 0,3401 20 18 0,3001 21 19 0,2801 22 19 0,"
    "2401 23 20 0,2201 24 21 0,1C01 25 22 0,1801 26 23 0,1601 27 24 0,1401 28 25 0,1201 29 26 0,"
    "1101 30 27 0,0AC1 31 28 0,09C1 32 29 0,08A1 33 30 0,0521 34 31 0,0441 35 32 0,02A1 36 33 0,"
    "0221 37 34 0,0141 38 35 0,0111 39 36 0,0085 40 37 0,0049 41 38 0,0025 42 39 0,0015 43 40 0,"
    "0009 44 41 0,0005 45 42 0,0001 45 43 0,5601 46 46 0"
)
_STATES = [(int(q, 16), int(m), int(n), int(x)) for q, m, n, x in map(str.split, _QE.split(","))]


class _Coder:
    """The MQ encoder; a context is an index into `states` and `likely`."""

    def __init__(self, contexts: int) -> None:
        self.states, self.likely = [0] * contexts, [0] * contexts
        self.a, self.c, self.ct = 0x8000, 0, 12
        self.out = bytearray(1)  # a byte before the first, which may be carried into

    def encode(self, context: int, bit: int) -> None:
        qe, likelier, unlikelier, exchange = _STATES[self.states[context]]
        self.a -= qe
        if bit == self.likely[context]:
            if self.a & 0x8000:
                self.c += qe
                return
            if self.a < qe:
                self.a = qe
            else:
                self.c += qe
            self.states[context] = likelier
        else:
            if self.a < qe:
                self.c += qe
            else:
                self.a = qe
            if exchange:
                self.likely[context] ^= 1
            self.states[context] = unlikelier
        while not self.a & 0x8000:
            self.a, self.c, self.ct = self.a << 1, self.c << 1, self.ct - 1
            if self.ct == 0:
                self._byte_out()

    def _byte_out(self) -> None:
        if self.out[-1] != 0xFF and self.c >= 0x8000000:
            self.out[-1] += 1
            self.c &= 0x7FFFFFF
        stuffed = self.out[-1] == 0xFF
        shift, self.ct = (20, 7) if stuffed else (19, 8)
        self.out.append(self.c >> shift)
        self.c &= (1 << shift) - 1

    def finish(self) -> bytes:
        top = self.c + self.a
        self.c |= 0xFFFF
        if self.c >= top:
            self.c -= 0x8000
        for _ in range(2):
            self.c <<= self.ct
            self._byte_out()
        return bytes(self.out[1:]).removesuffix(b"\xff") + b"\xff\xac"


def jbig2(ink: np.ndarray) -> bytes:
    """The segments of one page for a PDF's JBIG2Decode filter; ink : bool [height, width]."""
    height, width = ink.shape
    rows = np.pad(ink.astype(int), ((2, 0), (4, 4))).tolist()
    coder = _Coder(1 << 16)
    for y in range(height):
        above2, above, here = rows[y], rows[y + 1], rows[y + 2]
        for x in range(4, width + 4):
            # Figure 3, the adaptive pixels at their usual places.
            nearest = [*above2[x - 2 : x + 3], *above[x - 3 : x + 4], *here[x - 4 : x]]
            context = 0
            for value in nearest:
                context = context << 1 | value
            coder.encode(context, here[x])
    region = struct.pack(">IIIIBB", width, height, 0, 0, 0, 0)
    region += struct.pack("8b", 3, -1, -3, -1, 2, -2, -2, -2) + coder.finish()
    page = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    return _segment(0, 48, page) + _segment(1, 38, region)


def _segment(number: int, kind: int, content: bytes) -> bytes:
    return struct.pack(">IBBBI", number, kind, 0, 1, len(content)) + content
