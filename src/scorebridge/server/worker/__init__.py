"""The worker process (`process.py`), and a module for each kind of job (`dispatch.py`)."""
