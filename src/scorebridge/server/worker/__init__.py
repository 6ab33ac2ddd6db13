"""The worker process (`process.py`), and one module for each kind of job (see `dispatch.py`)."""
