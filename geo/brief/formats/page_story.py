"""A story as one HTML file that plays offline: steps by arrow keys, buttons and address, each with its reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from geo.brief.formats.page import Opening, filled, shown_first, sources_of, told_parts
from geo.brief.formats.page_data import beside, callouts_in_wire, facts_in_wire, in_script, packed, world_land
from geo.brief.formats.page_why import why
from geo.brief.plate import headline
from geo.brief.plate.fonts import tame
from geo.brief.plate.plate import Plate, Words
from geo.explain.routes import Grounds
from geo.scene.scene import Scene
from geo.scene.wire import to_wire

_MOST_LETTERS = 4_000


@dataclass(frozen=True, slots=True, eq=False)
class StepPage:
    """One step: its plate, what its figures rest on, and whether it says its moment, or it is the end."""

    plate: Plate
    grounds: Grounds
    timed: bool

    @property
    def opening(self) -> Opening:
        plate = self.plate
        moment = plate.moments[-1] if self.timed else None
        return Opening(moment, plate.window, plate.view, plate.largest, plate.layers, plate.callouts)


def story_page(steps: Sequence[StepPage], words: Words, carry: Mapping[str, str] | None = None) -> bytes:
    """The page as UTF-8. words: of the story as a whole. Equal steps make equal bytes. Raises BriefError."""
    scenes: list[Scene] = []
    for step in steps:
        if not any(step.plate.scene is scene for scene in scenes):
            scenes.append(step.plate.scene)
    numbers = [next(turn for turn, scene in enumerate(scenes) if scene is step.plate.scene) for step in steps]
    titles = [tame(step.plate.words.title) or headline.title(step.plate) for step in steps]
    first = steps[0].plate
    facts = {
        "title": tame(words.title) or titles[0],
        "description": " ".join(f"Step {number}: {title}." for number, title in enumerate(titles, start=1)),
        "software": f"Waybill {first.version}".strip(),
        **{f"plate{f'-{n}' if n > 1 else ''}": step.plate.describe() for n, step in enumerate(steps, start=1)},
        "data": first.data_hash,
        **(carry or {}),
    }
    told = {
        "scenes": [packed(to_wire(scene), {}, {}) for scene in scenes],
        "steps": [
            {"scene": number, "texts": packed({}, shown_first(step.plate.scene, step.opening), _more(step))["texts"]}
            for number, step in zip(numbers, steps, strict=True)
        ],
    }
    parts = told_parts(facts, Words(words.title, "", words.handling, words.note))
    return filled(
        parts
        | {"story": _story(steps, titles), "reports": _reports(steps, scenes)}
        | {"scene": in_script(told | beside(world_land()))}
    )


def _more(step: StepPage) -> dict[str, str]:
    # The brief that the page carries is of all steps; a picture of one has none of its own.
    facts = facts_in_wire({"data": step.plate.data_hash}, step.plate.version)
    return callouts_in_wire(step.plate.callouts) | facts


def _story(steps: Sequence[StepPage], titles: Sequence[str]) -> str:
    """The texts of all steps, of which page.js shows one; without a script none is hidden."""
    shown = []
    for step, title in zip(steps, titles, strict=True):
        text = tame(step.plate.words.subtitle, _MOST_LETTERS)
        said = f"<p>{escape(text)}</p>" if text else ""
        shown.append(f'<div class="step"><h2>{escape(title)}</h2>{said}</div>')
    return (
        '\n<section id="story" aria-label="Story">\n'
        f'<div class="steps">{"".join(shown)}</div>\n'
        '<nav aria-label="Steps"><button type="button" id="back" aria-label="Previous step">←</button>'
        f'<span id="count">1 of {len(steps)}</span>'
        '<button type="button" id="next" aria-label="Next step">→</button>'
        '<button type="button" id="present" aria-pressed="false">Present</button></nav>\n'
        '<p id="told" class="unseen" aria-live="polite"></p>\n'
        "<noscript><style>.step { grid-area: auto; visibility: visible; }</style></noscript>\n</section>"
    )


def _reports(steps: Sequence[StepPage], scenes: Sequence[Scene]) -> str:
    """The reports of each scene, and why the figures of each step are what they are; numbers lead to their own list."""
    lists = [
        _numbered(f'<div class="reports" data-scene="{turn}"><ol>\n{sources_of(scene)}\n</ol></div>', turn)
        for turn, scene in enumerate(scenes)
    ]
    for turn, step in enumerate(steps):
        plate = step.plate
        of_scene = next(place for place, scene in enumerate(scenes) if scene is plate.scene)
        reasons = why(step.grounds, plate.scene, plate.moments[-1], plate.window)
        lists.append(_numbered(reasons.replace('id="why"', f'class="why" data-step="{turn}"', 1), of_scene))
    return "\n".join(lists)


def _numbered(html: str, scene: int) -> str:
    """Ids of one list's own. In texts quotation marks are escaped, so nothing else is meant by these."""
    return html.replace('id="source-', f'id="source-{scene}-').replace('href="#source-', f'href="#source-{scene}-')
