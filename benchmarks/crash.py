"""`python -m benchmarks.crash --rounds 200`: kill -9 at random moments during imports, and see that nothing is lost.

Each round starts an importer in a process of its own. It reads and keeps one file after the other, withdraws every
third, and says so each time something is done. At a random moment it is killed. Then the library has to verify without
a fault, and everything that was said to be done has to be there. The next round begins with the file at which the last
one was killed, so that remnants lie where the next import goes.
"""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from benchmarks.killed import rounds


def main(
    rounds_: Annotated[int, typer.Option("--rounds", min=1, help="So many importers are killed.")] = 200,
    seed: Annotated[int, typer.Option(help="Moments differ with it.")] = 0,
) -> None:
    """Kills importers at random moments. Exit code 1 and a traceback where something was lost."""
    total: Counter[str] = Counter()
    for done, found in enumerate(rounds(rounds_, seed), 1):
        total += found
        if done % 10 == 0 or done == rounds_:
            print(
                f"{done} killed, {total['halves']} of them in the midst of an import; {total['kept']:,} kept, none lost"
            )


if __name__ == "__main__":
    typer.run(main)
