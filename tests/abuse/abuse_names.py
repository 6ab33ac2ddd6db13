"""Hostile names of files and uploads, and hostile paths of requests."""

import csv
import json
import os
import random
import re
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import cv2
import soundfile
from abuse_tally import Tally

from live_server import LiveServer
from scorebridge.testing import melody, score_page

PROGRAM = [sys.executable, "-m", "scorebridge"]
RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
SECRET = b"%PDF-1.4 nobody may read this"
PIECES = (
    *(
        "\x1b[2J",
        "\x1b]0;x\x07",
        "\n",
        "\r",
        "\t",
        "\x9b31m",
        "\u202e",
        "\u2028",
        "\u200f",
        "\ufeff",
    ),
    *("'", '"', "`id`", "$(id)", ";", "|", "&", "%s", "%n", "{}", "{0}", "\\", "..", "~", "*", "?"),
    *(
        "<script>",
        "]]>",
        "&amp;",
        "=1+1",
        "+1",
        "-1",
        "@x",
        "--",
        "-o",
        "[red]",
        "[/]",
        "é",
        "𝄞",
        "名",
    ),
    *("' or 1=1 --", "CON", "nul", " ", ".", "x" * 60, "\U000e0041", "\ud800"),
)


def hostile_names(count: int, rng: random.Random) -> list[str]:
    """Names of files, as the system lets them be (no slash, at most 200 bytes), all different."""
    names: dict[str, None] = {}
    while len(names) < count:
        name = "".join(rng.choices(PIECES, k=rng.randint(1, 6)))
        encoded = name.encode("utf-8", "surrogatepass").replace(b"\xed\xa0\x80", b"\xff")[:200]
        name = os.fsdecode(encoded)
        if name.strip(".") and "/" not in name:
            names[name] = None
    return list(names)


def names_of_files(tally: Tally, folder: Path, count: int, rng: random.Random) -> None:
    """Files of such names go through the commands; nothing is printed raw, nothing is missed."""
    music = folder / "music"
    music.mkdir(parents=True)
    for k, name in enumerate(hostile_names(count, rng)):
        ending = (".wav", ".png", ".pdf")[k % 3]
        if k % 3 == 0:
            soundfile.write(folder / "x.wav", melody(3.5, k), 8000)
        elif k % 3 == 1:
            cv2.imwrite(str(folder / "x.png"), score_page(k, systems=1, width=600))
        else:
            (folder / "x.pdf").write_bytes(b"%%PDF-1.4 nothing %d" % k)
        (folder / f"x{ending}").rename(music / f"{k}{name}{ending}")
    names = sorted(p.name for p in music.iterdir())
    hidden = [name for name in names if name.startswith(".")]
    environment = os.environ | {"SCOREBRIDGE_MODEL": "scorebridge.testing:FakeEncoder"}

    def run(*words: str) -> tuple[int, str, str]:
        command = [*PROGRAM, *words, "--library", "library"]
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, check=False, timeout=3600
        )
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    told: dict[str, str] = {}
    for words in (
        ("add", "music", "--json"),
        ("add", "music"),
        ("list",),
        ("link", "--out", "links.csv"),
        ("list", "--json"),
        ("verify",),
    ):
        code, out, err = run(*words)
        if RAW.search(out) or RAW.search(err) or "Traceback" in err or code not in (0, 1):
            tally.fail("hostile names of files", f"{words}: {code} {err[-300:]!r}")
        if words == ("add", "music", "--json"):
            record = json.loads(out)
            for state in ("added", "moved", "failed"):
                told |= {Path(one["path"]).name: state for one in record[state]}
            lines = [line for line in err.splitlines() if "is undecided" not in line]
            if len(lines) != len(record["failed"]):
                tally.fail("hostile names of files", "not one line a file")
    listed = {Path(one["path"]).name for one in json.loads(run("list", "--json")[1])}
    with (folder / "links.csv").open(newline="") as file:
        cells = [cell for row in list(csv.reader(file))[1:] for cell in row]
    if any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in cells):
        tally.fail("hostile names of files", "a formula in CSV")
    for name in names:
        valid = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace") == name
        state = told.get(name)
        is_right = name in hidden or (state is not None and (state == "failed") != (name in listed))
        if not valid:  # JSON has such a name escaped; the file is refused
            is_right = is_right or name not in listed
        tally.check("hostile names of files", is_right, f"{name!r}: {state}")
    for name in names[:: max(1, len(names) // 20)]:
        code, out, err = run("find", "--", f"music/{name}")
        is_right = not RAW.search(out + err) and "Traceback" not in err and code in (0, 1, 2)
        tally.check("hostile names of files", is_right, f"find {name!r}: {code} {err[-300:]!r}")


def raw_request(server: LiveServer, line: bytes) -> bytes:
    """Send the first line of a request unchanged; the whole answer, empty where it hung up."""
    parts = urlsplit(server.address)
    head = b"%b\r\nHost: %b\r\nConnection: close\r\n\r\n" % (line, parts.netloc.encode())
    answer = b""
    with suppress(OSError), socket.create_connection((parts.hostname, parts.port), 60) as link:
        link.sendall(head)
        while part := link.recv(65536):
            answer += part
    return answer


def names_of_requests(tally: Tally, folder: Path, count: int, rng: random.Random) -> None:
    """Paths that lead elsewhere, and names of uploads, in equal numbers."""
    secret = folder / "secret.pdf"
    secret.write_bytes(SECRET)
    target = str(secret)[1:]
    ups = ["../", "..%2f", "%2e%2e/", "..%5c", "....//", "..%252f", "..%c0%af", "%2e%2e%2f", "..\\"]
    places = ["", "/", "assets/", "api/v1/documents/", "api/v1/iiif/", "api/v1/jobs/", "pair/"]
    ends = ["", "/file", "/audio", "-1/full/max/0/default.jpg", "/pages", "?x", "#y"]
    with LiveServer(folder / "library") as server:
        for _ in range(count // 2):
            up = rng.choice(ups)
            aims = [target, target.replace("/", "%2f"), "etc/passwd", "jobs.sqlite", "library.json"]
            odd = rng.choice(hostile_names(1, rng)).encode("utf-8", "surrogateescape")
            path = rng.choice(
                [
                    (up * rng.randint(1, 14) + rng.choice(aims)).encode(),
                    b"".join(b"%%%02x" % byte for byte in odd),
                    odd.replace(b" ", b"").replace(b"\n", b"").replace(b"\r", b""),
                    b"file://" + str(secret).encode(),
                ]
            )
            line = b"GET /%b%b%b HTTP/1.1" % (
                rng.choice(places).encode(), path, rng.choice(ends).encode()
            )  # fmt: skip
            answer = raw_request(server, line)
            status = int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/") else 0
            body = answer.partition(b"\r\n\r\n")[2]
            leaks = SECRET in answer or b"root:" in body or b"SQLite" in body
            tally.check("hostile paths of requests", not leaks and status < 500, (line, status))
        jobs = []
        for k, name in enumerate(hostile_names(count - count // 2, rng)):
            name = name.encode("utf-8", "replace").decode()
            sent = {"files": (name + ".pdf", b"%%PDF-1.4 not really %d" % k)}
            answer = server.client.post("/documents", files=sent)
            jobs += [job["id"] for job in answer.json().get("jobs", ())]
            is_right = answer.status_code in (202, 415) and not RAW.search(answer.text)
            tally.check("hostile names of uploads", is_right, (name, answer.text[:200]))
        for job_id in jobs:
            job = server.ended_job(job_id)
            if job["state"] != "failed" or "went wrong" in job["error"]["detail"]:
                tally.fail("hostile names of uploads", job)
        uploads = folder / "library" / "server" / "uploads"
        if left := list(uploads.iterdir()):
            tally.fail("hostile names of uploads", left[:3])
