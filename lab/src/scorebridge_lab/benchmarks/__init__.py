"""The evaluation sets: documents with their ground truth, listed in `registry.py`."""
