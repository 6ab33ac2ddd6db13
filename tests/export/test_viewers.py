"""Other viewers, and the page of `publish`, in a browser: the tests of `web/tests/viewers`.

They need Node.js, npm and Chromium, and npm's registry the first time.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "web"
CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")


@pytest.mark.browser
@pytest.mark.slow
def test_viewers_play_what_is_published() -> None:
    browsers = [path for path in (os.environ.get("CHROMIUM", ""), *CHROMIUM) if path]
    if not any(Path(path).is_file() for path in browsers):
        pytest.skip("there is no Chromium here")
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        pytest.skip("there is no Node.js here")
    if not (WEB / "node_modules" / "playwright-core").is_dir():
        fetched = subprocess.run([npm, "install", "--no-save", "--silent"], cwd=WEB)
        if fetched.returncode:
            pytest.skip("npm could not install what the tests need")
    program = Path(sys.executable).with_name("scorebridge")
    environment = os.environ | ({"SCOREBRIDGE": str(program)} if program.is_file() else {})
    words = [node, "tests/run.mjs", "viewers"]
    done = subprocess.run(words, cwd=WEB, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "ℹ fail 0" in done.stdout and "ℹ pass 0" not in done.stdout
