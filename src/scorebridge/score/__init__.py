"""Score files to straight, scaled strips of music: pages, systems, windows."""
