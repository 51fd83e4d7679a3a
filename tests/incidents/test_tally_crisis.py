"""The tallies of a crisis: incidents add up, counts of the whole do not."""

from typing import Any

from foreshock.incidents.tally_crisis import crisis_tallies
from tests.incidents.reports import report


def told(*incidents: list[dict[str, Any]]) -> list[list[Any]]:
    made, number = [], 0
    for at, rows in enumerate(incidents):
        reports = []
        for row in rows:
            reports.append(report({"text": f"report {number}", **row}, number))
            number += 1
        made.append((f"incident {at}", reports))
    found = crisis_tallies(made, {})
    return [[t.what, t.of, t.counting, t.scope, t.low, t.best, t.high, len(t.points)] for t in found]


def test_incidents_add_up() -> None:
    one = [{"figures": [{"n": 3}]}]
    other = [{"source": "A", "figures": [{"n": 8}]}, {"source": "B", "figures": [{"n": 12}]}]
    assert told(one, other) == [["killed", None, "new", None, 11, None, 15, 3]]
    assert told(one, one) == [["killed", None, "new", None, 6, 6, 6, 2]]


def test_cumulative_counts_and_counts_of_a_country_are_never_added() -> None:
    toll = {"counting": "cumulative", "n": 40}
    land = {"name": "Sarnovia", "precision": "country"}
    found = told(
        [{"source": "A", "figures": [toll]}, {"source": "A", "figures": [{"n": 3}]}],
        [{"source": "B", "place": land, "figures": [{"n": 90}]}],
    )
    assert found == [
        ["killed", None, "new", None, 3, 3, 3, 1],
        ["killed", None, "cumulative", None, 40, 40, 40, 1],
        ["killed", None, None, "Sarnovia", 90, 90, 90, 1],
    ]


def test_two_cumulative_counts_of_two_incidents_stand_side_by_side() -> None:
    first, second = ({"source": name, "figures": [{"counting": "cumulative", "n": n}]} for name, n in (("A", 40), ("B", 50)))
    assert [one[4:7] for one in told([first], [second])] == [[40, 40, 40], [50, 50, 50]]


def test_a_lost_number_leaves_the_high_open() -> None:
    found = told([{"figures": [{"n": 3}]}], [{"figures": [{"n": None, "state": "lost"}]}])
    assert found == [["killed", None, "new", None, 3, None, None, 2]]


def test_the_strength_of_forces_is_not_added() -> None:
    row = {"figures": [{"what": "strength", "n": 900}]}
    assert [one[4:7] for one in told([row], [row])] == [[900, 900, 900], [900, 900, 900]]
