"""How what does not fit in voyages is found, as the Method page tells it."""

from __future__ import annotations

from geo.sea.routes import KM_PER_NM
from geo.tables.checks import SPEED_LIMITS_KMH as LIMITS
from geo.voyages.closures import LONGEST_DAYS

MISFITS = {
    "All is taken at its most generous.": "A date without an hour is its whole day and a vague one its whole period; a "
    "town or a port may lie some way from where its ships berth; of a country nothing is reckoned. So what is listed "
    "cannot be as it was reported.",
    "A speed that nothing reaches.": "The great circle between both ends, over the longest time that the dates allow, "
    f"is held against a limit: {LIMITS['maritime'] / KM_PER_NM:.0f} knots by ship, {LIMITS['rail']:.0f} km/h by rail, "
    f"{LIMITS['road']:.0f} by road, {LIMITS['air']:,.0f} by air or where no mode is stated. Between two ports that "
    "Waybill knows the shortest way by sea counts instead, with every canal and strait open. "
    "Ways are searched only where the time may not do, and only so many; what was not searched is told.",
    "A way that was closed.": "A passage counts as closed only if it was so on every day from departure to arrival "
    f"(for {LONGEST_DAYS} days where no arrival is given); a season of closure is taken to be half a month shorter at "
    "both ends. Then no other way leads there, or none that a ship could make in time.",
    "One ship in two places.": "A ship is its IMO number, else its MMSI, else its name, which several ships may bear: "
    "the sentence says so. Two calls of one ship that lie too far apart for the most time between them cannot both be.",
    "One ship on two voyages at once.": "Both are certainly under way at one moment, begin and end with different "
    "calls, and calling for the one makes the other's way twice as long or more. Cargo that stays aboard would "
    "explain it.",
    "Sources that differ, and voyages told twice.": "Sources that give one ship's voyage other dates or another "
    "figure; or other figures for the same ends and days, where not all name the ship: those may be two voyages. What "
    "may be one movement told twice is listed until you have said whether it is.",
}
"""Each rule, and what it means."""
