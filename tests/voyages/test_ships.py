"""One ship in two places, and on two voyages at once."""

from __future__ import annotations

from tests.voyages.few_voyages import found

ANGARA = "Angara,9179842"


def test_calls_that_lie_too_far_apart_are_told_with_the_reckoning() -> None:
    (one,) = found(
        f"KRPUS,CNTAO,2024-09-02,2024-09-04,1,maritime,{ANGARA},A",
        f"NLRTM,DEHAM,2024-09-05,2024-09-06,1,maritime,{ANGARA},A",
    )
    assert (one.kind, one.legs) == ("two places", (0, 1))
    assert one.sentence.startswith(
        "Angara (IMO 9179842) is reported in Qingdao (arriving 4 Sept 2024) and in Rotterdam"
    )
    assert one.reckoning is not None
    assert one.reckoning.hours < 49
    assert "Only its name" not in one.sentence


def test_a_name_alone_says_that_it_is_no_more() -> None:
    rows = (
        "KRPUS,CNTAO,2024-09-02,2024-09-04,1,maritime,Star,,A",
        "NLRTM,DEHAM,2024-09-05,2024-09-06,1,maritime,star,,A",
    )
    assert found(*rows)[0].sentence.endswith("Only its name says that this is one ship.")


def test_neither_various_ships_nor_trains_nor_bad_numbers_are_one_ship() -> None:
    for vessel, mode in (("Various", "maritime"), (",0000000", "maritime"), ("Train 7", "rail")):
        name = vessel if "," in vessel else f"{vessel},"
        assert not found(
            f"KRPUS,CNTAO,2024-09-02,2024-09-04,1,{mode},{name},A",
            f"NLRTM,DEHAM,2024-09-05,2024-09-07,1,{mode},{name},A",
        ), vessel


def test_a_round_trip_and_a_liner_with_cargo_for_several_ports_fit() -> None:
    assert not found(
        f"RUVVO,KRPUS,2024-09-01,2024-09-03,1,maritime,{ANGARA},A",
        f"KRPUS,RUVVO,2024-09-03,2024-09-05,1,maritime,{ANGARA},A",
    )
    assert not found(
        f"CNSHA,NLRTM,2024-09-01,2024-10-05,1,maritime,{ANGARA},A",
        f"CNSHA,SGSIN,2024-09-01,2024-09-08,1,maritime,{ANGARA},A",
        f"SGSIN,NLRTM,2024-09-09,2024-10-05,1,maritime,{ANGARA},A",
        f"SGSIN,EGPSD,2024-09-09,2024-09-25,1,maritime,{ANGARA},A",
    )


def test_two_voyages_far_off_each_others_way_are_told_once_with_what_would_explain_them() -> None:
    (one,) = found(
        f"KPRJN,RUVVO,2024-09-01,2024-09-05,1,maritime,{ANGARA},A",
        f"KRPUS,CNTAO,2024-09-02,2024-09-04,1,maritime,{ANGARA},A",
    )
    assert (one.kind, one.legs) == ("two voyages", (0, 1))
    assert "two voyages at once" in one.sentence
    assert "only if one cargo stayed aboard" in one.sentence


def test_voyages_that_may_follow_one_another_are_not_at_once() -> None:
    """Arriving on the 5th and leaving on the 5th is one call."""
    assert not found(
        f"KPRJN,RUVVO,2024-09-01,2024-09-05,1,maritime,{ANGARA},A",
        f"RUVVO,CNTAO,2024-09-05,2024-09-09,1,maritime,{ANGARA},A",
    )


def test_one_wrong_voyage_is_told_against_the_nearest_calls_alone() -> None:
    """Each of its two calls has two neighbours; it clashes with all of ten voyages."""
    rows = [f"RUVVO,KRPUS,2024-09-{day:02},2024-09-{day:02},1,maritime,{ANGARA},A" for day in range(1, 20, 2)]
    assert not found(*rows)
    assert 1 <= len(found(*rows, f"NLRTM,DEHAM,2024-09-10,2024-09-11,1,maritime,{ANGARA},A", kind="two places")) <= 4


def test_hostile_names_are_made_legible() -> None:
    bad = "Ang\u202eara"
    (one,) = found(
        f"KRPUS,CNTAO,2024-09-02,2024-09-04,1,maritime,{bad},,A",
        f"NLRTM,DEHAM,2024-09-05,2024-09-06,1,maritime,{bad},,A",
    )
    assert "\u202e" not in one.sentence
