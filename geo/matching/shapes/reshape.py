"""A sheet of another shape -> the legs that are made of it, in a sheet whose rows keep the lines of the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from geo.columns import SHAPES
from geo.errors import DialectError
from geo.matching.shapes.claims import totals_of_claims
from geo.matching.shapes.matrix import legs_of_matrix
from geo.matching.shapes.port_calls import legs_of_calls
from geo.matching.shapes.routes import legs_of_routes
from geo.matching.shapes.sizes import in_teu
from geo.matching.shapes.trade import legs_of_trade
from geo.matching.shapes.unlocode import places_of_unlocode
from geo.matching.shapes.wide import rows_of_periods
from geo.sheet import Sheet

_MAKERS: Mapping[str, Callable[[Sheet], Sheet]] = {
    "port-calls": legs_of_calls,
    "trade": legs_of_trade,
    "matrix": legs_of_matrix,
    "wide": rows_of_periods,
    "routes": legs_of_routes,
    "sizes": in_teu,
    "unlocode": places_of_unlocode,
    "claims": totals_of_claims,
}


def reshape(sheet: Sheet, shape: str) -> Sheet:
    r"""The legs that a sheet of this shape tells of, each on the line where it begins. shape: `Proposal.shape.name`.

    Rows of which no leg can be made are among the broken ones, with the reason. Raises DialectError for a shape that
    does not exist, or that the sheet does not have.

    >>> import geo
    >>> sheet = geo.read_sheet(b"Vessel,Port,ETA,ETD\nMaya,Busan,2023-09-01,2023-09-02\nMaya,Najin,2023-09-04,")
    >>> legs = geo.reshape(sheet, geo.propose(sheet).shape.name)
    >>> [legs.columns[name][0].as_py() for name in ("origin", "destination", "depart", "arrive")]
    ['Busan', 'Najin', '2023-09-02', '2023-09-04']
    """
    if not shape:
        return sheet
    if shape not in _MAKERS:
        raise DialectError("shape", shape, f"it is one of {', '.join(SHAPES[1:])}, or empty")
    return replace(_MAKERS[shape](sheet), dialect=replace(sheet.dialect, shape=shape))
