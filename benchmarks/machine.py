"""What the figures were measured on."""

from __future__ import annotations

import json
import os
import platform
from importlib.metadata import version
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "geo" / "player" / "package.json"
LIBRARIES = ("streamlit", "pydeck", "duckdb", "pyarrow", "pandas", "numpy")


def machine(renderer: str, chromium: str) -> dict[str, str | int]:
    """Processor, renderer and versions, by name."""
    told: dict[str, str | int] = {
        "cpus": os.cpu_count() or 0,
        "processor": _processor(),
        "renderer": renderer,
        "chromium": chromium,
        "python": platform.python_version(),
    }
    told["deck.gl"] = deck_version()
    return told | {name: version(name) for name in LIBRARIES}


def deck_version() -> str:
    """Of deck.gl, which the player and the bare pages share."""
    return str(json.loads(PACKAGE.read_text("utf-8"))["dependencies"]["@deck.gl/core"])


def load() -> float | None:
    """Processes that wanted a processor over the last minute, ours included; None where the system does not say."""
    try:
        return round(os.getloadavg()[0], 1)
    except OSError:
        return None


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
