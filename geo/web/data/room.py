"""How much may be held at once: in one session, and in all sessions of the server together."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

MOST_FILES = 50
"""Held in one session."""
SESSIONS = 4
"""The server has room for so many sessions that are full."""
MB = 1024 * 1024
"""As Streamlit counts, which refuses larger files before they are here."""


@dataclass(frozen=True, slots=True)
class Load:
    """How much is held: a number of files, and the sum of their bytes."""

    files: int = 0
    size: int = 0

    def __add__(self, other: Load) -> Load:
        return Load(self.files + other.files, self.size + other.size)

    def fits(self, most: Load) -> bool:
        """Whether it is within the limits."""
        return self.files <= most.files and self.size <= most.size

    def __str__(self) -> str:
        return f"{self.files:,} file{'' if self.files == 1 else 's'} with {mb(self.size)}"


def mb(size: int) -> str:
    """Bytes in words."""
    return f"{size / MB:,.0f} MB" if size >= MB else "less than 1 MB"


def session_most() -> Load:
    """What one session holds at most: as many bytes as a single file may have."""
    return Load(MOST_FILES, int(st.get_option("server.maxUploadSize")) * MB)


def refusal(name: str, size: int, here: Load, everywhere: Load, most: Load) -> str:
    """Why a file is not taken in; "" where there is room. here, everywhere: what the session and all of them hold."""
    fresh, whole = Load(1, size), Load(most.files * SESSIONS, most.size * SESSIONS)
    if not (here + fresh).fits(most):
        return (
            f"{name} ({mb(size)}) was not added: {here} are held in this session, and it holds at most {most}. "
            f"Load or remove some of them, then drop {name} again. Nothing that is here was lost."
        )
    if not (everywhere + fresh).fits(whole):
        return (
            f"{name} ({mb(size)}) was not added: {everywhere} are held in all sessions on this server, and together "
            f"they hold at most {whole}. Load or remove some of yours, or wait until others have, then drop {name} "
            "again. Nothing that is here was lost."
        )
    return ""
