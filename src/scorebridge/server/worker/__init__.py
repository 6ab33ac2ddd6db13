"""The worker process and the jobs that it runs."""
