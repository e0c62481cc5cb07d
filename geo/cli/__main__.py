"""`python -m geo.cli`: the same as `waybill`."""

from __future__ import annotations

from geo.cli import app

if __name__ == "__main__":
    app()
