"""What a file leaves open is asked with the options that answer it, what most rows wait for first."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable

LEGS = "origin,destination,depart,containers\n"
OPEN = (
    LEGS
    + "Rajin,O'Hara Quay,2023-09-07,3\n"
    + "Kingston,Rajin,2023-09-07,3\n" * 2
    + "Rajin,Vladivostok,07/09/2023,3\n" * 4
    + "Rajin,Vladivostock,2023-09-07,3\n" * 3
)


def test_what_most_rows_wait_for_is_asked_first(run: Callable, file: Callable) -> None:
    said = run("check", file(OPEN)).stdout
    order = ["Vladivostock (3 rows)", "Kingston (2 rows)", "O'Hara Quay (1 row)", "Dates in depart (4 rows)"]
    assert [said.index(each) for each in order] == sorted(said.index(each) for each in order)
    fewer = run("check", file(OPEN.replace("Kingston", "Vladivostok").replace("Vladivostock", "Vladivostok"))).stdout
    assert fewer.index("Dates in depart (4 rows)") < fewer.index("O'Hara Quay (1 row)")


def test_the_options_named_answer_as_a_shell_takes_them(run: Callable, file: Callable) -> None:
    path = file(OPEN)
    said = " ".join(run("check", path).stdout.split())
    assert "--place Kingston=JMKIN (Kingston, JM (JMKIN)), or --place Kingston=CAKIN" in said
    assert (
        "--place Vladivostock=RUVVO (Vladivostok, RU (RUVVO)), or a position: --place 'Vladivostock=LAT, LON'" in said
    )
    assert "or another of" in said
    position = said.partition("Use a position: ")[2].partition(". ")[0]
    answers = shlex.split(position.replace("LAT, LON", "42.5, 131"))
    assert answers == ["--place", "O'Hara Quay=42.5, 131"]
    told = [*answers, "--place", "Kingston=JMKIN", "--place", "Vladivostock=RUVVO", "--dates", "depart=day", "--json"]
    assert json.loads(run("check", path, *told).stdout)["kept"] == 10


def test_a_name_taken_for_the_larger_place_names_the_option_for_the_other(run: Callable, file: Callable) -> None:
    said = run("check", file(LEGS + "Moscow,Rajin,2023-09-07,3\n")).stdout
    assert "Use --place Moscow=geonames-5601538 if another is meant." in said
