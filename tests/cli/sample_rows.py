"""A header of our own names, a row that can be taken and one that cannot, and a file in the names of others."""

from __future__ import annotations

LEGS = "origin,destination,depart,containers\n"
GOOD = "Najin,Vladivostok,2023-09-07,300\n"
BAD = "Nowhere,Vladivostok,2023-09-07,dozens\n"
FOREIGN = "POL;POD;ETD;Boxes\nNajin;Vladivostok;07.09.2023;300\nNajin;Vladivostok;25.09.2023;12\n"
