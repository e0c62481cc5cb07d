"""The words at the head of a plate, made from the data: of one moment, of the last of several, or of two compared."""

from __future__ import annotations

from geo.brief.plate import captions, difference
from geo.brief.plate.plate import COMPARED, Plate
from geo.scene.comparison import Comparison, Stretch, compare
from geo.scene.moment import Moment, at
from geo.scene.scene import Scene


def figures_line(scene: Scene, held: Moment, t: float, window: float | None, largest: int = 0) -> str:
    """ "By 2 Nov 2023 (UTC): 1,800–2,200 containers · 1 route · 2 reports · 2 sources"."""
    when = captions.stretch_words(scene, t, window)
    return f"{when[:1].upper()}{when[1:]} (UTC): {captions.figures(scene, held, largest)}"


def compared(plate: Plate) -> Comparison | None:
    """The two moments or periods of a plate with two maps; None of any other."""
    if len(plate.moments) != COMPARED:
        return None
    window = plate.window
    one, other = (Stretch(t, None if window is None else t - window) for t in plate.moments)
    return compare(plate.scene, one, other)


def title(plate: Plate) -> str:
    """The title that the data make, whatever its user wrote."""
    scene, last = plate.scene, plate.moments[-1]
    if plate.film:
        return captions.subject(scene)
    if (found := compared(plate)) is not None:
        return difference.title(scene, found)
    return captions.sentence(scene, at(scene, last, plate.window), last, plate.window)


def figures(plate: Plate) -> str:
    """The line under the title."""
    if (found := compared(plate)) is not None:
        return difference.figures(plate.scene, found, plate.largest)
    last = plate.moments[-1]
    return figures_line(plate.scene, at(plate.scene, last, plate.window), last, plate.window, plate.largest)
