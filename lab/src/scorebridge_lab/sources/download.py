"""Download the files of sources from their public repositories, at the fixed commit.

Each file is written to `NAME.partial`, checked against its SHA-256 and then renamed: a file with
its final name is complete and valid. An interrupted download continues where it stopped (HTTP
Range). At most `Transfer.workers` files are downloaded at the same time.

The address of a file is BASE/OWNER/NAME/COMMIT/PATH. BASE is GitHub's raw host. The command's
`--base-url` or `$SCOREBRIDGE_DATA_URL` names a mirror with the same paths.
"""

from __future__ import annotations

import errno
import hashlib
import io
import threading
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import quote, urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from filelock import FileLock, Timeout

from scorebridge_lab.errors import LabError
from scorebridge_lab.sources.remote import Remote, RemoteFile

BASE_URL = "https://raw.githubusercontent.com"
CHUNK = 1 << 16  # bytes read at once
TRANSIENT = (408, 425, 429, 500, 502, 503, 504)  # HTTP statuses after which trying again helps
MAX_WAIT = 60.0  # s between two attempts
DISK_FULL = (errno.ENOSPC, errno.EDQUOT)


def _open(path: Path, mode: str) -> IO[bytes]:
    return path.open(mode)  # pyright: ignore[reportReturnType]


@dataclass(frozen=True)
class Transfer:
    """How files are fetched."""

    base_url: str = BASE_URL
    workers: int = 8
    """Files that are loaded at the same time."""
    attempts: int = 5
    """Attempts for one file."""
    backoff_s: float = 0.5
    """Seconds before the second attempt; doubled before each further one."""
    timeout_s: float = 30.0
    """Longest silence of the server."""
    open: Callable[[Path, str], IO[bytes]] = _open
    """Opens a file to write; a test passes a disk that is full."""


@dataclass
class DownloadTally:
    """What a download did."""

    downloaded: int = 0
    bytes: int = 0
    """Bytes that came over the network."""
    present: int = 0
    """Files that were there already and valid."""
    unavailable: list[str] = field(default_factory=list)
    """Paths below the data folder of what is not there and in no public repository."""
    failed: dict[str, str] = field(default_factory=dict)
    """Path below the data folder to the reason."""

    @property
    def done(self) -> int:
        """Files that are settled, one way or other."""
        return self.downloaded + self.present + len(self.unavailable) + len(self.failed)


class DiskFullError(LabError):
    """The disk is full; nothing more can be downloaded."""


class _TransientError(Exception):
    """An attempt failed in a way that another may not. Carries the seconds the server asks for."""

    def __init__(self, reason: str, wait_s: float = 0.0) -> None:
        super().__init__(reason)
        self.wait_s = wait_s


def url_of(file: RemoteFile, base_url: str) -> str:
    """Address of a file. Raises ValueError where it has no repository."""
    if file.repository is None:
        raise ValueError(f"{file.name}: no repository")
    place = f"{file.repository.name}/{file.repository.commit}/{file.path}"
    return f"{base_url.rstrip('/')}/{quote(place)}"


def is_valid(path: Path, file: RemoteFile) -> bool:
    """Whether a file on disk has the size and checksum of the table."""
    try:
        if path.stat().st_size != file.bytes:
            return False
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest() == file.sha256
    except (FileNotFoundError, NotADirectoryError):
        return False


def download(
    remotes: Sequence[Remote],
    root: Path,
    transfer: Transfer | None = None,
    progress: Callable[[DownloadTally, int], None] | None = None,
) -> DownloadTally:
    """Download all files of `remotes` that are not in `root` yet.

    A remote whose archive lies in `root` is complete as it is. A file that cannot be loaded is
    listed in the tally and the others are still loaded.

    progress : called with the tally so far and the number of files of all.
    Raises DiskFullError where the disk is full, and LabError where another download is at work in
    `root` or `root` cannot be written.
    """
    transfer = transfer or Transfer()
    wanted = [
        _Wanted(root / remote.folder / file.name, f"{remote.folder}/{file.name}", file)
        for remote in remotes
        if not (remote.archive and (root / remote.archive).is_file())
        for file in remote.files()
    ]
    run = _Run(transfer, progress, len(wanted))
    missing = run.check(wanted)
    if not missing:
        return run.tally
    try:
        root.mkdir(parents=True, exist_ok=True)
        with FileLock(root / ".download.lock", timeout=0):
            run.load(missing)
    except Timeout:
        raise LabError(f"{root}: another download is at work there. Wait for its end.") from None
    except OSError as error:
        raise LabError(
            f"{root}: cannot be written ({error.strerror or error}). Set SCOREBRIDGE_DATA to a"
            " folder that you may write."
        ) from error
    return run.tally


@dataclass(frozen=True)
class _Wanted:
    """One file, where it belongs, and its path below the data folder."""

    target: Path
    name: str
    file: RemoteFile


class _Run:
    """One call of `download`: the connections, the tally, and whether to stop."""

    def __init__(
        self, transfer: Transfer, progress: Callable[[DownloadTally, int], None] | None, total: int
    ) -> None:
        self.transfer = transfer
        self.progress = progress
        self.total = total
        self.tally = DownloadTally()
        self.lock = threading.Lock()
        self.stop = threading.Event()

    def check(self, wanted: Sequence[_Wanted]) -> list[_Wanted]:
        """The files that are not there and valid, and that can be downloaded."""
        missing: list[_Wanted] = []

        def one(job: _Wanted) -> None:
            valid = is_valid(job.target, job.file)
            with self.lock:
                if valid:
                    self.tally.present += 1
                elif job.file.downloadable:
                    missing.append(job)
                else:
                    self.tally.unavailable.append(job.name)

        self._each(one, wanted)
        self.tally.unavailable.sort()
        return sorted(missing, key=lambda job: job.name)

    def load(self, missing: Sequence[_Wanted]) -> None:
        """Download files. Raises DiskFullError."""
        self.http = _connections(self.transfer)
        try:
            self._each(self._one, missing)
        finally:
            self.http.clear()

    def _each(self, function: Callable[[_Wanted], None], jobs: Sequence[_Wanted]) -> None:
        """Call a function for each job in threads; twice as many jobs as threads are queued."""
        waiting = iter(jobs)
        running: set[Future[None]] = set()
        pool = ThreadPoolExecutor(self.transfer.workers)
        try:
            while True:
                while len(running) < 2 * self.transfer.workers:
                    job = next(waiting, None)
                    if job is None:
                        break
                    running.add(pool.submit(function, job))
                if not running:
                    return
                done, running = wait(running, timeout=0.5, return_when=FIRST_COMPLETED)
                if self.progress is not None:
                    self.progress(self.tally, self.total)
                for future in done:
                    future.result()
        except BaseException:  # Ctrl-C too: what is running ends at its next chunk
            self.stop.set()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _one(self, job: _Wanted) -> None:
        """Bring one file into place, or put the reason into the tally."""
        url = url_of(job.file, self.transfer.base_url)
        reason = ""
        for attempt in range(self.transfer.attempts):
            if self.stop.is_set():
                return
            try:
                self._attempt(url, job)
                return
            except _TransientError as error:
                reason = str(error)
                last = attempt + 1 == self.transfer.attempts
                pause = max(self.transfer.backoff_s * 2**attempt, error.wait_s)
                if not last:
                    self.stop.wait(min(pause, MAX_WAIT))
            except DiskFullError:
                self.stop.set()
                raise
            except LabError as error:
                reason = str(error)
                break
        with self.lock:
            self.tally.failed[job.name] = reason

    def _attempt(self, url: str, job: _Wanted) -> None:
        """Load, check and rename one file. Raises _TransientError, DiskFullError or LabError."""
        partial = job.target.with_name(job.target.name + ".partial")
        ready = partial
        try:
            job.target.parent.mkdir(parents=True, exist_ok=True)
            resumed = self._fetch(url, partial, job.file)
            if self.stop.is_set():
                return
            if job.file.same == "unpacked":
                ready = job.target.with_name(job.target.name + ".unpacked")
                self._unpack(partial, ready)
            if not ready.exists() or not is_valid(ready, job.file):
                partial.unlink(missing_ok=True)
                if resumed:
                    raise _TransientError(f"{url}: the part that was there did not fit")
                raise LabError(
                    f"{url}: wrong checksum. The file was deleted. Try again, or check the proxy or"
                    " mirror in between."
                )
            ready.replace(job.target)
            partial.unlink(missing_ok=True)
        except OSError as error:
            if error.errno in DISK_FULL:
                partial.unlink(missing_ok=True)
                raise DiskFullError(
                    f"{job.target}: the disk is full. Free some space, or set SCOREBRIDGE_DATA to a"
                    " folder on another disk, and run the download again: it goes on where it"
                    " stopped."
                ) from error
            raise
        finally:
            if ready != partial:
                ready.unlink(missing_ok=True)
        with self.lock:
            self.tally.downloaded += 1

    def _fetch(self, url: str, partial: Path, file: RemoteFile) -> bool:
        """Load the rest of a file into `partial`; returns whether there was a beginning."""
        start = partial.stat().st_size if partial.exists() else 0
        if file.same == "yes" and start == file.bytes and partial.exists():
            return True
        headers = {"Range": f"bytes={start}-"} if start else {}
        try:
            response = self.http.request("GET", url, headers=headers, preload_content=False)
        except urllib3.exceptions.HTTPError as error:
            raise _TransientError(f"{url}: no connection ({error})") from error
        try:
            if response.status == 416:  # the server has no such range
                total = response.headers.get("Content-Range", "").rpartition("/")[2]
                if total == str(start):
                    return True
                partial.unlink(missing_ok=True)
                raise _TransientError(f"{url}: the part that was there did not fit")
            if response.status in TRANSIENT:
                after = response.headers.get("Retry-After", "")
                wait_s = float(after) if after.isdecimal() else 0.0
                raise _TransientError(f"{url}: HTTP {response.status}", wait_s)
            if response.status not in (200, 206):
                raise LabError(f"{url}: HTTP {response.status}. {_meaning(response.status)}")
            whole = response.status == 200
            if not whole and not _starts_at(response.headers.get("Content-Range", ""), start):
                partial.unlink(missing_ok=True)
                raise _TransientError(f"{url}: another range than was asked for")
            with self.transfer.open(partial, "wb" if whole else "ab") as out:
                for chunk in response.stream(CHUNK, decode_content=False):
                    if self.stop.is_set():
                        break
                    out.write(chunk)
                    with self.lock:
                        self.tally.bytes += len(chunk)
            return not whole
        except urllib3.exceptions.HTTPError as error:
            raise _TransientError(f"{url}: cut off ({error})") from error
        finally:
            response.close()
            response.release_conn()

    def _unpack(self, partial: Path, ready: Path) -> None:
        """Write the score in a compressed MusicXML file to `ready`; nothing where it has none."""
        try:
            score = musicxml_of(partial.read_bytes())
        except LabError:
            return
        with self.transfer.open(ready, "wb") as out:
            out.write(score)


def _connections(transfer: Transfer) -> urllib3.PoolManager:
    """Pooled connections, through the proxy that the environment names."""
    address = urlsplit(transfer.base_url)
    proxy = getproxies().get(address.scheme)
    options = {
        "maxsize": transfer.workers,
        "block": True,
        "timeout": urllib3.Timeout(connect=transfer.timeout_s, read=transfer.timeout_s),
        "retries": urllib3.Retry(5, connect=0, read=0, status=0, other=0, redirect=5),
    }
    if proxy and not proxy_bypass(address.hostname or ""):
        return urllib3.ProxyManager(proxy, **options)
    return urllib3.PoolManager(**options)


def _starts_at(content_range: str, start: int) -> bool:
    """Whether a Content-Range header ("bytes 5-9/10") begins at `start`."""
    return content_range.removeprefix("bytes ").partition("-")[0].strip() == str(start)


def _meaning(status: int) -> str:
    if status in (404, 410):
        return "The public repository no longer holds this file."
    return "The server refuses it; check the proxy or mirror in between."


def musicxml_of(data: bytes) -> bytes:
    """The score in a compressed MusicXML file. Raises LabError where there is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            root = ElementTree.fromstring(archive.read("META-INF/container.xml"))
            paths = [e.get("full-path") for e in root.iter() if e.tag.endswith("rootfile")]
            if not paths or paths[0] is None:
                raise LabError("a compressed MusicXML file without a score")
            return archive.read(paths[0])
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, EOFError) as error:
        raise LabError(f"not a compressed MusicXML file ({error})") from error
