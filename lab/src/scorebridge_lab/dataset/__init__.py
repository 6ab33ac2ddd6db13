"""Engraved and performed pieces, packed as training data."""
