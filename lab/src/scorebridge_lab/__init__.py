"""Data, training and evaluation for Scorebridge: a distribution of its own."""
