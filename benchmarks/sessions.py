"""What sessions cost the server: how much each holds of a data set that all see, and what is left once they are closed.

A session is a websocket that says what a browser says when it opens the page, and reads the answer to its end: no page
is drawn, so that fifty fit beside one another.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from benchmarks import targets
from benchmarks.figures import Figure
from benchmarks.processor import resident_bytes
from benchmarks.served import ROOT, Server, served
from benchmarks.trade import trade, write_csv

LEGS, SESSIONS, AT_ONCE = 100_000, 50, 10
KEPT_SECONDS = 3
"""Streamlit keeps a session that lost its connection for so long here, so that the run need not wait two minutes."""
SETTLED, LOOK_SECONDS, PATIENCE = 0.002, 1.0, 90.0
"""The memory is settled when it changes by less than this share between two looks; no longer than PATIENCE seconds."""
ANSWER_SECONDS = 300.0


def session_figures(
    folder: Path, say: Callable[[str], None], legs: int = LEGS, sessions: int = SESSIONS
) -> Iterator[Figure]:
    """Memory of the server: with one session, for each further one, and after so many were opened and closed."""
    at_once = min(AT_ONCE, sessions)
    say(f"sessions: {legs:,} legs into a library")
    data = load(folder, legs)
    kept = {"STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": str(KEPT_SECONDS)}
    with served(folder, ROOT / "app.py", kept) as server:
        say("sessions: the first")
        with opened(server, data) as message:
            one = settled(server.pid)
            say(f"sessions: {at_once} at once")
            with ExitStack() as stack:
                for _ in range(at_once):
                    stack.enter_context(opened(server, data))
                each = (settled(server.pid) - one) / at_once
        before = settled(server.pid, KEPT_SECONDS * 2)
        say(f"sessions: {sessions} opened and closed")
        for _ in range(sessions):
            with opened(server, data):
                pass
        after = settled(server.pid, KEPT_SECONDS * 2)
    size = f"{legs:,} legs, a message of {message / 1e6:.1f} MB"
    yield Figure(sessions, "server with one session", "MB", one / 1e6, of="sessions", note=size)
    yield Figure(sessions, "each session more", "MB", each / 1e6, of="sessions", target=targets.session())
    yield Figure(
        sessions, "server, all closed", "MB", after / 1e6, before / 1e6, "before they were opened",
        targets.sessions_back(), of="sessions",
    )  # fmt: skip


def load(folder: Path, legs: int) -> str:
    """Made legs, loaded into the library of `folder` as anybody loads a file; the id of the import."""
    from geo.library import Library

    path = folder / "sessions.csv"
    write_csv(trade(legs, "days"), path)
    environment = {**os.environ, "WAYBILL_LIBRARY": str(folder / "library"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "geo.cli", "load", str(path), "--yes"]
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    path.unlink()
    return Library.open(folder / "library").imports()[-1].id


@contextmanager
def opened(server: Server, data: str) -> Iterator[int]:
    """A session that looks at a data set, once the page has run; gives the bytes of its largest message."""
    address = urlsplit(server.address)
    with connect(
        f"ws://{address.netloc}/_stcore/stream",
        subprotocols=["streamlit"],  # type: ignore[list-item]
        additional_headers={"Origin": f"http://{address.netloc}"},
        max_size=None,
        compression=None,
    ) as socket:
        yield _run(socket, urlencode({"data": data}))


def _run(socket: ClientConnection, query: str) -> int:
    asked = BackMsg()
    asked.rerun_script.query_string = query
    socket.send(asked.SerializeToString())
    largest = 0
    while True:
        content = socket.recv(ANSWER_SECONDS)
        if isinstance(content, str):
            continue
        largest = max(largest, len(content))
        told = ForwardMsg.FromString(content)
        if told.WhichOneof("type") == "script_finished":
            return largest


def settled(pid: int, at_least: float = 0.0) -> int:
    """The memory of the server once it does not change any more; after so many seconds at the earliest."""
    time.sleep(at_least)
    ends, before = time.monotonic() + PATIENCE, resident_bytes(pid)
    while time.monotonic() < ends:
        time.sleep(LOOK_SECONDS)
        now = resident_bytes(pid)
        if abs(now - before) <= SETTLED * before:
            return now
        before = now
    return before
