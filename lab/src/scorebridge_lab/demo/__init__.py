"""The demonstration collection, built from its LilyPond sources."""
