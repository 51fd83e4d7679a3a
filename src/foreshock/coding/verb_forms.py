"""The form of a clause's verb, told by its spelling: infinitive, gerund, present, past; and whether its subject follows it.

A parse has no morphology. English forms differ from their dictionary form plainly enough for what factuality asks of them.
"""

from __future__ import annotations

from foreshock.reading.languages.base import Clause, Parse, Token

GOING = frozenset({"is", "are", "am", "'s", "'re", "'m", "’s", "’re", "’m"})
DID = frozenset({"did", "had", "was", "were"})


def head_verb(clause: Clause, parse: Parse) -> Token | None:
    """Return a clause's predicate where it is a verb."""
    word = parse.tokens[clause.predicate[0]] if clause.predicate else None
    return word if word is not None and word.upos in ("VERB", "AUX") else None


def auxiliaries(clause: Clause, parse: Parse) -> set[str]:
    """Return the auxiliaries of a clause, lower case, that stand before its predicate."""
    inside = (parse.tokens[index] for index in clause.tokens if clause.predicate and index < clause.predicate[0])
    return {one.text.lower() for one in inside if one.upos == "AUX"}


def is_infinitive(clause: Clause, parse: Parse) -> bool:
    """Whether a clause's verb has its dictionary form and no auxiliary but those of an infinitive: "to leave", "to be left"."""
    before = auxiliaries(clause, parse) - {"be", "have", "been"}
    word = head_verb(clause, parse)
    if word is None or before:
        return False
    return word.text.lower() == word.lemma.lower() or bool(auxiliaries(clause, parse) & {"be", "have"})


def is_gerund(clause: Clause, parse: Parse) -> bool:
    """Whether a clause's verb ends in -ing without an auxiliary: "shelling the town"."""
    word = head_verb(clause, parse)
    return word is not None and word.text.lower().endswith("ing") and not auxiliaries(clause, parse)


def is_bare(clause: Clause, parse: Parse) -> bool:
    """Whether a clause's verb is a participle or infinitive without an auxiliary of its own: "the bridge built there"."""
    word = head_verb(clause, parse)
    if word is None or auxiliaries(clause, parse) - {"be", "to"}:
        return False
    low = word.text.lower()
    return low.endswith("ing") or clause.passive or is_infinitive(clause, parse)


def is_present(clause: Clause, parse: Parse) -> bool:
    """Whether a clause's verb is in the present tense, simple or progressive."""
    word = head_verb(clause, parse)
    if word is None:
        return False
    low, lemma = word.text.lower(), word.lemma.lower()
    going = low.endswith("ing") and bool({parse.tokens[i].text.lower() for i in clause.tokens if i < word.index} & GOING)
    return going or low in (lemma, f"{lemma}s", f"{lemma}es")


def is_past(clause: Clause, parse: Parse) -> bool:
    """Whether a clause's verb is in a past tense: neither dictionary form, nor -s, nor -ing, or with "did" or "had"."""
    word = head_verb(clause, parse)
    if word is None:
        return False
    low, lemma = word.text.lower(), word.lemma.lower()
    if auxiliaries(clause, parse) & DID:
        return True
    return low not in (lemma, f"{lemma}s") and not low.endswith(("ing", "s"))


def is_inverted(clause: Clause, parse: Parse) -> bool:
    """Whether an auxiliary stands before the clause's subject: "did they leave?"."""
    inside = [parse.tokens[index] for index in clause.tokens]
    first = next((one.start for one in inside if one.upos == "AUX"), None)
    if first is None and (word := head_verb(clause, parse)) is not None and word.upos == "AUX":
        first = word.start
    subject = [one.start for one in clause.arguments if one.role == "subject" or (clause.passive and one.role == "object")]
    return first is not None and bool(subject) and first < min(subject)
