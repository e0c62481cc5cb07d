"""Whole plates beside pictures of them that were looked at and found good.

After a change that is meant to be seen, look at the new pictures, then keep them:
GOLDEN=keep python -m pytest tests/brief/test_golden.py
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from geo.brief.formats.images import save_plate
from geo.brief.plate.plate import Frame, Plate, Words
from geo.scene.scene import Scene

GOLDEN = Path(__file__).parents[1] / "fixtures" / "golden"
WORDS = Words(subtitle="As the two governments told it", handling="TLP:CLEAR", note="A note below the map.")
FACTS = {"data_hash": "ab" * 32, "version": "0"}
PLATES: dict[str, Callable[[Scene, Scene], Plate]] = {
    "article-light": lambda article, _: Plate(
        article, (float(article.seconds),), frame=Frame(1280, 720), words=WORDS, **FACTS
    ),
    "article-multiples-grey": lambda article, _: Plate(
        article, tuple(article.seconds * part / 4 for part in range(1, 5)), frame=Frame(1280, 720), look="grey", **FACTS
    ),
    "article-compared": lambda article, _: Plate(
        article, (37 * 86_400.0, float(article.seconds)), frame=Frame(1280, 720), **FACTS
    ),
    "wider-periods-dark-portrait": lambda _, wider: Plate(
        wider, (wider.seconds * 0.5, wider.seconds * 0.6), 60 * 86_400.0, frame=Frame(720, 1024), look="dark", **FACTS
    ),
    "wider-dark": lambda _, wider: Plate(wider, (float(wider.seconds),), frame=Frame(1280, 720), look="dark", **FACTS),
    "wider-portrait": lambda _, wider: Plate(wider, (wider.seconds * 0.6,), frame=Frame(720, 1024), **FACTS),
}


@pytest.mark.parametrize("name", sorted(PLATES))
def test_a_plate_looks_as_it_did(name: str, article: Scene, wider: Scene) -> None:
    out = io.BytesIO()
    save_plate(PLATES[name](article, wider), out, "png")
    with Image.open(out) as picture:
        seen = picture.convert("RGB")
    kept = GOLDEN / f"{name}.png"
    if os.environ.get("GOLDEN") == "keep":
        # 256 colours: nobody sees the difference, and it is a quarter of the bytes.
        seen.quantize(256, dither=Image.Dither.NONE).save(kept, optimize=True)
    with Image.open(kept) as picture:
        wanted = picture.convert("RGB")
    assert seen.size == wanted.size
    off = np.abs(np.asarray(seen, int) - np.asarray(wanted, int)).max(axis=2)
    # Antialiasing differs a little between machines; a line or a word elsewhere changes far more pixels by far more.
    assert (off > 48).mean() < 0.0005
    assert off.mean() < 1.5
