"""Engravers behind one interface: a source file in, an `Engraving` out.

LilyPond sets its own sources; Verovio sets kern, MusicXML, MEI and ABC. MusicXML may go to
LilyPond as well (by its converter `musicxml2ly`), so that one piece is seen in two hands.
"""
