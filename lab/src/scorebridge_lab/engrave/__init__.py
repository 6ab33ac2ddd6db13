"""Engravers behind one interface: a source file in, an `Engraving` out.

LilyPond engraves its own sources, Verovio kern, MusicXML, MEI and ABC. LilyPond can engrave
MusicXML too (by its converter `musicxml2ly`), so that a piece has pages in two styles.
"""
