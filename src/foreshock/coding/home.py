"""The country that a text tells of, and the bodies that are that country's where nothing else is said of them.

"The army" in a report from one country is that country's army; men with guns may come from anywhere, and so may troops that
enter. Which words name such a body stands in ``ontology/actors/words.yaml`` (``at_home``), language by language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from foreshock.coding.actor_words import group_within
from foreshock.coding.places import PlaceMention
from foreshock.model import Actor, Claim
from foreshock.ontology.actor_catalogue import ActorCatalogue
from foreshock.ontology.fold import fold


def settled(claims: Sequence[Claim], places: Iterable[Iterable[PlaceMention]], catalogue: ActorCatalogue) -> list[Claim]:
    """Return the claims of a document with the country of its bodies; ``places`` are those of each sentence."""
    home = home_country(mention for named in places for mention in named)
    return [
        replace(
            one,
            actor=at_home(one.actor, home, catalogue, one.language),
            recipient=at_home(one.recipient, home, catalogue, one.language),
        )
        for one in claims
    ]


def home_country(mentions: Iterable[PlaceMention]) -> str | None:
    """Return the ISO 3166 alpha-3 code of the country of more than half of the places that are named, None without one."""
    named = Counter(one.place.country for one in mentions if one.place.country)
    first, count = next(iter(named.most_common(1)), (None, 0))
    return first if count * 2 > named.total() else None


def at_home(actor: Actor | None, home: str | None, catalogue: ActorCatalogue, language: str) -> Actor | None:
    """Return an actor with the country of the text, where its country is not told and its word names a body of the country."""
    if actor is None or home is None or actor.country is not None:
        return actor
    group = group_within(actor.raw, catalogue, language)
    if group is None or fold(group.word) not in catalogue.at_home.get(language, ()):
        return actor
    return replace(actor, country=home)
