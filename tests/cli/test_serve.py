"""`waybill serve` starts the page of this very installation, and it answers to its own names alone."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

ROOT = Path(__file__).parent.parent.parent
START_SECONDS = 90
EVIL = "evil.example"


class Started:
    """What `waybill serve` would become: commands with their environment, and the folder."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        module = sys.modules["geo.cli.serve"]  # In geo.cli the name is the command's.
        self.command: list[str] = []
        self.environment: dict[str, str] = {}
        self.folder = Path()
        monkeypatch.setattr(module.os, "execve", lambda _, command, env: self._keep(command, env))
        monkeypatch.setattr(module.os, "chdir", lambda folder: setattr(self, "folder", folder))
        monkeypatch.setattr(module.subprocess, "call", self._keep)

    def _keep(self, command: list[str], env: dict[str, str]) -> int:
        self.command, self.environment = command, env
        return 0


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    """In place of a server."""
    for name in ("PORT", "STREAMLIT_SERVER_ADDRESS", "WAYBILL_HOSTS"):
        monkeypatch.delenv(name, raising=False)
    return Started(monkeypatch)


def test_serve_runs_the_page_of_the_repository_headless(
    run: Callable, started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("serve", "--port", "8599").stderr == ""
    assert started.command[1:4] == ["-m", "streamlit", "run"]
    assert Path(started.command[4]) == ROOT / "app.py"
    assert started.folder == ROOT
    options = {"--server.port=8599", "--server.headless=true", "--browser.gatherUsageStats=false"}
    assert {*options, "--server.address=127.0.0.1"} <= set(started.command)
    assert started.environment["WAYBILL_HOSTS"] == ""
    monkeypatch.setenv("PORT", "8600")
    run("serve", "--browser")
    assert {"--server.port=8600", "--server.headless=false"} <= set(started.command)


def test_names_of_the_operator_reach_the_server(
    run: Callable, started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYBILL_HOSTS", "wall.example, localhost")
    result = run("serve", "--address", "0.0.0.0", "--allow-host", "Team.example:8501", "--allow-host", "[FE80::1]")
    assert started.environment["WAYBILL_HOSTS"] == "fe80::1,team.example,wall.example"
    assert "--server.address=0.0.0.0" in started.command
    assert "answers to localhost, 127.0.0.1, [::1] and [fe80::1], team.example, wall.example" in result.stderr
    assert "everyone who can open the page sees all that is loaded" in result.stderr


def test_a_server_for_a_team_without_names_says_whom_it_answers(run: Callable, started: Started) -> None:
    said = run("serve", "--address", "0.0.0.0").stderr
    assert "answers only to localhost, 127.0.0.1 and [::1]" in said
    assert "--allow-host NAME" in said
    # Else Streamlit asks a web service for this machine's outer address, to print it.
    assert "--browser.serverAddress=localhost" in started.command


def test_a_single_address_is_a_name(run: Callable, started: Started) -> None:
    run("serve", "--address", "192.168.1.5")
    assert started.environment["WAYBILL_HOSTS"] == "192.168.1.5"
    assert "--browser.serverAddress=192.168.1.5" in started.command


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--allow-host", "*.team.example"], "is not a host name"),
        (["--allow-host", "http://team.example"], "is not a host name"),
        (["--address", "team.example"], "is not an IP address"),
    ],
)
def test_what_cannot_be_a_name_starts_nothing(run: Callable, started: Started, arguments: list[str], said: str) -> None:
    result = run("serve", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert started.command == []


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a real server, which knows one name more."""
    home = tmp_path_factory.mktemp("served")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "geo.cli", "serve", f"--port={port}", "--allow-host=team.example"]
    environment = {**os.environ, "HOME": str(home), "WAYBILL_LIBRARY": str(home / "library")}
    environment.pop("STREAMLIT_SERVER_ADDRESS", None)
    log = home / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait(process, port, log)
        yield port
        process.send_signal(signal.SIGINT)
        process.wait(30)
    finally:
        process.kill()
        process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(START_SECONDS * 5):
        try:
            if ask(port, "GET", "/_stcore/health", f"localhost:{port}")[0] == 200:
                return
        except OSError:
            pass
        try:
            process.wait(0.2)
        except subprocess.TimeoutExpired:
            continue
        break
    pytest.fail(f"the server did not start:\n{log.read_text('utf-8', 'replace')}")


def ask(port: int, method: str, path: str, host: str, origin: str = "") -> tuple[int, dict[str, str], str]:
    """A request as any program can send it: status, headers, body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.putrequest(method, path, skip_host=True)
        connection.putheader("Host", host)
        if origin:
            connection.putheader("Origin", origin)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


PATHS = [
    ("GET", "/"),
    ("GET", "/data"),
    ("GET", "/_stcore/health"),
    ("GET", "/_stcore/host-config"),
    ("GET", "/media/0123.png"),
    ("GET", "/component/geo.player/main.js"),
    ("GET", "/_stcore/bidi-components/geo.player/main.js"),
    ("PUT", "/_stcore/upload_file/a/b"),
    ("DELETE", "/_stcore/upload_file/a/b"),
    ("OPTIONS", "/_stcore/upload_file/a/b"),
    ("POST", "/_stcore/agent/interact"),
    ("POST", "/"),
]


@pytest.mark.parametrize(("method", "path"), PATHS)
def test_no_path_answers_another_name_or_another_page(served: int, method: str, path: str) -> None:
    for host in (f"{EVIL}:{served}", f"localhost.{EVIL}", f"x.team.example:{served}", "127.1", "me@localhost"):
        status, headers, body = ask(served, method, path, host, f"http://{EVIL}:{served}")
        assert (status, body.startswith("Waybill does not answer to the name ")) == (421, True)
        assert "access-control-allow-origin" not in headers
    for origin in (f"http://{EVIL}", "null", "http://localhost:1", f"http://team.example:{served}"):
        status, headers, body = ask(served, method, path, f"localhost:{served}", origin)
        assert (status, "only its own pages" in body) == (403, True)
        assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize(("method", "path"), PATHS)
def test_every_answer_forbids_foreign_frames_and_guesses_of_type(served: int, method: str, path: str) -> None:
    for host in (f"localhost:{served}", EVIL):
        _, headers, _ = ask(served, method, path, host)
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "SAMEORIGIN"
        assert headers["content-security-policy"] == "frame-ancestors 'self'"


@pytest.mark.parametrize("name", ["localhost", "LOCALHOST.", "127.0.0.1", "[::1]", "team.example"])
def test_our_names_are_served(served: int, name: str) -> None:
    authority = f"{name}:{served}"
    status, _, body = ask(served, "GET", "/", authority, f"http://{authority}")
    assert status == 200
    assert "<title>" in body
    assert websocket(served, authority.lower(), f"http://{authority}".lower()) == 101


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        (EVIL, f"http://{EVIL}", 421),
        (f"localhost.{EVIL}", f"http://localhost.{EVIL}", 421),
        (EVIL, "http://localhost", 421),
        (EVIL, None, 421),
        ("localhost", f"http://{EVIL}", 403),
        ("localhost", "null", 403),
        ("localhost", "http://localhost:1", 403),
        ("team.example", "http://localhost", 403),
        ("localhost", "http://127.0.0.1", 403),
    ],
)
def test_the_websocket_is_closed_to_others(served: int, host: str, origin: str | None, status: int) -> None:
    assert websocket(served, f"{host}:{served}", origin) == status


def websocket(port: int, host: str, origin: str | None) -> int:
    """The status with which a handshake ends; 101 is an open websocket."""
    try:
        with (
            socket.create_connection(("127.0.0.1", port), timeout=30) as stream,
            connect(f"ws://{host}/_stcore/stream", sock=stream, origin=Origin(origin) if origin else None) as opened,
        ):
            return opened.response.status_code if opened.response else 0
    except InvalidStatus as refused:
        return refused.response.status_code


@pytest.mark.parametrize("command", ["check", "load", "library", "serve"])
def test_every_command_has_its_help(run: Callable, command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert command in run("--help").stdout


def test_without_a_command_the_help_is_shown(run: Callable) -> None:
    assert "Commands" in run().output
