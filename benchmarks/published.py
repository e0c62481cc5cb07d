"""`docs/benchmarks.md`: rendered from the JSON that a run leaves in `benchmarks/results`; no figure is typed."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.peers import PeerFigures
from benchmarks.run import Settings

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).with_name("results")
PAGE = ROOT / "docs" / "benchmarks.md"
HEAD = """# Waybill beside its peers

Written by `python -m benchmarks --only peers --publish`, from `benchmarks/results/peers.json`; do not edit.
What else is measured, and how, is in [benchmarks/README.md](../benchmarks/README.md).

The same made legs, one arc each by the same width, height, tilt and colour, on a map of the same size and view, one
peer after the other in the same browser. Waybill draws an arc for each corridor, and each leg while it is under way;
the others draw an arc for each leg. No peer has a base map; Waybill has its own, with borders, names and seas, its bars
and buttons, and what its message says besides: dates, ranges, sources.

- `st.pydeck_chart` and Waybill are served by Streamlit. lonboard and kepler.gl are on a page that gives their notebook
  widgets what their kernels would have sent, so that nothing of Jupyter's own weight counts. The plain page has
  deck.gl, one `ArcLayer` and its data as JSON.
- **Data**: what the page is given to draw. **All at first**: everything that came over the wire with an empty cache,
  programs compressed.
- **First frame**: from navigation until the GPU has finished the first frame with all arcs in it, with a warm server
  and cache; the median.
- **Moved**: animation frames a second in which arcs were drawn, while a mouse drags the map in circles. **A frame**:
  the processor time of all of Chromium for one of them, which other programs hardly change. **Played**: frames a second
  over a pass of the clock, which only Waybill has.
- **Heap**: JavaScript objects and array buffers after that, garbage collected. What lies on the GPU does not count.
"""
COLUMNS = (
    ("", "---"), ("version", "---"), ("data", "--:"), ("all at first", "--:"), ("first frame", "--:"), ("moved", "--:"),
    ("a frame", "--:"), ("played", "--:"), ("heap", "--:"),
)  # fmt: skip


def write_peers(found: Sequence[PeerFigures], machine: Mapping[str, str | int], settings: Settings, said: str) -> None:
    """Keeps the figures with the machine, the day and the command, and renders the page anew."""
    told = {
        "day": time.strftime("%Y-%m-%d", time.gmtime()),
        "command": command_of(settings),
        "conditions": said,
        "machine": dict(machine),
        "figures": [asdict(each) for each in found],
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "peers.json").write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", "utf-8")
    PAGE.write_text(page(told), "utf-8")


def command_of(settings: Settings) -> str:
    """What repeats a run."""
    sizes = ",".join(map(str, settings.sizes))
    gpu = " --gpu" if settings.gpu else ""
    asked = f"--sizes {sizes} --repeat {settings.repeat} --map {settings.size}{gpu}"
    return f"python -m benchmarks --only peers {asked} --publish"


def page(told: Mapping[str, Any]) -> str:
    """The whole page, from what a run told."""
    figures = [PeerFigures(**each) for each in told["figures"]]
    sizes = sorted({each.legs for each in figures})
    tables = [_table(legs, [each for each in figures if each.legs == legs]) for legs in sizes]
    return "\n".join([HEAD, *tables, _origin(told, figures)])


def _table(legs: int, figures: Sequence[PeerFigures]) -> str:
    head = [f"## {legs:,} legs", "", _row([name for name, _ in COLUMNS]), _row([side for _, side in COLUMNS])]
    return "\n".join([*head, *(_row(_cells(each)) for each in figures)]) + "\n"


def _cells(each: PeerFigures) -> list[str]:
    if each.why:
        return [each.peer, each.version or "not there", *["–"] * (len(COLUMNS) - 2)]
    heap = None if each.heap_mb is None or each.buffers_mb is None else each.heap_mb + each.buffers_mb
    return [
        each.peer,
        each.version,
        _told(each.data_mb, "MB"),
        _told(each.received_mb, "MB"),
        _told(each.first_frame_s, "s"),
        _told(each.moved_fps, "/s"),
        _told(each.moved_cpu_ms, "ms"),
        _told(each.played_fps, "/s"),
        _told(heap, "MB"),
    ]


def _origin(told: Mapping[str, Any], figures: Sequence[PeerFigures]) -> str:
    machine = " · ".join(f"{name} {value}" for name, value in told["machine"].items())
    missing = sorted({f"{each.peer} {each.why}." for each in figures if each.why})
    how = f"Made on {told['day']} by `{told['command']}`. {told['conditions']}"
    needs = (
        "lonboard and kepler.gl need an environment of their own: see [benchmarks/README.md](../benchmarks/README.md)."
    )
    return "\n".join(["## Where and when", "", how, "", machine, "", *(f"{each}\n" for each in missing), needs, ""])


def _told(value: float | None, unit: str) -> str:
    """Three figures, which is more than two runs agree on."""
    if value is None:
        return "–"
    return f"{value:.2f} {unit}" if value < 10 else f"{value:,.1f} {unit}" if value < 100 else f"{value:,.0f} {unit}"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
