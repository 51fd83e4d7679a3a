"""How alike a past crisis is to the one at hand, and in what.

What both have weighs more the rarer it is among past crises: two crises with foreign troops have more in common than two with
protests. A value x that a share p(x) of the past crises has bears the information I(x) = -ln p(x), and (Lin 1998, "An
information-theoretic definition of similarity", ICML, for things that are described by features)

    likeness = sum over what is alike of 2 I(x)  /  sum over what is compared of (I(here) + I(there)).

What differs adds to the lower sum only. What is known here and not there adds I(here) to it, so that a past crisis of which
little is known does not come first; what is not known here is left out (Gower 1971, Biometrics 27). Worked number: foreign
troops asked for by the government are in one past crisis in ten, I = 2.3, their absence has I = .11; protests are in eight of
ten, I = .22. With one crisis that has both the likeness is 1; with one that has protests only it is .44 / (.44 + 2.3 + .11) =
.15; with one that has the troops only, and no protests (I = 1.6), it is 4.6 / (4.6 + .22 + 1.6) = .72.

Place is one comparison: the share of past crises at least as near, P, bears -ln P, against that of the nearest there could be.
Foreign powers are another: the rarest one that acts in both. Nothing here was fitted or tuned to any outcome.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from foreshock.scenarios.precedents.features import Profile
from foreshock.scenarios.precedents.nearness import LEVELS, nearness
from foreshock.scenarios.precedents.record import Nearness, PastCrisis, Reason
from foreshock.scenarios.precedents.vocabulary import load_features


@dataclass(frozen=True)
class Rarity:
    """How rare each value is among past crises, in nats: feature -> (information of present, of absent), and so on.

    ``near`` is level -> information of being at least so near to the country at hand.
    """

    features: Mapping[str, tuple[float, float]]
    tiers: Mapping[str, float]
    states: Mapping[str, float]
    powers: Mapping[str, float]
    near: Mapping[Nearness, float]


@dataclass
class Likeness:
    """The sums of a comparison, and its reasons."""

    common: float = 0.0
    whole: float = 0.0
    alike: list[Reason] = field(default_factory=list)
    differ: list[Reason] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def score(self) -> float:
        """From 0 to 1; 0 where nothing could be compared."""
        return self.common / self.whole if self.whole else 0.0

    def add(self, what: str, here: float, there: float | None, *, same: bool, text: str) -> None:
        """Take one comparison in: the information of what is here and there; ``there`` is None where it is not known."""
        if there is None:
            self.whole += here
            self.unknown.append(what)
            return
        self.whole += here + there
        if same:
            self.common += here + there
        (self.alike if same else self.differ).append(Reason(what, text, here + there))


def information(times: int, of: int) -> float:
    """Return -ln of a share, with one more that has it and one more that has not, so that nothing is impossible.

    >>> round(information(1, 18), 2)
    2.3
    """
    return -log((times + 1) / (of + 2))


def rarity(country: str, crises: Sequence[PastCrisis]) -> Rarity:
    """Return how rare each value is among past crises."""
    features = {}
    for name in load_features():
        # Of many crises it is only on record that they had it, so what is not on record counts as lacking it here.
        has = sum(name in one.present for one in crises)
        features[name] = (information(has, len(crises)), information(len(crises) - has, len(crises)))
    near = Counter(nearness(country, one.countries) for one in crises)
    at_least = [sum(near[level] for level in LEVELS[: place + 1]) for place in range(len(LEVELS))]
    return Rarity(
        features,
        _informations([one.tier for one in crises]),
        _informations([one.state for one in crises]),
        _informations([power for one in crises for power, _ in one.powers], of=len(crises)),
        # All are at least "elsewhere": that bears nothing.
        {level: information(n, len(crises)) for level, n in zip(LEVELS[:-1], at_least, strict=False)} | {"elsewhere": 0.0},
    )


def _informations(values: Sequence[str | None], *, of: int | None = None) -> dict[str, float]:
    known = [one for one in values if one is not None]
    return {value: information(times, of or len(known)) for value, times in Counter(known).items()}


def likeness(here: Profile, there: PastCrisis, rare: Rarity) -> Likeness:
    """Return how alike a past crisis is to the one at hand."""
    found = Likeness()
    for name, feature in load_features().items():
        known, other = here.known(name), there.known(name)
        if known is None:
            continue
        has, lacks = rare.features[name]
        told = (
            {True: "in both", False: "in neither"}[known] if known == other else "here, not there" if known else "there, not here"
        )
        mine = has if known else lacks
        theirs = None if other is None else has if other else lacks
        found.add(name, mine, theirs, same=known == other, text=f"{feature.gloss}: {told}")
    _stand(found, "tier", here.tier, there.tier, rare.tiers)
    _stand(found, "state", here.state, there.state, rare.states)
    _powers(found, here, there, rare)
    _place(found, nearness(here.country, there.countries), rare)
    return found


def _stand(found: Likeness, what: str, here: str | None, there: str | None, rare: Mapping[str, float]) -> None:
    if here is None:
        return
    most = max(rare.values(), default=0.0)
    word = {"tier": "tier", "state": "before it"}[what]
    text = f"{word}: {here} in both" if here == there else f"{word}: {here} here, {there} there"
    found.add(what, rare.get(here, most), None if there is None else rare.get(there, most), same=here == there, text=text)


def _powers(found: Likeness, here: Profile, there: PastCrisis, rare: Rarity) -> None:
    """Compare the foreign states that act in both: by the rarest that does, of all that act here."""
    if not here.powers:
        return
    most = max(rare.powers.values(), default=0.0)
    weigh = {one: rare.powers.get(one, most) for one in here.powers}
    acting = {power for power, _ in there.powers}
    shared = sorted(acting & weigh.keys(), key=lambda one: (-weigh[one], one))
    if shared:
        found.add("powers", weigh[shared[0]], weigh[shared[0]], same=True, text=f"a foreign power in both: {', '.join(shared)}")
    else:
        text = f"foreign powers: {', '.join(sorted(weigh))} here, {', '.join(sorted(acting))} there"
        found.add("powers", max(weigh.values()), max(weigh.values()) if acting else None, same=False, text=text)


def _place(found: Likeness, level: Nearness, rare: Rarity) -> None:
    found.whole += 2 * rare.near["same country"]
    found.common += 2 * rare.near[level]
    if level != "elsewhere":
        found.alike.append(Reason("place", f"place: {level}", 2 * rare.near[level]))
    else:
        found.differ.append(Reason("place", "place: another part of the world", 0.0))
