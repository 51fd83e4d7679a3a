"""Tiers and start states of a country: what priors are conditional on, from history or from what was told.

The tier says what the last 365 days held: "quiet" no protest, "protest" some, "removal" protests that demand that the
government go, "crisis" such protests with protesters killed by the state and violence by protesters. The start state says what
the country comes from: "conflict" where fighting within it killed at least 25 in those days, else "after-coup" where a coup was
attempted, else "peace".

What is told in a ledger and what a set codes are not the same, so each part of the tier is a short rule that can be read here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from foreshock.model.weighing import Happening, StartState, Tier

DAYS = 365
COUP_ORIGINS = 2
# UCDP's threshold of an armed conflict: deaths in battle in a calendar year (Gleditsch et al. 2002); here in the last 365 days.
CONFLICT_DEATHS = 25.0
# A demand, or a killing by the state, belongs to protests when it falls within so many days of one.
NEAR = 3

_STATE = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG"})
_ARMED = frozenset({"REB", "UAF"})
_RIVALS = frozenset({"MIL", "PRM"})  # an army and paramilitaries fight each other only where one has turned
_UNARMED = frozenset({"CVL", "OPP", "SOC", "LAB", "EDU", "JRN", "MED", "REL", "BUS", "REF"})
_CROWD_VIOLENCE = frozenset({"riot", "vandalize"})
_KILLING = frozenset({"ASSAULT", "HARM"})
# Fighting is told by its weapons even where nobody says who fought.
_BATTLE = frozenset({"firearms", "explosives", "suicide-attack", "aerial", "drone", "heavy-weapons"})


def tier_of(*, protest: bool, removal: bool, killing: bool, violence: bool) -> Tier:
    """Return the tier of a stretch of time in which there was what is said.

    ``killing`` is protesters killed by the state, ``violence`` that of protesters. Both without a demand for removal make no
    crisis.
    """
    if not protest:
        return "quiet"
    if not removal:
        return "protest"
    return "crisis" if killing and violence else "removal"


def start_of(happenings: Iterable[Happening], on: str) -> tuple[StartState, Tier, tuple[str, ...]]:
    """Return the start state and the tier of a country on a day, and the reasons, from its happenings.

    Args:
        happenings: those of one country; what is ``ignored``, is known or happened only after ``on``, or lies more than 365
        days back
            counts for nothing.
        on: the day, as "2022-01-08".

    Returns:
        The state, the tier, and one sentence for each part of them that was found, with the day on which it was first so.
    """
    window = _window(happenings, on)
    protests = [one for one in window if one.kind == "PROTEST"]
    near = _days_near(protests)
    found = {
        "protest": protests,
        "removal": [one for one in window if one.day[:10] in near and _demands_removal(one)],
        "killing": [one for one in window if one.day[:10] in near and _state_kills(one)],
        "violence": [one for one in protests if one.mode in _CROWD_VIOLENCE],
    }
    state, why = _state(window)
    why += [f"{_SAID[part]} since {ones[0].day[:10]} ({len(ones)})" for part, ones in found.items() if ones]
    return state, tier_of(**{part: bool(ones) for part, ones in found.items()}), tuple(why)


_SAID = {
    "protest": "protests",
    "removal": "demands that somebody in power go",
    "killing": "people killed by the state's own forces during protests",
    "violence": "violence by crowds",
}


def _window(happenings: Iterable[Happening], on: str) -> list[Happening]:
    since = (date.fromisoformat(on[:10]) - timedelta(days=DAYS)).isoformat()
    kept = [one for one in happenings if one.ignored is None and since < one.day[:10] <= on[:10] and one.known_at[:10] <= on[:10]]
    return sorted(kept, key=lambda one: (one.day, one.id))


def _days_near(ones: list[Happening]) -> frozenset[str]:
    days = {date.fromisoformat(one.day[:10]) for one in ones}
    return frozenset((day + timedelta(days=step)).isoformat() for day in days for step in range(-NEAR, NEAR + 1))


def _demands_removal(one: Happening) -> bool:
    """Say whether somebody of the country, who is not its government, demands that those who govern go or that the regime change.

    The codebook has one mode for both, and for reforms and elections: REQUEST/change. It is the nearest that a ledger tells.
    """
    from_abroad = one.actor[0] is not None and one.actor[0] != one.country
    to_rulers = one.recipient[1] in (None, "GOV", "ELI", "LEG")
    return one.kind == "REQUEST" and one.mode == "change" and one.actor[1] not in _STATE and to_rulers and not from_abroad


def _state_kills(one: Happening) -> bool:
    """Say whether the state's own forces killed somebody who is not told to be armed, at home."""
    at_home = one.actor[0] in (None, one.country)
    killed = one.killed is not None and one.killed >= 1
    return one.kind in _KILLING and killed and at_home and one.actor[1] in _STATE and one.recipient[1] not in _ARMED | {"MIL"}


def _is_battle(one: Happening) -> bool:
    """Say whether it is fighting between armed sides: an armed group is named, or weapons of war are, with the state on one
    side."""
    if one.kind not in _KILLING or not one.killed:
        return False
    sectors = {one.actor[1], one.recipient[1]}
    return bool(sectors & _ARMED) or sectors == _RIVALS or (one.mode in _BATTLE and "MIL" in sectors and not sectors & _UNARMED)


def _state(window: list[Happening]) -> tuple[StartState, list[str]]:
    battles = [one for one in window if _is_battle(one)]
    dead = sum(one.killed or 0.0 for one in battles)
    if dead >= CONFLICT_DEATHS:
        return "conflict", [f"fighting killed {dead:.0f} in {len(battles)} incidents of the last {DAYS} days"]
    # Who calls it a coup may have reasons to: one origin alone does not make a country one that comes out of a coup.
    coups = [one for one in window if one.kind == "OFFICE" and one.mode == "seize" and len(set(one.sources)) >= COUP_ORIGINS]
    if coups:
        return "after-coup", [f"a coup attempt on {coups[-1].day[:10]}"]
    return "peace", _deadly(window)


def _deadly(window: list[Happening]) -> list[str]:
    """Return what a reader should know where many died and no state follows: who fought whom is often not told, or not read."""
    deaths = [one.killed for one in window if one.kind in _KILLING and one.killed]
    if sum(deaths) < CONFLICT_DEATHS:
        return []
    many = "1 incident tells" if len(deaths) == 1 else f"{len(deaths)} incidents tell"
    told = f"{many} of deaths, up to {max(deaths):.0f} in one"
    return [
        f"{told}, but fights between armed sides with {CONFLICT_DEATHS:.0f} dead are not told: if this is a war, say so (--state)"
    ]
