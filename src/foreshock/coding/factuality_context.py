"""What the words around a clause say of its factuality: conditions, what is still to come, questions, words near none.

Functions of a clause, its parse and ``words``: the groups that a language's table lists under ``factuality``.
"""

from __future__ import annotations

from collections.abc import Mapping

from foreshock.coding.verb_forms import is_infinitive, is_inverted, is_present
from foreshock.reading.languages.base import Argument, Clause, Parse, Token

Words = Mapping[str, frozenset[str]]
NONE: frozenset[str] = frozenset()


def before(clause: Clause, parse: Parse, count: int = 1) -> list[str]:
    """Return the lemmas of the words that stand just before a clause's first word, lower case, nearest last."""
    first = min(clause.tokens, default=0)
    return [one.lemma.lower() for one in parse.tokens[max(0, first - count) : first]]


def opening(clause: Clause, parse: Parse) -> set[str]:
    """Return the lemmas of a clause's words before its predicate and of the word before it."""
    inside = {parse.tokens[i].lemma.lower() for i in clause.tokens if clause.predicate and i < clause.predicate[0]}
    return inside | set(before(clause, parse))


def subjects(clause: Clause) -> list[Argument]:
    """Return the surface subjects of a clause."""
    return [one for one in clause.arguments if one.role == "subject" or (clause.passive and one.role == "object")]


def is_supposed(clause: Clause, parse: Parse, words: Words) -> bool:
    """Whether a clause is a condition or told inside one."""
    here, seen = clause, {clause.index}
    while here.relation != "condition" or opening(here, parse) & words.get("until", NONE):
        if here.relation not in ("content", "coordinate", "question") or here.parent is None or here.parent in seen:
            return False
        here = parse.clauses[here.parent]
        seen.add(here.index)
    return True


def is_compelled(clause: Clause, parse: Parse, words: Words) -> bool:
    """Whether what had to be done is told as done: "had to pay"."""
    said = [parse.tokens[i].text.lower() for i in clause.tokens if clause.predicate and i < clause.predicate[0]]
    return any(one in words.get("compelled", NONE) and "to" in said[n + 1 :] for n, one in enumerate(said))


def is_scant(clause: Clause, words: Words) -> bool:
    """Whether the subject is of a number near none: "few voters came", and neither "a few" nor "that little boy"."""
    for argument in subjects(clause):
        said = [one for one in argument.text.lower().split() if one not in words.get("degrees", NONE)]
        if said and said[0] in words.get("scant", NONE):
            return True
    return False


def of_anybody(clause: Clause, parse: Parse, words: Words) -> bool:
    """Whether a clause tells in the present what anybody does: "when you arrive"."""
    return is_present(clause, parse) and any(one.text.lower() in words.get("anybody", NONE) for one in subjects(clause))


def is_asked(clause: Clause, parse: Parse, words: Words) -> bool:
    """Whether a main clause is a question that takes nothing for granted: "did they leave?", not "why did they leave?"."""
    if clause.relation not in ("root", "coordinate") or not parse.sentence.text.rstrip("\"'”’» ").endswith(("?", "？")):
        return False
    if any(parse.tokens[index].lemma.lower() in words["asking"] for index in clause.tokens):
        return False
    mains = [one for one in parse.clauses if one.relation in ("root", "coordinate")]
    # "I called twice, did nobody hear?": only what is inverted is asked; "they left?" has no other sign than its end.
    return is_inverted(clause, parse) or not any(is_inverted(one, parse) for one in mains)


def is_deliberated(clause: Clause, parse: Parse) -> bool:
    """Whether an embedded question asks what is to be done: "how to leave"."""
    return clause.relation == "question" and is_infinitive(clause, parse) and not has_own_subject(clause)


def has_own_subject(clause: Clause) -> bool:
    """Whether a clause has a subject among its own words before its predicate."""
    return any(clause.predicate and one.head in clause.tokens and one.head < clause.predicate[0] for one in subjects(clause))


def is_presupposed(clause: Clause, parse: Parse, words: Words) -> bool:
    """Whether a question takes its event for granted: "who gave the order" does, "whether it was given" does not."""
    if clause.relation != "question" or is_deliberated(clause, parse):
        return False
    said = {parse.tokens[index].lemma.lower() for index in clause.tokens} | set(before(clause, parse))
    return not said & words.get("open_questions", NONE)


def is_replaced(clause: Clause, parse: Parse, words: Words) -> bool:
    """Whether another act takes the place of a clause's: "instead of leaving", "rather than leave"."""
    if clause.relation not in ("adverbial", "content") or not clause.predicate:
        return False
    at = clause.predicate[0]
    near = " ".join(one.lemma.lower() for one in parse.tokens[max(0, at - 3) : at])
    return any(f" {one} " in f" {near} " for one in words.get("instead", NONE))


def has_no_object(clause: Clause, parse: Parse, words: Words) -> bool:
    """Whether a clause is negated through its object alone: "gave no details", "heard nothing"."""
    if not clause.negated or clause.passive or denier(clause, parse, words) is not None:
        return False
    things = [one for one in clause.arguments if one.role == "object"]
    return any(one.text.lower().split()[0] in words.get("nothing", NONE) for one in things if one.text)


def is_over(clause: Clause, parse: Parse, words: Words) -> bool:
    """Whether a clause says that what once was is no more: "no longer live there"."""
    said = f" {' '.join(parse.tokens[index].text.lower() for index in clause.tokens)} "
    return not clause.negated and any(f" {one} " in said for one in words.get("no_longer", NONE))


def denier(clause: Clause, parse: Parse, words: Words) -> Token | None:
    """Return the "not" or "never" of a clause's own predicate, or of its auxiliary."""
    heads = set(clause.predicate)
    return next((one for one in parse.tokens if one.head in heads and one.lemma.lower() in words.get("not", NONE)), None)


def modified(clause: Clause, parse: Parse) -> Token | None:
    """Return the noun that a relative clause modifies."""
    if clause.relation != "relative" or not clause.predicate:
        return None
    first, seen = parse.tokens[clause.predicate[0]], set[int]()
    while first.head in clause.tokens and first.head != first.index and first.index not in seen:
        seen.add(first.index)
        first = parse.tokens[first.head]
    head = parse.tokens[first.head]
    return head if head.index < first.index else None


def is_of_nothing(clause: Clause, parse: Parse, words: Words) -> bool:
    """Whether a relative clause modifies what there is none of: "nothing that links them", "had yet to find any pattern that"."""
    noun = modified(clause, parse)
    if noun is None or clause.parent is None:
        return False
    if noun.lemma.lower() in words.get("nothing", NONE):
        return True
    said = {one.lemma.lower() for one in parse.tokens if one.head == noun.index and one.index < noun.index}
    return bool(said & words.get("nothing", NONE)) or (
        parse.clauses[clause.parent].negated and bool(said & words.get("any", NONE))
    )


def opens_with(clause: Clause, parse: Parse, words: Words, group: str) -> bool:
    """Whether a word of a group stands before a clause's predicate."""
    return bool(opening(clause, parse) & words.get(group, NONE))
