"""The five papers' experiments: each run's settings by name, their data and their task."""
