"""`kill -9` at any moment of any command, and of the server and its worker."""

import json
import os
import random
import signal
import subprocess
import sys
import time
import uuid
from contextlib import suppress
from pathlib import Path

import cv2
import other_encoder
import soundfile
from abuse_tally import Tally

from live_server import LiveServer
from scorebridge import Library
from scorebridge.files import PART
from scorebridge.library.store import Store
from scorebridge.testing import FakeEncoder, melody, score_page

ENCODERS = {
    "fake": ("scorebridge.testing:FakeEncoder", FakeEncoder),
    "other": ("other_encoder:make", other_encoder.make),
}
PROGRAM = [sys.executable, "-m", "scorebridge"]
SLOWEST_S = 600  # of a command, on a busy machine


class Victim:
    """A folder with music, a library, and the commands that are killed."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.library = folder, folder / "library"
        self.mark = uuid.uuid4().hex
        music = folder / "music"
        for place in (music, folder / "shown/scores", folder / "shown/recordings"):
            place.mkdir(parents=True)
        for k in range(3):
            cv2.imwrite(str(music / f"{k}.png"), score_page(k, systems=1))
            soundfile.write(music / f"{k}.wav", melody(6, k), 22050)
        cv2.imwrite(str(folder / "shown/scores/a.png"), score_page(7, systems=1))
        soundfile.write(folder / "shown/recordings/b.wav", melody(6, 7), 22050)
        pair = {"score": "scores/a.png", "recording": "recordings/b.wav"}
        truth = {"pairs": [pair | {"title": "", "composer": ""}]}
        truth["excerpt"] = {"recording": "recordings/b.wav", "start_s": 0}  # type: ignore[assignment]
        (folder / "shown/truth.json").write_text(json.dumps(truth))
        corrected = {"pages": [{"page": 1, "rotation": 0}]}
        (folder / "corrected.json").write_text(json.dumps(corrected))
        score, sound = "music/0.png", "music/0.wav"
        self.commands = {
            "add": ["add", "music"],
            "link": ["link", "--rebuild"],
            "find": ["find", sound],
            "align": ["align", score, sound, "--pin", "1.5=2", "--out", "a.json", "--force"],
            "export": ["export", score, sound, "--format", "json", "--out", "e.json", "--force"],
            "pages": ["pages", score, "--correct", "corrected.json"],
            "remove": ["remove", "music/2.wav", "music/2.png"],
            "verify": ["verify", "--repair"],
            "renew": ["renew"],
            "list": ["list"],
            "demo": ["demo", "--collection", "shown", "--out", "shown-out", "--force"],
        }

    def encoder_name(self) -> str:
        """Of the encoder that the library was made with."""
        return Store(self.library).encoder if Store.exists(self.library) else "fake"

    def start(self, name: str) -> subprocess.Popen[bytes]:
        """Run a command in a process group of its own."""
        encoder = self.encoder_name()
        if name == "renew":
            encoder = "other" if encoder == "fake" else "fake"
        environment = os.environ | {
            "SCOREBRIDGE_MODEL": ENCODERS[encoder][0],
            "SCOREBRIDGE_LIBRARY": str(self.library),
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path]),
            "OMP_NUM_THREADS": "1",
            "ABUSE_MARK": self.mark,
        }
        with (self.folder / "errors").open("wb") as errors:
            return subprocess.Popen(
                [*PROGRAM, *self.commands[name]],
                cwd=self.folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
            )

    def run(self, name: str) -> float:
        """Run a command to its end; returns its seconds."""
        start = time.monotonic()
        code = self.start(name).wait(SLOWEST_S)
        assert code == 0, f"{name}: {code} {(self.folder / 'errors').read_text()}"
        return time.monotonic() - start

    def trouble(self, before: set[str]) -> str:
        """What is wrong after a kill; empty where nothing is.

        before : ids of the documents that were there, and were not being removed.
        """
        for out in ("a.json", "e.json"):
            if (self.folder / out).exists():
                json.loads((self.folder / out).read_text())
        if not Store.exists(self.library):
            return f"{len(before)} documents are gone" if before else ""
        library = Library(self.library, ENCODERS[self.encoder_name()][1]())
        wrong = [p.what for p in library.verify() if "left over" not in p.what]
        gone = before - {document.id for document in library.documents()}
        library.links()
        return "; ".join(wrong) or (f"{len(gone)} documents are gone" if gone else "")

    def processes(self) -> list[int]:
        """Those that the commands started and that still run (Linux)."""
        found = []
        for entry in Path("/proc").iterdir():
            with suppress(OSError):
                is_ours = entry.name.isdecimal() and int(entry.name) != os.getpid()
                if is_ours and self.mark.encode() in (entry / "environ").read_bytes():
                    found.append(int(entry.name))
        return found


def kill_commands(tally: Tally, folder: Path, count: int, rng: random.Random) -> None:
    """Kill `count` commands, in turn, each at a random moment of its usual duration."""
    victim = Victim(folder)
    usual = {name: victim.run(name) for name in victim.commands}
    victim.run("add")
    killed = 0
    while killed < count:
        name = list(victim.commands)[killed % len(victim.commands)]
        if name != "add" and not Store.exists(victim.library):
            victim.run("add")
        before: set[str] = set()
        if Store.exists(victim.library):
            known = Library(victim.library).documents()
            goes = victim.commands["remove"][1:] if name == "remove" else []
            before = {d.id for d in known if not d.path.endswith(tuple(goes) or ("/",))}
        process = victim.start(name)
        with suppress(subprocess.TimeoutExpired):
            process.wait(rng.uniform(0.25, 1.0) * usual[name])
        if process.poll() is not None:  # it was quicker than usual
            usual[name] *= 0.8
            continue
        process.kill()
        process.wait()
        killed += 1
        try:
            trouble = victim.trouble(before)
        except Exception as error:
            trouble = repr(error)
        tally.check(f"kill -9 of a command: {name}", not trouble, f"{name}: {trouble}")
    for name in victim.commands:  # each works on what was left
        victim.run(name)
    problems = Library(victim.library, ENCODERS[victim.encoder_name()][1]()).verify()
    tally.check("commands after all kills", not problems, problems)
    end = time.monotonic() + 60
    while (left := victim.processes()) and time.monotonic() < end:
        time.sleep(0.2)
    tally.check("processes left after all kills", not left, left)


def kill_servers(tally: Tally, folder: Path, count: int, rng: random.Random) -> None:
    """Kill a server `count` times, each second time its worker, with jobs in the queue."""
    library, accepted = folder / "library", 0
    for number in range(count):
        with LiveServer(library) as server:
            server.wait_until(lambda: server.client.get("/health").json()["worker"] == "running")
            for k in range(2):
                path = folder / "new"
                if k:
                    cv2.imwrite(str(folder / "new.png"), score_page(1000 + number, systems=1))
                    (folder / "new.png").rename(path)
                else:
                    soundfile.write(path, melody(4, 1000 + number), 22050, format="FLAC")
                sent = {"files": (f"{number} {k}", path.read_bytes())}
                accepted += server.client.post("/documents", files=sent).status_code == 202
            while server.client.get("/health").json()["jobs"]["queued"] > 4:
                time.sleep(0.2)
            time.sleep(rng.uniform(0, 1.5))
            of_worker = bool(number % 2) and server.worker_id()
            if of_worker:
                with suppress(ProcessLookupError):
                    os.kill(server.worker_id(), signal.SIGKILL)
                time.sleep(rng.uniform(0, 0.5))
                alive = server.client.get("/health").status_code == 200
                tally.check("kill -9 of the worker", alive, "the server does not answer")
                server.stop()
            else:
                server.stop(kill=True)
                wrong = [p.what for p in Library(library).verify() if "left over" not in p.what]
                tally.check("kill -9 of the server", not wrong, wrong)
    with LiveServer(library) as server:
        end = time.monotonic() + SLOWEST_S
        while sum(server.client.get("/health").json()["jobs"].values()) and time.monotonic() < end:
            time.sleep(0.5)
        total = server.client.get("/documents").json()["total"]
        states = {job["state"] for job in server.client.get("/jobs").json()["jobs"]}
        tally.check("accepted uploads after all kills", total == accepted, (total, accepted))
        tally.check("jobs after all kills", states <= {"done"}, states)
    left = [p.name for p in (library / "server").rglob("*") if p.name.endswith(PART)]
    left += [p.name for p in (library / "server" / "incoming").iterdir()]
    tally.check("files left after all kills", not left, left)
