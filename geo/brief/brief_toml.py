"""Values of a brief as TOML. `tomllib` reads and does not write, and a brief needs a few types only."""

from __future__ import annotations

from geo.brief.brief_keys import Value


def literal(value: Value) -> str:
    """A value as TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, tuple):
        return f"[{', '.join(literal(each) for each in value)}]"
    escaped = {"\\": "\\\\", '"': '\\"'}
    return (
        '"'
        + "".join(
            escaped.get(mark, mark if mark >= " " and mark != "\x7f" else f"\\u{ord(mark):04x}") for mark in value
        )
        + '"'
    )
