"""The gold of joining keeps its format: every phrase stands in its dispatch, every name points at something, days are days.

Says nothing of the rules; those are scored elsewhere.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from foreshock.model import DisputeMatter, Kind
from foreshock.model.values import Bound, FigureState, FigureWhat

TESTS = Path(__file__).parent.parent
WORLDS = sorted(path for path in (TESTS / "gold" / "joined").iterdir() if path.is_dir())
TABLES = ("origins", "incidents", "disputes", "conditions", "tallies")
NAME = re.compile(r"\d{4}-\d{2}-\d{2}-\S+\.\w+(#\S+)?$")
TYPES = frozenset(
    [
        "order",
        "curfew",
        "emergency",
        "blackout",
        "closure",
        "ban",
        "deployment",
        "siege",
        "ceasefire",
        "sanction",
        "ultimatum",
        "advisory",
    ]
)

worlds = pytest.mark.parametrize("world", WORLDS, ids=lambda path: path.name)


@cache
def load(world: Path, table: str) -> dict[str, Any]:
    """One table of a world."""
    content: dict[str, Any] = yaml.safe_load((world / f"{table}.yaml").read_text(encoding="utf-8"))
    return content


@cache
def dispatches(world: Path) -> dict[str, str]:
    """The raw text of each dispatch by its name; a line of JSON has the name of its file, ``#`` and its id."""
    own = world / "dispatches"
    texts: dict[str, str] = {}
    for path in sorted((own if own.is_dir() else TESTS.parent / "examples" / world.name / "dispatches").iterdir()):
        raw = path.read_text(encoding="utf-8")
        if path.suffix == ".jsonl":
            texts |= {f"{path.name}#{row['id']}": row["text"] for row in map(json.loads, raw.splitlines())}
        else:
            texts[path.name] = raw
    return texts


def stands(text: str, phrase: str) -> bool:
    """Whether *phrase* stands in *text*; a final ``#n`` asks for n occurrences."""
    plain, mark, number = phrase.rpartition("#")
    return text.count(plain) >= int(number) if mark and number.isdigit() else phrase in text


def phrases(node: object, names: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Every [dispatch, phrase] and every {dispatch: phrase} within *node*."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in names and isinstance(value, str):
                yield key, value
            else:
                yield from phrases(value, names)
    elif isinstance(node, list):
        if len(node) == 2 and all(isinstance(value, str) for value in node) and node[0] in names and node[1] not in names:
            yield node[0], node[1]
        else:
            for value in node:
                yield from phrases(value, names)


def pointed_at(node: object) -> Iterator[str]:
    """Every string of *node* that has the form of a dispatch's name."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from pointed_at(key)
            yield from pointed_at(value)
    elif isinstance(node, list):
        for value in node:
            yield from pointed_at(value)
    elif isinstance(node, str) and NAME.match(node):
        yield node


def test_there_are_worlds() -> None:
    assert "kazakhstan-2022" in [world.name for world in WORLDS]


@worlds
@pytest.mark.parametrize("table", TABLES)
def test_phrases_stand_in_their_dispatch(world: Path, table: str) -> None:
    texts = dispatches(world)
    found = list(phrases(load(world, table), frozenset(texts)))
    assert found
    assert [(name, phrase) for name, phrase in found if not stands(texts[name], phrase)] == []


@worlds
@pytest.mark.parametrize("table", TABLES)
def test_every_name_is_a_dispatch(world: Path, table: str) -> None:
    assert sorted(set(pointed_at(load(world, table))) - set(dispatches(world))) == []


@worlds
def test_a_dispatch_is_in_one_group_and_no_pair_is_both_joined_and_apart(world: Path) -> None:
    origins = load(world, "origins")
    members = [{group["first"], *group["carriers"]} for group in origins["groups"]]
    assert all(len(group) > 1 for group in members)
    assert sum(map(len, members)) == len(set().union(*members))
    for row in origins["apart"] + origins["undecided"]:
        assert len(set(row["pair"])) == 2
        assert not any(set(row["pair"]) <= group for group in members), row["pair"]


@worlds
def test_incidents_are_told_twice_and_stay_apart_where_they_must(world: Path) -> None:
    table = load(world, "incidents")
    ids = [incident["id"] for incident in table["incidents"]]
    assert len(ids) == len(set(ids))
    home: dict[tuple[str, str], str] = {}
    for incident in table["incidents"]:
        assert set(incident["kind"]) <= set(get_args(Kind)), incident["id"]
        assert incident["day"] is None or isinstance(incident["day"], date), incident["id"]
        assert len(incident["told_by"]) >= 2, incident["id"]
        for name, phrase in incident["told_by"] + incident.get("optional", []):
            assert home.setdefault((name, phrase), incident["id"]) == incident["id"], phrase
    for row in table["apart"]:
        one, other = tuple(row["one"]), tuple(row["other"])
        assert one != other
        assert home.get(one) is None or home.get(one) != home.get(other), row


@worlds
def test_disputes_have_two_positions_and_no_pair_is_both_one_and_none(world: Path) -> None:
    table = load(world, "disputes")
    for dispute in table["disputes"]:
        assert dispute["matter"] in get_args(DisputeMatter), dispute["id"]
        assert len(dispute["positions"]) >= 2, dispute["id"]
        assert all(position["holders"] and position["told_by"] for position in dispute["positions"]), dispute["id"]
    soft = [frozenset([tuple(row["one"]), tuple(row["other"])]) for row in table["may"] + table["none"]]
    assert all(len(pair) == 2 for pair in soft)
    assert len(soft) == len(set(soft))


@worlds
def test_conditions_have_the_contracts_values(world: Path) -> None:
    table = load(world, "conditions")
    states = {"announced", "in_effect", "extended", "breached", "lifted", "lapsed"}
    for day, rows in table["as_of"].items():
        ids = {row["id"] for row in rows}
        assert set(table["must_age"][day]) | set(table["must_not_age"][day]) <= ids
        assert not set(table["must_age"][day]) & set(table["must_not_age"][day])
        for row in rows:
            assert row["type"] in TYPES, row["id"]
            assert set(row["state"]) <= states, row["id"]
            for key in ("since", "until", "last_confirmed"):
                assert all(value is None or isinstance(value, date) for value in row[key]), row["id"]
            assert all(value is None or value <= day for value in row["last_confirmed"]), row["id"]


@worlds
def test_tallies_have_the_contracts_values(world: Path) -> None:
    table = load(world, "tallies")
    points: dict[str, list[dict[str, Any]]] = {series["id"]: series["points"] for series in table["series"]}
    assert len(points) == len(table["series"])
    for series in table["series"]:
        assert series["what"] in get_args(FigureWhat), series["id"]
        assert series["counting"] in {"new", "cumulative", None}, series["id"]
        for point in series["points"]:
            state = point.get("state", "read")
            assert state in get_args(FigureState), point
            assert point.get("bound") is None or point["bound"] in get_args(Bound), point
            assert (point["value"] is None) == (state != "read" or point.get("bound") in {"dozens", "hundreds", "thousands"}), (
                point
            )
        days = [point["day"] for point in series["points"]]
        assert days == sorted(days), series["id"]
    for row in table["never_added"]:
        for series, value in (row["one"], row["other"]):
            assert value in [point["value"] for point in points[series]], row
    for latest in table["latest"].values():
        for series, holders in latest.items():
            for holder, value in holders.items():
                assert any(point["holder"] == holder and point["value"] == value for point in points[series]), (series, holder)
    fallen = {name for name, told in points.items() if any(point.get("fallen") for point in told)}
    assert fallen == set(table["retracted"]["falls"])
    assert not fallen & set(table["retracted"]["stands"])
