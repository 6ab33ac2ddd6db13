"""A wing: the five papers' experiments, their data, training, evaluation and commands.

It imports the lab, and nothing in the lab imports it; the command line mounts `papers.cli` by name.
"""
