"""Windows to unit vectors, and whole files to sequences of them."""
