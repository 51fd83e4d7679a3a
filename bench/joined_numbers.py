"""What joining made of conditions and counts, against the tables of a world."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from bench.joined_world import World, share
from foreshock.incidents.origins.holders import held_by
from foreshock.incidents.tallies import COUNTED
from foreshock.model import Actor, Condition, Place, Tally, TallyPoint
from foreshock.ontology.actor_catalogue import ActorCatalogue
from foreshock.ontology.fold import fold

FIELDS = ("declared_by", "place", "since", "until", "state", "last_confirmed")
OLD = ("ageing", "past")


def conditions(world: World) -> dict[str, Any]:
    """Return the share of what each day expects of each field, over all days."""
    table = world.tables["conditions"]
    asked: dict[str, list[bool]] = {name: [] for name in ("found", "type", *FIELDS, "age", "none")}
    by_day = {}
    for day, rows in table["as_of"].items():
        shown, before = world.situation(day).conditions, sum(map(len, asked.values()))
        right = sum(map(sum, asked.values()))
        met = {row["id"]: _meeting(row, shown, world) for row in rows}
        for row in rows:
            _check(row, met[row["id"]], asked, day, world)
        for key, old in (("must_age", True), ("must_not_age", False)):
            for name in table[key][day]:
                one = met[name]
                asked["age"].append(one is not None and (one.freshness in OLD) == old)
                if not asked["age"][-1]:
                    world.misses.append(f"conditions\tage\t{day}\t{name}\t{one and one.freshness}")
        by_day[day.isoformat()] = share(sum(map(sum, asked.values())) - right, sum(map(len, asked.values())) - before)
    shown = world.situation().conditions
    for phrase in table["none"]:
        ids = world.ids(phrase)
        asked["none"].append(not any(ids & set(one.claim_ids) for one in shown))
        if not asked["none"][-1]:
            world.misses.append(f"conditions\tnone\t{phrase}")
    every = [one for name, some in asked.items() if name != "type" for one in some]
    return {
        "score": share(sum(every), len(every)),
        **{name: share(sum(some), len(some)) for name, some in asked.items()},
        "days": by_day,
        "of": len(every),
    }


def _meeting(row: Mapping[str, Any], shown: Sequence[Condition], world: World) -> Condition | None:
    """Return the condition that has the claims of the row's phrases; of several one of its type, then that of most claims."""
    ids = {one for key in ("first_said", "confirmed_by") if key in row for one in world.ids(row[key])}
    found = [one for one in shown if ids & set(one.claim_ids)]
    return max(found, key=lambda one: (one.type == row["type"], len(ids & set(one.claim_ids))), default=None)


def _check(row: Mapping[str, Any], found: Condition | None, asked: dict[str, list[bool]], day: date, world: World) -> None:
    asked["found"].append(found is not None)
    asked["type"].append(found is not None and found.type == row["type"])
    if found is None:
        claims = any(world.ids(row[key]) for key in ("first_said", "confirmed_by") if key in row)
        world.misses.append(f"conditions\t{'not shown' if claims else 'no claim'}\t{day}\t{row['id']}")
    for name in FIELDS:
        good = found is not None and _right(row, name, found, world.bench.catalogue)
        asked[name].append(good)
        if found is not None and not good:
            world.misses.append(f"conditions\t{name}\t{day}\t{row['id']}\t{getattr(found, name)}\tfor {row[name]}")


def _right(row: Mapping[str, Any], name: str, found: Condition, catalogue: ActorCatalogue) -> bool:
    """Whether a field has one of the values; the end of a part is right as a step of the whole."""
    value = getattr(found, name)
    wanted = [one.isoformat() if isinstance(one, date) else one for one in row[name]]
    if name == "state" and "lifted" in row:
        ended = {(step.state, (step.day or "")[:10]) for step in found.steps}
        return value in wanted or ("lifted", row["lifted"].isoformat()) in ended
    if isinstance(value, Actor):
        countries = {catalogue.states[fold(one)][0] for one in wanted if one and fold(one) in catalogue.states}
        return same_holder(value.name, [one for one in wanted if one]) or value.country in countries
    if isinstance(value, Place):
        return any(fold(one) in fold(value.name) or fold(value.name) in fold(one) for one in wanted if one)
    return (value[:10] if isinstance(value, str) else value) in wanted


def tallies(world: World) -> dict[str, Any]:
    """Return the share of numbers found with value and holder, of those taken back that fell, of those that stand at a day."""
    table = world.tables["tallies"]
    series = [one for one in table["series"] if one["what"] in COUNTED]
    standing = world.situation().tallies
    kept = [(one, point) for one in series for point in one["points"] if not point.get("fallen")]
    right = [_told(one, point, standing, world) for one, point in kept]
    fallen = [_fell(one["id"], point, standing, world) for one in series for point in one["points"] if point.get("fallen")]
    latest = list(_latest(series, table["latest"], world))
    items = [*right, *fallen, *latest]
    return {
        "score": share(sum(items), len(items)),
        "points": share(sum(right), len(right)),
        "fallen": share(sum(fallen), len(fallen)),
        "latest": share(sum(latest), len(latest)),
        "added": _made_up(standing, world),
        "elsewhere": _elsewhere(series, table.get("elsewhere", []), world),
        "of": len(items),
    }


def _over(phrase: Sequence[str], tallies_: Sequence[Tally], world: World) -> Iterator[tuple[Tally, TallyPoint]]:
    """Yield the points whose words overlap a phrase."""
    if (found := world.span(phrase)) is None:
        return
    document, start, end = found
    for tally in tallies_:
        for one in tally.points:
            if one.document_id == document and one.span[0] < end and one.span[1] > start:
                yield tally, one


def _told(row: Mapping[str, Any], point: Mapping[str, Any], standing: Sequence[Tally], world: World) -> bool:
    """Whether a point stands in a tally of its count with its value and holder."""
    over = [one for tally, one in _over(point["told_by"], standing, world) if tally.what == row["what"]]
    good = [one for one in over if _valued(one, point)]
    if any(same_holder(one.holder, [point["holder"]]) for one in good):
        return True
    claims = world.told(point["told_by"])
    figures = [(figure.what, figure.best, figure.state) for one in claims for figure in one.figures]
    cause = "holder" if good else "value" if over else "no tally" if figures else "no figure" if claims else "no claim"
    seen = f"{[one.holder for one in good]} {[(one.low, one.best, one.high, one.state) for one in over]} {figures}"
    world.misses.append(f"tallies\t{cause}\t{row['id']}\t{point['told_by']}\t{point['holder']} {point['value']}\t{seen}")
    return False


def _valued(one: TallyPoint, point: Mapping[str, Any]) -> bool:
    if point["value"] is None:
        return (one.state, one.best) == (point.get("state", "read"), None) and one.bound == point.get("bound", one.bound)
    return one.state == point.get("state", "read") and float(point["value"]) in (one.low, one.best, one.high)


def _fell(series: str, point: Mapping[str, Any], standing: Sequence[Tally], world: World) -> bool:
    """Whether no tally shows a number that was taken back, as its own words tell it."""
    left = [one for _, one in _over(point["told_by"], standing, world) if _valued(one, point)]
    if left:
        world.misses.append(f"tallies\tstands, taken back\t{series}\t{point['told_by']}\t{[one.holder for one in left]}")
    return not left


def _latest(series: Sequence[Mapping[str, Any]], table: Mapping[date, Any], world: World) -> Iterator[bool]:
    """Yield for each holder of a series whether its latest number at a day is the expected one."""
    points = {one["id"]: one["points"] for one in series}
    for day, rows in table.items():
        tallies_ = world.situation(day).tallies
        for name, holders in rows.items():
            ours = {id(tally): tally for point in points[name] for tally, _ in _over(point["told_by"], tallies_, world)}
            for holder, value in holders.items():
                told = [
                    one
                    for tally in ours.values()
                    for one in tally.points
                    if one.state == "read" and same_holder(one.holder, [holder])
                ]
                last = max(told, key=lambda one: (one.published or "", one.as_of or ""), default=None)
                newest = [one for one in told if last and one.published == last.published]
                good = any(float(value) in (one.low, one.best, one.high) for one in newest)
                if not good:
                    seen = [(one.raw, one.published) for one in newest]
                    world.misses.append(f"tallies\tlatest\t{day}\t{name}\t{holder} {value}\t{seen}")
                yield good


def _made_up(standing: Sequence[Tally], world: World) -> int:
    """Return how many tallies span a number that none of their holders said."""
    made = 0
    for one in standing:
        said = {value for point in one.points for value in (point.low, point.best, point.high)}
        if wrong := {one.low, one.best, one.high} - said - {None}:
            made += 1
            world.misses.append(f"tallies\tnobody said\t{one.what} {one.of}\t{wrong}")
    return made


def _elsewhere(series: Sequence[Mapping[str, Any]], phrases: Sequence[Sequence[str]], world: World) -> int:
    """Return how many numbers of another crisis stand in a tally with one of this."""
    standing = world.situation().tallies
    here = {id(tally) for one in series for point in one["points"] for tally, _ in _over(point["told_by"], standing, world)}
    mixed = [phrase for phrase in phrases if any(id(tally) in here for tally, _ in _over(phrase, standing, world))]
    world.misses += [f"tallies\telsewhere\t{phrase}" for phrase in mixed]
    return len(mixed)


def same_holder(name: str, wanted: Sequence[str]) -> bool:
    """Whether a holder is one of those wanted: the same body or person in any language, or one name within the other."""
    key = held_by(name, name, "person", "en").key
    return any(
        fold(one) in fold(name) or fold(name) in fold(one) or (key and key == held_by(one, one, "person", "en").key)
        for one in wanted
    )
