"""The app on this machine: REST API, job queue and host of the web app.

- `run.py` starts uvicorn with the application of `app.py`; `guard.py` checks every request.
- `routes/` holds the REST routes, `state.py` what they ask for.
- `queue.py` holds the jobs, `supervisor.py` keeps the worker process alive, `worker/` runs
  the jobs, `events.py` reports their changes.
- `decoding/` reads files from outside. Neither the server nor its worker does so itself: each
  file is read in a child process with limits (`sandbox.py`).

All files of the server lie in `server/` in the library's folder.
"""
