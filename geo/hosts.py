"""The names that the server answers to.

A website can point its own name at this machine (DNS rebinding). The browser then takes our answers for that site's
own, and only the name that it asked for, in Host and Origin, gives the site away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import AddressValueError, IPv6Address
from typing import NamedTuple

from geo.errors import HostError

VARIABLE = "WAYBILL_HOSTS"
"""The environment variable with further names, between commas or spaces."""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""What is always answered: a browser gets these from nobody's name server."""
LONGEST_SHOWN = 80

_LABEL = r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?"
_HOST = re.compile(rf"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<name>{_LABEL}(?:\.{_LABEL})*)\.?)(?::(?P<port>[0-9]{{0,5}}))?")
_ORIGIN = re.compile(r"https?://(?P<host>[^/]+)")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not answered."""

    status: HTTPStatus
    reason: str


class Host(NamedTuple):
    """Whom a request is for: a name in lower case without brackets or final dot, and a port where one is written."""

    name: str
    port: int | None

    @classmethod
    def read(cls, text: str) -> Host | None:
        """A Host header. None where it is not a host.

        An IP address in any form but the usual one ("127.1", "2130706433") is a name like another: no browser sends it.
        """
        found = _HOST.fullmatch(text.lower())
        if found is None:
            return None
        port = int(found["port"]) if found["port"] else None
        if found["six"] is None:
            return cls(found["name"], port)
        try:
            return cls(str(IPv6Address(found["six"])), port)
        except AddressValueError:
            return None

    @classmethod
    def of_origin(cls, text: str) -> Host | None:
        """An Origin header. None where it is not a web address: "null" is the origin of anybody's frame or file."""
        found = _ORIGIN.fullmatch(text.lower())
        return cls.read(found["host"]) if found else None


def given_names(texts: Iterable[str]) -> frozenset[str]:
    """Names as the operator writes them; a port after one is left out. Raises HostError."""
    names = set()
    for text in texts:
        bare = text.strip()
        host = Host.read(f"[{bare}]" if bare.count(":") > 1 and "[" not in bare else bare)
        if host is None:
            raise HostError(text)
        names.add(host.name)
    return frozenset(names)


def answered(environment: Mapping[str, str]) -> frozenset[str]:
    """The loopback names, and those in `VARIABLE`. Raises HostError."""
    return LOOPBACK | given_names(environment.get(VARIABLE, "").replace(",", " ").split())


def refusal(hosts: Sequence[str], origins: Sequence[str], names: frozenset[str]) -> Refusal | None:
    """Why a request with these Host and Origin headers is refused; None where it is answered.

    A request without Origin is no page's script: a reader's own step to an address, or a program.
    """
    host = Host.read(hosts[0]) if len(hosts) == 1 else None
    if host is None or host.name not in names:
        return Refusal(
            HTTPStatus.MISDIRECTED_REQUEST,
            f"Waybill does not answer to the name {_shown(hosts)}. On its own machine, open http://localhost with "
            "the same port. To use another name, start Waybill with it: waybill serve --allow-host NAME, or "
            f"{VARIABLE}=NAME in the environment.",
        )
    if origins and (len(origins) > 1 or Host.of_origin(origins[0]) != host):
        return Refusal(
            HTTPStatus.FORBIDDEN,
            f"Waybill at {_shown(hosts)} answers only its own pages, and this request came from a page of "
            f"{_shown(origins)}. If that is a proxy in front of Waybill, let it pass on the Host header unchanged.",
        )
    return None


def _shown(values: Sequence[str]) -> str:
    """What was sent, in printable ASCII and not too long."""
    if not values:
        return "(none was sent)"
    text = " and ".join(ascii(value) for value in values)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}..."
