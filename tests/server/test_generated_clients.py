"""The clients that openapi-python-client and openapi-generator make upload, find and download."""

import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import pytest
import soundfile

from live_server import LiveServer
from scorebridge.testing import melody, score_page

pytestmark = pytest.mark.slow  # a server, and a generator

TOKEN = "a-token-of-some-length"
OVERRIDES = ("audio/flac", "audio/wav", "image/jpeg", "image/png", "image/webp", "image/svg+xml")
OVERRIDES += ("text/csv",)  # which openapi-python-client takes for text, or not at all


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("files")
    page, take = folder / "page.png", folder / "take.wav"
    cv2.imwrite(str(page), score_page(3, systems=2))
    soundfile.write(take, melody(10, 3), 22050)
    return page, take


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A server that demands a token."""
    folder = tmp_path_factory.mktemp("live") / "library"
    with LiveServer(folder, "--token", TOKEN) as server:
        server.client.headers["authorization"] = f"Bearer {TOKEN}"
        yield server


@pytest.fixture(scope="module")
def description(live: LiveServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("description") / "openapi.json"
    path.write_text(json.dumps(live.client.get("/openapi.json").json()))
    return path


def run_client(folder: Path, script: str, live: LiveServer, files: tuple[Path, Path]) -> dict:
    """What a script prints as JSON; it gets the server's address, the token, page and take."""
    (folder / "use.py").write_text(script)
    address = live.address.partition("/?")[0]
    words = [sys.executable, "use.py", address, TOKEN, *map(str, files)]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def check(found: dict, files: tuple[Path, Path]) -> None:
    """Both clients print the same."""
    assert found["kinds"] == ["recording", "score"]
    assert found["found"] == "page"
    assert found["file"] == files[0].stat().st_size
    assert found["sound"] == "RIFF" and found["picture"] == [0xFF, 0xD8]
    assert found["table"].startswith("score,recording,start_s")


PYTHON_CLIENT = """
import json, sys, time
from client import AuthenticatedClient
from client.api.alignments import export
from client.api.documents import get_file, list_documents, upload_documents
from client.api.find import find
from client.api.media import audio, thumbnail
from client.models import ExportFormat, FindBody, UploadDocumentsBody
from client.types import File
address, token, *paths = sys.argv[1:]
client = AuthenticatedClient(base_url=address, token=token, timeout=120)
file = lambda path: File(payload=open(path, "rb"), file_name=path.rpartition("/")[2])
jobs = upload_documents.sync(client=client, body=UploadDocumentsBody(files=[*map(file, paths)]))
assert len(jobs.jobs) == 2
end = time.monotonic() + 120
while len(documents := list_documents.sync(client=client).documents) < 2:
    assert time.monotonic() < end, "the files are not there"
    time.sleep(0.2)
ids = {document.kind: document.id for document in documents}
answer = find.sync(client=client, body=FindBody(file=file(paths[1])), wait=60)
pair = {"score": ids["score"], "recording": ids["recording"]}
table = export.sync(client=client, **pair, format_=ExportFormat("bars"), wait=60)
print(json.dumps({
    "kinds": sorted(ids),
    "found": answer.results[0].title,
    "file": len(get_file.sync(client=client, id=ids["score"]).payload.read()),
    "sound": audio.sync(client=client, id=ids["recording"]).payload.read(4).decode(),
    "picture": [*thumbnail.sync(client=client, id=ids["score"]).payload.read(2)],
    "table": table.payload.read().decode(),
}))
"""


def test_openapi_python_client(
    live: LiveServer, files: tuple[Path, Path], description: Path, tmp_path: Path
) -> None:
    pytest.importorskip("openapi_python_client", reason="openapi-python-client is not installed")
    overrides = dict.fromkeys(OVERRIDES, "application/octet-stream")
    settings = {"content_type_overrides": overrides, "post_hooks": []}
    (tmp_path / "settings.json").write_text(json.dumps(settings))
    words = ["generate", "--path", str(description), "--meta", "none", "--output-path", "client"]
    command = [sys.executable, "-m", "openapi_python_client", *words]
    made = subprocess.run(
        [*command, "--config", "settings.json"], cwd=tmp_path, capture_output=True, text=True
    )
    assert made.returncode == 0, made.stdout[-3000:] + made.stderr[-3000:]
    assert "will not be generated" not in made.stdout + made.stderr
    check(run_client(tmp_path, PYTHON_CLIENT, live, files), files)


GENERATOR_CLIENT = """
import json, sys, time
import openapi_client as made
address, token, *paths = sys.argv[1:]
client = made.ApiClient(made.Configuration(host=address, access_token=token))
file = lambda path: (path.rpartition("/")[2], open(path, "rb").read())
documents = made.DocumentsApi(client)
assert documents.upload_documents([*map(file, paths)])
end = time.monotonic() + 120
while len(listed := documents.list_documents().documents) < 2:
    assert time.monotonic() < end, "the files are not there"
    time.sleep(0.2)
ids = {document.kind: document.id for document in listed}
answer = made.FindApi(client).find(file(paths[1]), wait=60)
table = made.AlignmentsApi(client).export(ids["score"], ids["recording"], "bars", wait=60)
media = made.MediaApi(client)
print(json.dumps({
    "kinds": sorted(ids),
    "found": answer.results[0].title,
    "file": len(documents.get_file(ids["score"])),
    "sound": media.audio(ids["recording"])[:4].decode(),
    "picture": [*media.thumbnail(ids["score"])[:2]],
    "table": bytes(table).decode(),
}))
"""


def test_openapi_generator(
    live: LiveServer, files: tuple[Path, Path], description: Path, tmp_path: Path
) -> None:
    program = Path(sys.executable).with_name("openapi-generator-cli")
    if not program.is_file() or not shutil.which("java"):
        pytest.skip("openapi-generator-cli and Java are not installed")
    for needed in ("dateutil", "urllib3"):
        if not importlib.util.find_spec(needed):
            pytest.skip(f"what it makes needs {needed}, which is not installed")
    words = ["generate", "-i", str(description), "-g", "python", "-o", str(tmp_path)]
    made = subprocess.run([str(program), *words], capture_output=True, text=True, timeout=300)
    assert made.returncode == 0, made.stdout[-3000:] + made.stderr[-3000:]
    check(run_client(tmp_path, GENERATOR_CLIENT, live, files), files)
