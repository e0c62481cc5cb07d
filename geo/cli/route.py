"""`waybill route FROM TO`: an indicative route by sea, its length, the canals and straits on it, days at a speed."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo.cli.console import LONGEST_SENTENCE, ended_in_words, reason_and_hint, say, shown, tell

if TYPE_CHECKING:
    from geo.sea.routes import Route

ORDINARY_KNOTS = 12.0
"""About what a bulk carrier or a small container ship does."""
LOCODE = 5
"""Letters of a code of UN/LOCODE: two of the country, three of the place."""


def route(
    origin: Annotated[str, typer.Argument(metavar="FROM", help="A place: its code or name, or LAT,LON.")],
    destination: Annotated[str, typer.Argument(metavar="TO", help="The same.")],
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="Close what was closed on this day.")
    ] = None,
    avoid: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="A canal or strait to keep out of; may be repeated.")
    ] = None,
    prefer: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="One that is else taken only where there is no other way; may be repeated."),
    ] = None,
    mode: Annotated[str, typer.Option(help="maritime; for rail, road or air it is the shortest line.")] = "maritime",
    knots: Annotated[float, typer.Option(min=0.1, max=100.0, help="Speed for the days under way.")] = ORDINARY_KNOTS,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as one JSON object.")] = False,
) -> None:
    """An indicative route by sea: the shortest way that stays at sea. Nobody observed it.

    Exit code: 0 a route, 2 none, with the reason.
    """

    def told(error: Exception) -> None:
        reason, hint = reason_and_hint(error)
        say(shown(f"{reason}. {hint}".strip(), LONGEST_SENTENCE))
        if as_json:
            _echo({"route": None, "reason": reason, "closed": list(getattr(error, "closed", ()))})

    with ended_in_words(told, "Nothing was changed."):
        from geo.sea.routes import route as find

        ends = [_place(each) for each in (origin, destination)]
        day: date | None = on.date() if on else None
        found = find(ends[0][1], ends[1][1], mode=mode, on=day, avoid=avoid or (), prefer=prefer or ())
        if as_json:
            _echo(_as_json(found, [name for name, _ in ends], knots))
        else:
            _show(found, [name for name, _ in ends], knots)


def _place(text: str) -> tuple[str, tuple[float, float]]:
    """The name of what was given, and its longitude and latitude."""
    parts = text.split(",")
    if len(parts) == 2:
        try:
            lat, lon = (float(part) for part in parts)
        except ValueError:
            pass
        else:
            if abs(lat) > 90.0 or abs(lon) > 180.0:
                raise typer.BadParameter(f"{text!r}: latitude within ±90 and longitude within ±180.")
            return text, (lon, lat)
    from geo import places

    found = places.find(text, ports=True)
    # Three letters are the end of a port's UN/LOCODE here, where other tables ask whether an airport is meant.
    called = [code for code in map(str, places.frame.index) if len(code) == LOCODE and code[2:] == text]
    place = found.place or (called[0] if len(called) == 1 else None)
    if place is None:
        raise typer.BadParameter(shown(found.message, LONGEST_SENTENCE))
    fact = places.fact(place)
    return places.titled(place), (fact.lon, fact.lat)


def _as_json(found: Route, names: list[str], knots: float) -> dict[str, Any]:
    import shapely

    return {
        "from": names[0],
        "to": names[1],
        "km": round(found.km, 1),
        "nm": round(found.nm, 1),
        "days": round(found.days(knots), 2),
        "knots": knots,
        "passages": list(found.passages),
        "quality": found.quality,
        "access_km": [round(km, 1) for km in found.access_km],
        "geometry": json.loads(shapely.to_geojson(shapely.set_precision(found.geometry, 0.0))),
    }


def _show(found: Route, names: list[str], knots: float) -> None:
    from geo.sea.passages import passages

    tell(shown(f"{names[0]} – {names[1]}", LONGEST_SENTENCE))
    tell(f"{found.nm:,.0f} nm ({found.km:,.0f} km); {found.days(knots):,.1f} days at {knots:g} knots, without a stop.")
    if found.quality == "geodesic":
        tell("The shortest line between the two, no route.")
        return
    if found.passages:
        tell(f"By way of: {', '.join(passages()[each].name for each in found.passages)}.")
    for name, km in zip(names, found.access_km, strict=True):
        if km >= 1.0:
            tell(shown(f"The route ends {km:,.0f} km from {name}, at the nearest water.", LONGEST_SENTENCE))
    tell("Indicative sea route: the shortest way at sea, not an observed one.")


def _echo(value: dict[str, Any]) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, allow_nan=False))
