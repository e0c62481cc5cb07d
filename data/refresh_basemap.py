"""Makes the browser's base map from the files here, which plates read themselves.

    python data/refresh_basemap.py

writes
    geo/player/src/basemap.json    borders and names: see `geo.sea.basemap.page_file`
"""

# ruff: noqa: INP001 -- a script beside the data, no package

from __future__ import annotations

from pathlib import Path

from geo.sea.basemap import page_file

ROOT = Path(__file__).resolve().parents[1]

if __name__ == "__main__":
    (ROOT / "geo" / "player" / "src" / "basemap.json").write_text(page_file(), encoding="utf-8")
