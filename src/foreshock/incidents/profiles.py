"""What a store keeps of an episode, so that later ones can be compared with it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from sys import intern
from typing import Any

from foreshock.dates import last_day
from foreshock.incidents.episodes import Episode, table
from foreshock.incidents.ready import Ready
from foreshock.incidents.store import Store
from foreshock.incidents.terms import guess, rarity

EPISODES = "episode"
WHOLE, KINDS = 12_000, 60_000  # at hand: of some 7 KB each, and of some 250 bytes
COUNTS = "terms"  # the space of counters: documents by language, and by language and term
# Parties, their words and sounds, figure, mode, age, person, segment.
TYPED = ("a:", "r:", "w:", "k:", "q:", "f:", "m:", "y:", "n:", "s:")
PlaceMark = tuple[str, str | None, float | None, float | None, str | None]


@dataclass(frozen=True, slots=True)
class Profile:
    """An episode as it is compared: its marks, and its terms with their weights as of its arrival.

    ``weights`` are (1 + ln n) times the rarity in nats of single terms, ``norm`` is their Euclidean length; ``fuller`` are terms
    of two words; ``names`` are spelled as in the text, for the reasons. ``published`` is an ordinal day, of a month or year its
    last one. ``incident`` is the one that the episode was put into.
    """

    id: str
    document_id: str
    arrival: int
    language: str
    family: str
    prospective: bool
    claim_ids: tuple[str, ...]
    lead: float
    published: int | None
    days: tuple[int, ...]
    window: tuple[int, int] | None
    explicit: bool
    places: tuple[PlaceMark, ...]
    marks: tuple[str, ...]
    weights: Mapping[str, float]
    norm: float
    fuller: frozenset[str]
    names: Mapping[str, str]
    incident: str | None = None

    def value(self) -> dict[str, Any]:
        """Return the profile as JSON-ready values, of which a store reads it."""
        found = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {**found, "fuller": sorted(self.fuller), "weights": dict(self.weights), "names": dict(self.names)}


@dataclass(frozen=True, slots=True)
class Kind:
    """The part of a profile that says whether it may be compared with another."""

    family: str
    lead: float


class Profiles:
    """Profiles of episodes at hand, and the kinds of many more, so that only what is compared is read whole."""

    def __init__(self, whole: int = WHOLE, kinds: int = KINDS) -> None:
        """Keep nothing yet; at most so many."""
        self.whole: Ready[Profile, Profile] = Ready(EPISODES, Profile, lambda profile, _: profile, most=whole)
        self.kinds: Ready[Kind, Kind] = Ready(EPISODES, Kind, lambda kind, _: Kind(intern(kind.family), kind.lead), most=kinds)

    def clear(self) -> None:
        """Forget all."""
        self.whole.clear()
        self.kinds.clear()


def _counter(language: str, term: str) -> str:
    """Return the counter of a term: words are counted by language, marks and the page's furniture over all."""
    return f"* {term}" if term[:2] in TYPED else f"{language} {term}"


class Rarities:
    """How rare terms of one language and marks are, in nats, by the documents counted in a store; asked for many at a time."""

    def __init__(self, store: Store, language: str) -> None:
        """Ask nothing yet but how many documents there are."""
        self._store = store
        self._language = language
        found = store.counts(COUNTS, [language, "*"])
        self._documents, self._all = found.get(language, 0), found.get("*", 0)
        self._seen: dict[str, int] = {}
        self._nats: dict[tuple[str, bool], float] = {}

    def load(self, terms: Iterable[str]) -> None:
        """Ask for the counters of terms in one go."""
        keys = {_counter(self._language, term): term for term in terms if term not in self._seen}
        counts = self._store.counts(COUNTS, list(keys)) if keys else {}
        self._seen.update((term, counts.get(key, 0)) for key, term in keys.items())

    def seen(self, term: str) -> int:
        """Return how many documents have the term; it must have been loaded."""
        return self._seen[term]

    def of(self, term: str, *, name: bool) -> float:
        """Return how rare a loaded term is."""
        if (term, name) not in self._nats:
            documents = self._all if term[:2] in TYPED else self._documents
            self._nats[term, name] = rarity(self._seen[term], documents, prior=guess(term, name=name))
        return self._nats[term, name]


def count_document(store: Store, language: str, terms: Iterable[str]) -> None:
    """Count a document's terms, marks and segments, each once."""
    store.count(COUNTS, {language: 1, "*": 1, **{_counter(language, term): 1 for term in sorted(set(terms))}})


def profile_of(episode: Episode, rarities: Rarities, *, published: str | None, arrival: int) -> Profile:
    """Return what is kept of an episode: its rarest and most used terms, as rare as they are now."""
    weights = {
        term: round((1 + math.log(max(1.0, n))) * rarities.of(term, name=term in episode.names), 2)
        for term, n in episode.counts.items()
    }
    kept = sorted(weights, key=lambda term: (-weights[term], term))
    single = [term for term in kept if " " not in term][: table()["terms"]]
    fuller = [term for term in kept if " " in term][: table()["fuller"]]
    spelled = {term: episode.spelled[term] for term in (*single, *fuller) if term in episode.spelled}
    return Profile(
        id=episode.id,
        document_id=episode.document_id,
        arrival=arrival,
        language=episode.language,
        family=episode.family,
        prospective=episode.prospective,
        claim_ids=episode.claim_ids,
        lead=episode.lead,
        published=last_day(published).toordinal() if published else None,
        days=episode.days,
        window=episode.window,
        explicit=episode.explicit,
        places=episode.places,
        marks=episode.marks,
        weights={term: weights[term] for term in single},
        norm=round(math.sqrt(sum(weights[term] ** 2 for term in single)), 3),
        fuller=frozenset(fuller),
        names={term: word for term, word in spelled.items() if term in episode.names or " " in term},
    )
