"""Slow, half-open and broken connections, in every order of what a client may do."""

import errno
import itertools
import random
import socket
import struct
import threading
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from abuse_tally import Tally

from live_server import LiveServer

BODY = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n%PDF-1.4 part'
STEPS = ("line", "headers", "body", "rest", "shut", "wait", "read", "reset")
"""What a client does: the request line, half of the headers, the end of the headers and half of a
body, the rest, no more to send, nothing, listen, break off."""
LONGEST_S = 240  # a connection that is never closed lives until then


def orders(count: int, rng: random.Random) -> list[tuple[str, ...]]:
    """Each order of two steps, then random ones of three to six; `count` in all."""
    pairs: list[tuple[str, ...]] = list(itertools.permutations(STEPS, 2))
    while len(pairs) < count:
        pairs.append(tuple(rng.choices(STEPS, k=rng.randint(3, 6))))
    return pairs[:count] if count >= len(pairs) else rng.sample(pairs, count)


def play(address: tuple[str, int], order: tuple[str, ...]) -> str:
    """Be such a client, then wait until the server hangs up; what is wrong, empty for nothing."""
    host = f"{address[0]}:{address[1]}".encode()
    sent = {
        "line": b"POST /api/v1/documents HTTP/1.1\r\n",
        "headers": b"Host: %b\r\nContent-Type: multipart/form-data; boundary=b\r\nX-" % host,
        "body": b"Y: z\r\nContent-Length: 5000\r\n\r\n" + BODY,
        "rest": bytes(5000 - len(BODY)),
    }
    with suppress(ConnectionError), socket.create_connection(address, LONGEST_S) as link:
        for step in order:
            if step in sent:
                link.sendall(sent[step])
            elif step == "shut":
                try:
                    link.shutdown(socket.SHUT_WR)
                except OSError as error:
                    if error.errno != errno.ENOTCONN:  # the server has hung up already
                        raise
            elif step == "wait":
                time.sleep(1)
            elif step == "read":
                link.settimeout(1)
                with suppress(TimeoutError):
                    link.recv(1000)
                link.settimeout(LONGEST_S)
            else:
                link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return ""
        try:
            while link.recv(65536):
                pass
        except TimeoutError:
            return f"{order}: open for {LONGEST_S} s"
    return ""


def slow_and_half_open(tally: Tally, folder: Path, count: int, rng: random.Random) -> None:
    """`count` such clients at once, while others ask and are answered."""
    attack = "slow and half-open connections"
    with LiveServer(folder / "library") as server:
        parts = urlsplit(server.address)
        address = (str(parts.hostname), int(parts.port or 0))
        assert server.client.get("/documents").status_code == 200
        files = Path(f"/proc/{server.process.pid}/fd")
        before = len(list(files.iterdir()))

        def attack_once(order: tuple[str, ...]) -> None:
            try:
                fault = play(address, order)
            except OSError as error:
                fault = f"{order}: {error!r}"
            tally.check(attack, not fault, fault)

        threads = [threading.Thread(target=attack_once, args=(o,)) for o in orders(count, rng)]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            answer = server.client.get("/documents")
            tally.check("requests beside them", answer.status_code == 200, answer.status_code)
            time.sleep(0.5)
        end = time.monotonic() + 60
        while len(list(files.iterdir())) > before + 2 and time.monotonic() < end:
            time.sleep(0.2)
        left = len(list(files.iterdir())) - before
        tally.check("connections left open", left <= 2, left)
        incoming = list((folder / "library" / "server" / "incoming").iterdir())
        tally.check("files left by cut off uploads", not incoming, incoming)
