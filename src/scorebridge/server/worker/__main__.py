"""Starts the worker: `python -m scorebridge.server.worker`.

`multiprocessing` imports the main module in each child process again, unless it is the `__main__`
of a package: so a child costs 20 ms, not the 0.5 s that importing the library takes.
"""

from scorebridge.server.worker.process import main

if __name__ == "__main__":
    main()
