"""What joining made of documents and events, against the tables of a world: origins, incidents, disputes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from itertools import combinations
from typing import Any

from bench.incidents import harmonic
from bench.joined_world import World, share
from foreshock.incidents.origins import document_groups, origin_of, origins_of
from foreshock.model import Dispute

BACKGROUND = frozenset({"STATE", "ASSESS", "LIKEN"})


def origins(world: World) -> dict[str, Any]:
    """Return precision and recall over pairs of dispatches that are one report, and the share of one holder's pairs of claims."""
    table, links = world.tables["origins"], world.situation().links
    roots = document_groups(links)
    one_report = {frozenset(pair) for group in table["groups"] for pair in combinations([group["first"], *group["carriers"]], 2)}
    undecided = {frozenset(row["pair"]) for row in table["undecided"]}
    right = wrong = 0
    for one, other in combinations(sorted(world.documents), 2):
        first, second = (roots.get(world.documents[name].id, name) for name in (one, other))
        if first == second and frozenset((one, other)) not in undecided:
            gold = frozenset((one, other)) in one_report
            right, wrong = right + gold, wrong + (not gold)
            if not gold:
                world.misses.append(f"origins\tone report that are two\t{one}\t{other}")
    precision, recall, f1 = harmonic(right / max(1, right + wrong), right / max(1, len(one_report)))
    return {
        "score": round(f1, 3),
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "of": len(one_report),
        "statements": _statements(world),
    }


def _statements(world: World) -> float:
    """Return the share of pairs of claims of two dispatches, told by one holder, that have one origin."""
    reports = list(world.situation().reports.values())
    of = origin_of(origins_of(reports, world.situation().links))
    same = []
    for row in world.tables["origins"]["statements"]:
        told = {name: {of[one] for one in world.ids((name, words)) if one in of} for name, words in row["told_by"].items()}
        for one, other in combinations(told, 2):
            same.append(bool(told[one] & told[other]))
            if not same[-1]:
                cause = "two origins" if told[one] and told[other] else "no claim"
                world.misses.append(f"origins\t{cause}\t{row['holder']}: {row['what']}\t{one}\t{other}")
    return share(sum(same), len(same))


def incidents(world: World) -> dict[str, Any]:
    """Return the share of phrases of one event that share an incident, of phrases that must not that don't, and of kinds."""
    home = {claim: one for one in world.situation().incidents for claim in one.claim_ids}
    ours = {one.id: one for one in home.values()}
    together, kinds, with_claims = [], [], 0
    for row in world.tables["incidents"]["incidents"]:
        told = [(f"{name}: {words}", _within(world, (name, words), home)) for name, words in row["told_by"]]
        counted = Counter(one for _, found in told for one in found)
        if counted:
            most = ours[counted.most_common(1)[0][0]]
            kinds.append(most.kind in row["kind"])
            if not kinds[-1]:
                world.misses.append(f"incidents\tkind {most.kind}\t{row['id']}\t{row['kind']}")
        for (phrase, one), (other_phrase, other) in combinations(told, 2):
            together.append(bool(one & other))
            with_claims += bool(one and other)
            if not together[-1]:
                cause = "parted" if one and other else "no claim"
                world.misses.append(f"incidents\t{cause}\t{row['id']}\t{phrase}\t{other_phrase}")
    apart = []
    for row in world.tables["incidents"]["apart"]:
        first, second = (_within(world, row[side], home) for side in ("one", "other"))
        if first and second:
            apart.append(not first & second)
            if not apart[-1]:
                world.misses.append(f"incidents\tjoined\t{row['why']}\t{row['one']}\t{row['other']}")
    parts = {"together": (together, len(together)), "apart": (apart, len(apart)), "kinds": (kinds, len(kinds))}
    shares = {name: share(sum(values), of) for name, (values, of) in parts.items()}
    sizes = {"of": len(together), "with_claims": with_claims}
    return {"score": round(harmonic(shares["together"], shares["apart"])[2], 3), **shares, **sizes}


def _within(world: World, phrase: Sequence[str], home: Any) -> set[str]:
    """Return the incidents of a phrase: of claims of events where there are any."""
    told = [one for one in world.told(phrase) if one.id in home]
    events = [one for one in told if one.kind not in BACKGROUND]
    return {home[one.id].id for one in events or told}


def disputes(world: World) -> dict[str, Any]:
    """Return how many of the disputes that must be found are, and what is shown as one and is none."""
    table, shown = world.tables["disputes"], world.situation().disputes
    expected = [[{one for phrase in side["told_by"] for one in world.ids(phrase)} for side in row["positions"]] for row in
                table["disputes"]]  # fmt: skip
    fair = [[world.ids(row[side]) for side in ("one", "other")] for row in table["may"]]
    none = [[world.ids(row[side]) for side in ("one", "other")] for row in table["none"]]
    found = []
    for row, sides in zip(table["disputes"], expected, strict=True):
        good = [one for one in shown if _tells(one, sides)]
        found.append(bool(good))
        if not good:
            cause = "not shown" if sum(map(bool, sides)) > 1 else "no claim"
            world.misses.append(f"disputes\t{cause}\t{row['id']}")
    false = [any(_tells(one, sides) for one in shown) for sides in none]
    for row, wrong in zip(table["none"], false, strict=True):
        if wrong:
            world.misses.append(f"disputes\tshown and none\t{row['why']}")
    known = partial(_any, [*expected, *fair])
    unknown = [one for one in shown if not known(one)]
    world.misses += [f"disputes\tshown and unlisted\t{one.question}\t{[side.label for side in one.positions]}" for one in unknown]
    rightly = sum(_any(expected, one) for one in shown)
    precision, recall, f1 = harmonic(rightly / max(1, rightly + len(unknown)), sum(found) / max(1, len(found)))
    return {
        "score": round(f1, 3),
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "of": len(found),
        "false_none": sum(false),
        "none": len(none),
        "shown": len(shown),
    }


def _any(rows: Sequence[Sequence[set[str]]], dispute: Dispute) -> bool:
    return any(_tells(dispute, sides) for sides in rows)


def _tells(dispute: Dispute, sides: Sequence[set[str]]) -> bool:
    """Whether claims of two of the sides stand in two positions of a dispute."""
    at = [{number for number, one in enumerate(dispute.positions) if side & set(one.claim_ids)} for side in sides]
    return any(one and other and len(one | other) > 1 for one, other in combinations(at, 2))
