"""Public sources of scores, one module each."""
