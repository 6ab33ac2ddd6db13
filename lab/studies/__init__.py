"""Questions asked once, each run with `python -m studies.NAME`; deletable at any time."""
