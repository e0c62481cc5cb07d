"""What a wheel carries beside the package: the page, its settings and the data.

A build hook rather than `force-include`, which would copy all of it into an editable install too, where it goes stale.
"""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CARRIED = {
    "app.py": "geo/app.py",
    ".streamlit/config.toml": "geo/.streamlit/config.toml",
    "data": "geo/data",
    "docs/guide": "geo/guide",
}


class WheelHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling fills the parameter by the builder it runs
    """Adds `CARRIED` to a wheel that stands for itself."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "standard":
            build_data["force_include"].update(CARRIED)
