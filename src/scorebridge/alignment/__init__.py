"""Where in a score every moment of a recording is."""
