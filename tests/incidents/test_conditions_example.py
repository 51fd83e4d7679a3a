"""The conditions of the example, coded as any text is, against the table that was written by hand from its dispatches."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from foreshock import pipeline
from foreshock.incidents.conditions.register import conditions_of
from foreshock.model import Condition, Document, Report
from foreshock.pipeline import Workbench
from foreshock.settings import read_settings

TESTS = Path(__file__).parent.parent
ROOT = TESTS.parent / "examples" / "kazakhstan-2022"
GOLD = yaml.safe_load((TESTS / "gold" / "joined" / "kazakhstan-2022" / "conditions.yaml").read_text(encoding="utf-8"))
NOW = datetime(2022, 1, 12, tzinfo=UTC)
COUNTRIES = {"Israel": "ISR", "Japan": "JPN", "Germany": "DEU", "Russia": "RUS"}
FIELDS = ("declared_by", "place", "since", "until", "state", "last_confirmed")
# Shares of the expected values that are right; raise them, do not lower them.
FLOORS = {"found": 1.0, "declared_by": 0.93, "place": 1.0, "since": 0.86, "until": 1.0, "state": 1.0, "last_confirmed": 1.0}


@pytest.fixture(scope="module")
def reports() -> Sequence[Report]:
    """Return the claims of the example's dispatches, in order of publication."""
    bench = Workbench(read_settings(ROOT, os.environ))
    found = pipeline.gather(str(ROOT / "dispatches"), settings=bench.settings, now=NOW)
    documents = [one for one in found if isinstance(one, Document)]
    readings = sorted((pipeline.read(one, bench, now=NOW) for one in documents), key=lambda one: one.document.published or "")
    return [
        Report(claim, one.document.source, one.document.published, "2022-01-12T00:00:00Z", arrival)
        for arrival, one in enumerate(readings, 1)
        for claim in pipeline.code(one, bench)
    ]


@pytest.fixture(scope="module")
def texts(reports) -> Mapping[str, str]:
    return {one.claim.id: one.claim.text for one in reports}


def stand(reports: Sequence[Report], day: str) -> list[Condition]:
    return conditions_of(reports, today=date.fromisoformat(day))


def told(condition: Condition, phrase: str, texts: Mapping[str, str]) -> bool:
    """Whether a claim of the condition tells what a phrase does: their words overlap."""
    return any(phrase in texts[one] or texts[one] in phrase for one in condition.claim_ids)


def meeting(row: Mapping[str, Any], conditions: Sequence[Condition], texts: Mapping[str, str]) -> Condition | None:
    """Return the condition of the row's type that its first phrase is told in."""
    return next((one for one in conditions if one.type == row["type"] and told(one, row["first_said"][1], texts)), None)


def right(row: Mapping[str, Any], field: str, condition: Condition) -> bool:
    found = getattr(condition, field)
    wanted = [value.isoformat() if isinstance(value, date) else value for value in row[field]]
    if found is None or isinstance(found, str):
        return found in wanted
    if field == "declared_by":
        return found.name in wanted or found.country in {COUNTRIES.get(one) for one in wanted if one} - {None}
    return any(one and one.split()[0] in found.name for one in wanted)


def rows(day: str) -> list[dict[str, Any]]:
    """Return the expected conditions; a blackout of one town beside that of the country is a step of it here."""
    return [one for one in GOLD["as_of"][day] if one["id"] != "blackout-almaty"]


DAYS = [day.isoformat() for day in GOLD["as_of"]]


@pytest.fixture(scope="module", autouse=True)
def _days_as_text() -> None:
    for table in ("as_of", "must_age", "must_not_age"):
        GOLD[table] = {str(day): value for day, value in GOLD[table].items()}


def test_the_expected_conditions_are_found_with_their_values(reports, texts):
    asked: dict[str, list[bool]] = {name: [] for name in FLOORS}
    faults = []
    for day in DAYS:
        found = stand(reports, day)
        for row in rows(day):
            condition = meeting(row, found, texts)
            asked["found"].append(condition is not None)
            for field in FIELDS if condition else ():
                asked[field].append(right(row, field, condition))
                if not asked[field][-1]:
                    faults.append(f"{day} {row['id']} {field}: {getattr(condition, field)} for {row[field]}")
    shares = {name: sum(values) / len(values) for name, values in asked.items()}
    assert all(shares[name] >= floor for name, floor in FLOORS.items()), (shares, faults)


@pytest.mark.parametrize("day", DAYS)
def test_what_must_age_ages_and_what_must_not_does_not(day, reports, texts):
    found = stand(reports, day)
    by_id = {row["id"]: meeting(row, found, texts) for row in rows(day)}
    assert [one for one in GOLD["must_age"][day] if by_id[one].freshness not in ("ageing", "past")] == []
    assert [one for one in GOLD["must_not_age"][day] if by_id[one].freshness in ("ageing", "past")] == []


def test_what_is_no_condition_is_none(reports, texts):
    found = stand(reports, DAYS[-1])
    assert [phrase for _, phrase in GOLD["none"] if any(told(one, phrase, texts) for one in found)] == []


def test_the_return_of_the_net_in_one_town_is_a_step_and_the_end_of_the_mission_is_to_come(reports):
    by_type = {one.type: one for one in stand(reports, "2022-01-12")}
    assert ("lifted", "2022-01-10") in {(step.state, step.day) for step in by_type["blackout"].steps}
    leaving = [step for step in by_type["deployment"].steps if step.state == "lifted"]
    assert {step.status for step in leaving} <= {"forecast", "planned"}
    assert {step.day for step in leaving if step.holder == "Kassym-Jomart Tokayev"} == {"2022-01-13"}
