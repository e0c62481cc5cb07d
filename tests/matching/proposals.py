"""What is proposed, by the header that it is proposed for."""

from __future__ import annotations

from geo.matching.guesses import Guess
from geo.matching.propose import Proposal


def by_header(proposal: Proposal) -> dict[str, Guess]:
    return {guess.header: guess for guess in proposal.guesses}
