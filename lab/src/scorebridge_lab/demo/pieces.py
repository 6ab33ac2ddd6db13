"""The pieces of the demonstration collection, and how their scans and recordings are made.

Every kind of file that people have occurs once: grey, coloured and bilevel PDF,
multi-page TIFF, PNG, a photograph; Ogg and MP3; near and far, clean and hissing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from scorebridge_lab.augment.scan import Scan

Form = Literal["grey-pdf", "colour-pdf", "bilevel-pdf", "tiff", "png", "jpeg"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of the collection and how its two files are made."""

    source: str
    """Name of the LilyPond file, without ending."""
    score: str
    recording: str
    form: Form
    look: Scan
    dpi: int = 200
    staff: float = 20.0
    """Height of a staff in points; 20 is usual."""
    paper: str = "a4"
    margin: int = 12  # mm
    tempo: float = 1.0
    room: float = 0.15
    """Share of the sound that the room returns, 0 to 1."""
    hiss: float = 0.0
    """Noise of the recording, RMS of full scale."""
    program: int = 0


AGED = Scan(
    spread=0.35, rough=0.5, fade=0.4, ink=42, paper=216, shade=9, specks=0.8, blur=0.05, grain=2
)
COPIED = Scan(
    spread=0.3, rough=0.7, fade=0.5, ink=10, paper=235, specks=1.2, blur=0.06, grain=5, bilevel=0.66
)

PIECES = (
    Piece(
        "petzold_minuet_g",
        "scan_04.pdf",
        "track_09.ogg",
        "grey-pdf",
        look=replace(AGED, skew=0.6, verso=14, gutter=35, curl=0.5, quality=45),
        room=0.2,
    ),
    Piece(
        "bach_prelude_c",
        "scan_11.pdf",
        "track_02.mp3",
        "bilevel-pdf",
        look=replace(COPIED, skew=-0.4),
        dpi=300,
        staff=16,
        tempo=1.15,
        hiss=0.0006,
    ),
    Piece(
        "beethoven_fuer_elise",
        "scan_01.pdf",
        "track_05.ogg",
        "grey-pdf",
        look=replace(AGED, spread=0.6, paper=204, stains=4, skew=-0.5, verso=10, quality=40),
        staff=22,
        paper="letter",
        room=0.3,
    ),
    Piece(
        "beethoven_ode_to_joy",
        "scan_07.tif",
        "track_12.mp3",
        "tiff",
        look=replace(COPIED, spread=0.7, rough=0.9, skew=0.3),
        dpi=300,
        staff=18.5,
        room=0.25,
        program=1,
    ),
    Piece(
        "satie_gymnopedie_1",
        "scan_09.pdf",
        "track_01.ogg",
        "colour-pdf",
        look=replace(AGED, spread=0.1, ink=0, paper=255, shade=14, stains=3, skew=0.4, quality=38),
        staff=23,
        margin=16,
        room=0.4,
    ),
    Piece(
        "greensleeves",
        "scan_02.jpg",
        "track_10.ogg",
        "jpeg",
        look=Scan(
            spread=0.2,
            rough=0.3,
            ink=40,
            paper=222,
            shade=26,
            gutter=20,
            skew=1.3,
            curl=0.5,
            keystone=0.018,
            backdrop=60,
            blur=0.09,
            grain=6,
            quality=48,
        ),
        staff=21,
        tempo=0.95,
        hiss=0.001,
    ),
    Piece(
        "la_folia",
        "scan_12.pdf",
        "track_03.mp3",
        "bilevel-pdf",
        look=replace(COPIED, spread=-0.1, rough=0.9, fade=0.9, flakes=0.01, skew=-0.8, bilevel=0.7),
        dpi=300,
        margin=18,
        staff=19,
        room=0.3,
    ),
    Piece(
        "ah_vous_dirai_je",
        "scan_06.pdf",
        "track_11.ogg",
        "grey-pdf",
        look=replace(AGED, spread=0.5, paper=226, skew=0.2, gutter=60, curl=0.9, quality=42),
        margin=15,
        tempo=1.05,
    ),
    Piece(
        "brahms_lullaby",
        "scan_03.png",
        "track_07.ogg",
        "png",
        look=replace(COPIED, spread=0.1, rough=0.4, fade=0.3, specks=0.3, skew=0.1),
        dpi=200,
        staff=22,
        room=0.25,
    ),
    Piece(
        "joplin_entertainer",
        "scan_10.pdf",
        "track_04.ogg",
        "grey-pdf",
        look=replace(
            AGED, spread=0.9, rough=0.9, ink=55, paper=196, skew=-0.9, stains=2, quality=42
        ),
        staff=24,
        tempo=0.95,
        hiss=0.002,
        program=3,
    ),
    Piece(
        "bach_jesu_joy",
        "scan_05.tif",
        "track_08.ogg",
        "tiff",
        look=replace(COPIED, spread=0.4, skew=0.5, specks=2.5),
        dpi=300,
        paper="a4landscape",
        staff=25,
        room=0.35,
    ),
    Piece(
        "grieg_mountain_king",
        "scan_08.pdf",
        "track_06.mp3",
        "grey-pdf",
        look=replace(AGED, spread=0.2, fade=0.7, flakes=0.008, ink=30, skew=0.7, quality=42),
        staff=21,
        room=0.2,
    ),
)
