"""What is news to a watch: once, again only when it changed and the quiet hours are over, and a level only once it was left."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from foreshock.errors import CatalogueError
from foreshock.model import (
    Condition,
    Dispute,
    Incident,
    Origin,
    Position,
    Report,
    Tally,
    TallyPoint,
    Trigger,
    Watch,
)
from foreshock.pipeline.alert_estimates import moved, passed
from foreshock.pipeline.noticing import Look, fitting, news
from foreshock.pipeline.thresholds import FORMS, trigger_of, trigger_text
from tests.ledger.records import claim, reading

NOW = datetime(2022, 1, 8, 12, tzinfo=UTC)


def report(number: int, **fields: Any) -> Report:
    one = claim(reading("a"), number, **fields)
    return Report(replace(one, id=f"c{number}"), "Felt Boot Gazette", "2022-01-08", "2022-01-08T09:00:00Z", number)


REPORTS = {f"c{n}": report(n) for n in range(1, 5)}


def incident(*ids: str, key: str = "i1", **fields: Any) -> Incident:
    origins = tuple(Origin(f"o-{one}", f"origin of {one}", (), (), (one,)) for one in ids)
    return replace(Incident(key, ids, "HARM", "killed", None, None, origins, (), (), 3, "made"), **fields)


def condition(state: str, freshness: str = "recent") -> Condition:
    return Condition(
        "k1",
        "curfew",
        "COERCE",
        None,
        None,
        None,
        (),
        None,
        None,
        None,
        state,
        freshness,
        None,
        None,
        (),
        ("c1",),  # type: ignore[arg-type]
    )


def tally(high: float | None) -> Tally:
    point = TallyPoint("c1", "d", "h", "o", None, None, high, high, high, None, "read" if high else "lost", "n", (0, 1))
    return Tally("killed", None, None, None, None, high, high, high, (point,))


def look(watch: Watch, marks: dict, *, hours: float = 0, **seen: Any) -> Look:
    reports = seen.pop("reports", REPORTS)
    moment = NOW + timedelta(hours=hours)
    return Look(watch, moment, marks, reports, fitting=fitting(watch, reports), **seen)


def step(watch: Watch, marks: dict, **seen: Any) -> list[str | None]:
    """Look once, move the marks on as an evaluation does, and return the changes that are told."""
    found = list(news(look(watch, marks, **seen)))
    for one in found:
        marks |= {(one.trigger.key, subject): value for subject, value in one.marks.items()}
    return [one.change for one in found if one.change]


def watch(*thresholds: str, **fields: Any) -> Watch:
    return Watch("w", tuple(trigger_of(one) for one in thresholds), **fields)


def test_an_incident_is_told_once_whatever_it_grows_by():
    marks: dict = {}
    assert step(watch("incident"), marks, incidents=[incident("c1")]) == ["new"]
    assert step(watch("incident"), marks, incidents=[incident("c1", "c2")]) == []
    merged = incident("c1", "c2", "c3", key="i2", merged=("i1",))
    assert step(watch("incident"), marks, incidents=[merged]) == []
    assert step(watch("incident"), marks, incidents=[merged, incident("c4", key="i9", split_from="i2")]) == []


def test_what_does_not_fit_or_says_nothing_new_is_no_news():
    assert step(watch("incident:PROTEST"), {}, incidents=[incident("c1")]) == []
    assert step(watch("incident", sources=("Another",)), {}, incidents=[incident("c1")]) == []
    assert step(watch("incident", statuses=("denied",), kinds=("HARM",)), {}, incidents=[incident("c1")]) == []
    assert step(watch("incident", languages=("en",), kinds=("HARM",)), {}, incidents=[incident("c1")]) == ["new"]
    marks: dict = {}
    assert step(watch("incident"), marks, incidents=[incident("c1", "c2")], again={"c1", "c2"}) == []
    assert len(marks) == 1
    assert step(watch("incident"), {}, incidents=[incident("c1", "c2")], again={"c1"}) == ["new"]


def test_an_origin_says_the_same_of_an_incident_once():
    marks: dict = {}
    same = Origin("o", "one origin", (), (), ("c1", "c2"))
    assert step(watch("claim"), marks, incidents=[incident("c1", origins=(same,))]) == ["new"]
    assert step(watch("claim"), marks, incidents=[incident("c1", "c2", origins=(same,))]) == []
    assert step(watch("claim"), marks, incidents=[incident("c1", "c3", origins=(same, Origin("p", "p", (), (), ("c3",))))]) == [
        "new"
    ]
    reports = {**REPORTS, "c2": report(2, status="denied")}
    assert step(watch("claim"), marks, incidents=[incident("c1", "c2", origins=(same,))], reports=reports) == ["new"]


def test_a_dispute_is_told_once_and_when_it_is_settled():
    sides = tuple(Position(one, (), (one,), (), ()) for one in ("c1", "c2"))
    opened = Dispute("q1", "?", "standing", "i1", sides)
    settled = replace(opened, state="settled", settled_by="j", note="n")
    both, marks = watch("dispute", "settled"), {}
    assert step(both, marks, disputes=[opened]) == ["new"]
    assert step(both, marks, disputes=[opened]) == []
    assert step(both, marks, disputes=[settled]) == ["settled"]
    assert step(both, marks, disputes=[settled]) == []
    assert step(both, marks, disputes=[opened], hours=1) == []
    assert step(both, marks, disputes=[settled], hours=2) == []  # it waits
    assert step(both, marks, disputes=[settled], hours=9) == ["settled"]


def test_a_condition_that_flaps_is_told_as_it_stands_in_the_end():
    one, marks = watch("condition"), {}
    assert step(one, marks, conditions=[condition("in_effect")]) == ["declared"]
    assert step(one, marks, conditions=[condition("in_effect")], hours=9) == []
    assert step(one, marks, conditions=[condition("lifted")], hours=10) == ["lifted"]
    for hours, state in ((11, "in_effect"), (12, "lifted"), (13, "in_effect")):
        assert step(one, marks, conditions=[condition(state)], hours=hours) == []
    assert step(one, marks, conditions=[condition("in_effect")], hours=17) == ["declared"]
    assert step(one, marks, conditions=[condition("in_effect", "past")], hours=30) == ["lapsed"]


def test_only_the_changes_asked_for_are_told_and_the_others_are_seen():
    one, marks = watch("condition:lifted"), {}
    assert step(one, marks, conditions=[condition("announced")]) == []
    assert step(one, marks, conditions=[condition("lifted")], hours=1) == ["lifted"]
    assert step(one, marks, conditions=[condition("in_effect")], hours=2) == []
    assert step(one, marks, conditions=[condition("lifted")], hours=3) == []
    assert step(one, marks, conditions=[condition("lifted")], hours=8) == ["lifted"]


def test_a_number_passes_its_threshold_anew_only_after_it_was_clearly_below():
    one, marks = watch("tally:killed>=100"), {}
    numbers = [(99, []), (100, ["over"]), (130, []), (95, []), (101, []), (80, []), (100, ["over"])]
    for hour, (number, told) in enumerate(numbers):
        assert step(one, marks, tallies=[tally(float(number))], hours=10 * hour) == told


def test_a_number_moves_from_what_was_told_and_a_first_one_from_nothing():
    one, marks = watch("tally:killed+20"), {}
    numbers = [(12, []), (25, []), (33, ["moved"]), (50, []), (14, []), (13, ["moved"])]
    for hour, (number, told) in enumerate(numbers):
        assert step(one, marks, tallies=[tally(float(number))], hours=10 * hour) == told
    assert step(one, {}, tallies=[tally(20.0)]) == ["first"]


def test_a_lost_number_passes_nothing():
    assert step(watch("tally:killed>=1", "tally:killed+1"), {}, tallies=[tally(None)]) == []
    assert step(watch("tally:injured>=1"), {}, tallies=[tally(5.0)]) == []


def test_a_probability_moves_beyond_the_margin_of_an_edge_only():
    # Edges of the scale: .01, .05, .20, .45, .55, .80, .95.
    at, path = None, []
    for p in (0.03, 0.052, 0.056, 0.049, 0.044, 0.051, 0.3):
        at, change = moved(p, None if at is None else {"told": at}, by=1)
        path.append((at, change))
    assert path == [(1, None), (1, None), (2, "moved"), (2, None), (1, "moved"), (1, None), (3, "moved")]
    assert moved(0.06, {"told": 1}, by=2) == (1, None)
    assert moved(0.3, {"told": 1}, by=2) == (3, "moved")
    assert moved(0.02, {"told": 3}, by=2) == (1, "moved")


def test_a_probability_passes_a_level_anew_only_after_it_was_left():
    state, path = None, []
    for p in (0.2, 0.3, 0.29, 0.31, 0.27, 0.3):
        state, change = passed(p, None if state is None else {"told": state}, over=0.3)
        path.append(change)
    assert path == [None, "over", None, None, None, "over"]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("incident", Trigger("incident")),
        ("incident:assault, HARM", Trigger("incident", kinds=("ASSAULT", "HARM"))),
        ("condition:lifted", Trigger("condition", changes=("lifted",))),
        ("tally:killed>=100", Trigger("tally", figure="killed", over=100.0)),
        ("tally:detained+50", Trigger("tally", figure="detained", by=50.0)),
        ("probability:coup-attempt>=30%", Trigger("probability", scenario="coup-attempt", over=0.3)),
        ("probability:coup-attempt@30~2", Trigger("probability", scenario="coup-attempt", horizon=30, by=2.0)),
        ("silence:24h", Trigger("silence", hours=24.0)),
        ("silence:Paper: Compass:1.5h", Trigger("silence", source="Paper: Compass", hours=1.5)),
        ("edit", Trigger("edit")),
    ],
)
def test_thresholds_are_read_and_written(text, made):
    assert trigger_of(text) == made
    assert trigger_of(trigger_text(made)) == made
    assert made.key != Trigger("dispute").key


@pytest.mark.parametrize(
    "text",
    ["", "everything", "incident:WAR", "dispute:now", "condition:over", "tally:killed", "tally:ghosts>=1", "tally:killed>=0",
     "tally:killed+-1", "probability:coup~0", "probability:coup>=1", "probability:coup@31~1", "probability:coup", "silence:h",
     "silence:0h", "tally:killed>=1e9999"],
)  # fmt: skip
def test_what_is_no_threshold_is_refused_with_the_forms(text):
    with pytest.raises(CatalogueError) as error:
        trigger_of(text)
    assert all(form in error.value.remedy for form in FORMS)
