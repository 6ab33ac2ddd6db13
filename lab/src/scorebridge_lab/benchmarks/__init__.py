"""The evaluation sets with their ground truth."""
