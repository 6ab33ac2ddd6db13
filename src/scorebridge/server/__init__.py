"""The app on this machine: REST, jobs and the web app's host (`docs/api.md` is the contract).

The server process answers requests and never decodes a file; one worker process does
the jobs (`worker.py`), and whatever reads a file from outside runs in a child process with limits
(`sandbox.py`). All state lies in the library's folder below `server/`.
"""
