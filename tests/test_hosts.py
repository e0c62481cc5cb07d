"""Which names and which pages are answered."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import HostError
from geo.hosts import LOOPBACK, VARIABLE, Host, answered, given_names, refusal

NAMES = LOOPBACK | {"team.example", "192.168.1.5"}


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost:8501",
        "localhost:",
        "LocalHost:8501",
        "localhost.",
        "localhost.:8501",
        "127.0.0.1:8501",
        "[::1]",
        "[::1]:8501",
        "[0:0:0:0:0:0:0:1]:8501",
        "team.example",
        "TEAM.example.:443",
        "192.168.1.5:8501",
    ],
)
def test_our_names_are_answered_on_any_port(host: str) -> None:
    assert refusal([host], [], NAMES) is None


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "evil-localhost",
        "127.0.0.1.evil.example",
        "sub.team.example",
        "team.example.evil.example",
        "xteam.example",
        "",
        ".",
        ":8501",
        "localhost..",
        ".localhost",
        "user@localhost",
        "localhost@evil.example",
        "evil.example#localhost",
        "evil.example/localhost",
        "localhost/",
        "localhost:8501:8501",
        "localhost:http",
        "localhost evil.example",
        "localhost,evil.example",
        " localhost",
        "localhost\n",
        "localhost\x00",
        "http://localhost",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.000.000.001",
        "0.0.0.0",
        "[::]",
        "::1",
        "[::1",
        "[::1]evil.example",
        "[::1%lo]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[fe80::1]",
        "[127.0.0.1]",
        "[localhost]",
        "l\xf6calhost",
        "*",
    ],
)
def test_other_names_are_refused(host: str) -> None:
    refused = refusal([host], [], NAMES)
    assert refused is not None
    assert refused.status == HTTPStatus.MISDIRECTED_REQUEST
    assert ascii(host) in refused.reason
    assert "--allow-host" in refused.reason


@pytest.mark.parametrize("hosts", [[], ["localhost", "localhost"], ["localhost", "evil.example"]])
def test_a_request_names_one_host(hosts: list[str]) -> None:
    assert refusal(hosts, [], NAMES) is not None


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("localhost:8501", "http://localhost:8501"),
        ("localhost:8501", "http://LOCALHOST.:8501"),
        ("[::1]:8501", "http://[::1]:8501"),
        ("127.0.0.1:8501", "http://127.0.0.1:8501"),
        ("team.example", "https://team.example"),
        ("team.example:8443", "https://team.example:8443"),
    ],
)
def test_our_own_pages_are_answered(host: str, origin: str) -> None:
    assert refusal([host], [origin], NAMES) is None


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "http://evil.example:8501",
        "http://localhost.evil.example:8501",
        "http://localhost:3000",  # Another program of this machine.
        "http://localhost",
        "http://[::1]:8501",
        "http://127.0.0.1:8501",
        "http://team.example",
        "http://user@localhost:8501",
        "http://evil.example/http://localhost:8501",
        "http://localhost:8501/",
        "ftp://localhost:8501",
        "localhost:8501",
        "//localhost:8501",
        "file://",
        "null",
        "",
        "http://",
    ],
)
def test_pages_of_others_are_refused_even_where_the_name_is_ours(origin: str) -> None:
    refused = refusal(["localhost:8501"], [origin], NAMES)
    assert refused is not None
    assert refused.status == HTTPStatus.FORBIDDEN
    assert ascii(origin) in refused.reason


def test_a_request_has_one_origin_or_none() -> None:
    ours = "http://localhost:8501"
    assert refusal(["localhost:8501"], [ours, ours], NAMES) is not None


def test_what_is_shown_of_a_request_is_short_and_printable() -> None:
    refused = refusal(["\x1b[31m\u202e" + "a" * 5_000], [], NAMES)
    assert refused is not None
    assert refused.reason.isascii()
    assert refused.reason.isprintable()
    assert len(refused.reason) < 400


@given(st.text(), st.text())
def test_no_words_around_a_name_make_it_ours(before: str, after: str) -> None:
    host = f"{before}localhost{after}"
    if refusal([host], [], LOOPBACK) is None:
        assert before == ""
        assert after.rstrip("0123456789") in {"", ".", ":", ".:"}


@given(st.text())
def test_a_name_that_is_read_is_read_the_same_again(text: str) -> None:
    host = Host.read(text)
    if host is not None:
        assert Host.read(f"[{host.name}]" if ":" in host.name else host.name) == Host(host.name, None)


def test_the_operators_names_come_from_the_environment() -> None:
    assert answered({}) == LOOPBACK
    assert answered({VARIABLE: ""}) == LOOPBACK
    assert answered({VARIABLE: "Team.example:8501, [fe80::1] 10.0.0.7,"}) == LOOPBACK | {
        "team.example",
        "fe80::1",
        "10.0.0.7",
    }


def test_an_address_may_be_given_without_brackets() -> None:
    assert given_names(["fe80:0::1", "[fe80::1]:80"]) == {"fe80::1"}


@pytest.mark.parametrize(
    "name", ["*", "*.team.example", "http://team.example", "team.example/map", "m\xfcnchen.example", "", "a:b:c"]
)
def test_what_no_browser_asks_for_is_no_name(name: str) -> None:
    with pytest.raises(HostError, match="is not a host name"):
        given_names([name])
