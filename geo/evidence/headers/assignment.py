"""Which of many goes with which, so that the sum of all scores is the highest: the assignment problem, solved exactly.

The Hungarian method with potentials (Kuhn 1955, Munkres 1957), one row at a time: O(rows² · columns).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def best(scores: NDArray[np.float64]) -> list[int]:
    """scores: rows × columns, 0 or less where the two do not go together -> the column of each row, or -1.

    Each column goes with one row at most. The same scores give the same answer.
    """
    rows, columns = scores.shape
    cost = np.hstack([-np.maximum(scores, 0), np.zeros((rows, rows))])
    width = columns + rows
    row_of = np.full(width + 1, -1)
    rise, fall = np.zeros(rows), np.zeros(width + 1)
    for row in range(rows):
        row_of[width] = row
        at, slack, came = width, np.full(width, np.inf), np.full(width, width)
        seen = np.zeros(width + 1, bool)
        while row_of[at] >= 0:
            seen[at] = True
            here = row_of[at]
            reduced = cost[here] - rise[here] - fall[:width]
            nearer = ~seen[:width] & (reduced < slack)
            slack[nearer], came[nearer] = reduced[nearer], at
            following = int(np.where(seen[:width], np.inf, slack).argmin())
            step = slack[following]
            rise[row_of[seen]] += step
            fall[seen] -= step
            slack[~seen[:width]] -= step
            at = following
        while at != width:
            row_of[at], at = row_of[came[at]], int(came[at])
    found = [-1] * rows
    for column in range(columns):
        if (row := int(row_of[column])) >= 0 and scores[row, column] > 0:
            found[row] = column
    return found
