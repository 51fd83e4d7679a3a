"""How many a document says were killed in what it tells: one number from its claims' figures and from the dead whom it lists.

The rule, after the way registers of incidents count (the Gun Violence Archive counts every person killed, the shooter included):

1. A figure of killed in a claim that tells an event of its own counts; so do words that hold a number ("double homicide") and a
   list of persons said to be dead ("a mother and her two children", names).
2. What counts the killer's victims ("killed three people and then himself") gains one where the killer is said to have died, by
   own hand or shot by the police; what counts the dead ("four found dead in a murder-suicide") does not.
3. The headline and the lead are told from what is known last and go first: the largest number of the opening sentences is the
   document's, since the smaller ones are its parts. Where the opening has none, the number that the rest says most often is.
   A running total there ("bringing the toll to five") goes before all.
4. Sentences that count something else (a year's statistics, earlier cases) are left out.

Words are data: ``tallies.yaml``, by language. A language without a block there has the figures only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from foreshock.coding.figures import find_figures
from foreshock.knowledge import load_table
from foreshock.model import Claim, Figure, Reading, Sentence
from foreshock.reading import languages
from foreshock.reading.languages.base import Parse

OPENING = 3  # sentences after the headline that tell what is known last
LONGEST = 12  # persons in one list
UNREAL = frozenset({"conditional", "threatened", "planned", "forecast", "wished", "requested", "ordered", "denied"})
NAME = r"(?:(?-i:[A-Z][a-zà-ÿ'’.-]+|[A-Z]\.|de|la|van|von|\"[A-Z]\w+\"|“[A-Z]\w+”|Mc[A-Z]\w+))"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A number of dead with the sentence that gives it.

    ``victims`` where it leaves out the killer, ``passive`` where it may ("three were killed"), ``total`` where it is a running
    total, ``past`` where its sentence names another year.
    """

    number: int
    sentence: int
    victims: bool
    total: bool = False
    past: bool = False
    passive: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The block of a language in ``tallies.yaml``, compiled."""

    numbers: Mapping[str, int]
    pairs: Mapping[str, int]
    ordinals: Mapping[str, int]
    ordinal: re.Pattern[str]
    group: re.Pattern[str]
    charged: re.Pattern[str]
    lives: re.Pattern[str]
    toll: re.Pattern[str]
    age: re.Pattern[str]
    passive: re.Pattern[str]
    item: re.Pattern[str]
    unborn: re.Pattern[str]
    alike: re.Pattern[str]
    generic: frozenset[str]
    killed: re.Pattern[str]
    told: re.Pattern[str]
    died: re.Pattern[str]
    leaves: re.Pattern[str]
    counts: tuple[tuple[int, re.Pattern[str]], ...]
    both_dead: re.Pattern[str]
    self: re.Pattern[str]
    suicide: re.Pattern[str]
    by_police: re.Pattern[str]
    killer_dead: re.Pattern[str]
    survived: re.Pattern[str]
    by_killer: re.Pattern[str]
    other: re.Pattern[str]


def killed(claims: Sequence[Claim], reading: Reading) -> int | None:
    """Return how many the document says were killed, None where it says nothing of it.

    Args:
        claims: the document's claims.
        reading: the reading that they were made of; its sentences hold the lists of the dead.
    """
    words = _words(reading.document.language)
    found = list(_evidence(claims, reading, words))
    if not found:
        return None
    found = [one for one in found if not one.past] or found
    killer = words is not None and _killer_died(reading, words)
    totals = [one.number for one in found if one.total and one.sentence <= OPENING]
    if totals:
        return max(totals)
    many = [one for one in found if one.number > 1]
    opening = [one for one in many if one.sentence <= OPENING]
    if many and not opening:
        said = Counter(one.number for one in many)
        opening = [one for one in many if said[one.number] == max(said.values())]
    return _joined(opening or found, killer=killer)


def _joined(found: Sequence[Evidence], *, killer: bool) -> int:
    """Return the number that the evidence gives together: all the dead, or the victims and their killer."""
    dead = max((one.number for one in found if not one.victims and not one.passive), default=0)
    passive = max((one.number for one in found if one.passive), default=0)
    victims = max((one.number for one in found if one.victims), default=0)
    if dead > max(victims, 1) or (dead >= max(victims, passive, 2)):
        return max(dead, passive)
    return max(dead, max(victims, passive if victims else 0) + killer, passive + (killer and not victims and passive < 2))


def _evidence(claims: Sequence[Claim], reading: Reading, words: Words | None) -> Iterator[Evidence]:
    """Yield the numbers of dead in order of the text; sentences are counted from 0, the headline, among those with words."""
    place = {one.index: rank for rank, one in enumerate(one for one in reading.sentences if len(one.text) > 24)}
    by_sentence: dict[int, list[Claim]] = {}
    for claim in claims:
        by_sentence.setdefault(_index(reading.sentences, claim.start), []).append(claim)
    for sentence in reading.sentences:
        rank = place.get(sentence.index, 0)
        mine = by_sentence.get(sentence.index, [])
        if words is not None and words.other.search(sentence.text):
            continue
        year = (reading.document.published or "")[:4]
        past = bool(year) and any(match != year for match in re.findall(r"(?<!\d)(?:19|20)\d\d(?![\d-])", sentence.text))
        if not mine and words is not None and rank <= OPENING:
            yield from (replace(one, past=past) for one in _told(_unclaimed(sentence, reading), sentence, rank, words))
        for claim in mine:
            if claim.status in UNREAL or claim.negated:
                continue
            yield from (replace(one, past=past) for one in _told(claim.figures, sentence, rank, words))
        if words is not None:
            headline = rank == 0 and sentence.text.rstrip()[-1:] not in (".", "!", "?")
            text = sentence.text.lower() if headline else sentence.text  # a headline's capitals are no names
            yield from (replace(one, past=past) for one in _listed(text, rank, words))


def _index(sentences: Sequence[Sentence], offset: int) -> int:
    return next((one.index for one in sentences if one.start <= offset < one.end), -1)


def _unclaimed(sentence: Sentence, reading: Reading) -> Sequence[Figure]:
    """Return the figures of a sentence that no claim was made of: a headline without a verb, a caption."""
    table = languages.table(reading.document.language)
    return find_figures(
        Parse(sentence, (), ()), table=table, damage=reading.document.damage, reference=reading.document.published
    )


def _told(figures: Sequence[Figure], sentence: Sentence, rank: int, words: Words | None) -> Iterator[Evidence]:
    for figure in figures:
        number = figure.best
        if figure.what != "killed" or figure.unit not in {None, "person"} or number is None or number != int(number):
            continue
        before = sentence.text[max(0, figure.start - sentence.start - 40) : figure.start - sentence.start]
        victims = words is not None and words.by_killer.search(before) is not None
        after = sentence.text[figure.end - sentence.start : figure.end - sentence.start + 40]
        if words is not None and words.age.search(f"{before}@{after}"):  # @: where the number stands
            continue
        passive = not victims and words is not None and words.passive.search(after) is not None
        yield Evidence(int(number), rank, victims, figure.counting == "cumulative" and number > 1, passive=passive)


def _listed(text: str, rank: int, words: Words) -> Iterator[Evidence]:
    """Yield the numbers that lists of persons and words like "double homicide" give in one sentence."""
    for number, pattern in words.counts:
        if pattern.search(text):
            yield Evidence(number, rank, victims=True)
    if words.both_dead.search(text):
        yield Evidence(2, rank, victims=False)
    if words.suicide.search(text):
        yield Evidence(1, rank, victims=True)
    for pattern, victims in ((words.killed, True), (words.told, False)):
        for match in pattern.finditer(text):
            number, _ = _count(text, match.end(), words)
            if number:
                yield Evidence(number, rank, victims)
    for match in words.died.finditer(text):
        number = _count_before(text, match.start(), words)
        if number:
            yield Evidence(number, rank, victims=False, passive=words.passive.search(match[0]) is not None)
    for match in words.ordinal.finditer(text):
        yield Evidence(_ordinal(match["n"], words), rank, victims=False, total=True)
    for match in words.toll.finditer(text):
        yield Evidence(_number(match["n"], words), rank, victims=False, total=_number(match["n"], words) > 1)
    for match in words.group.finditer(text):
        yield Evidence(_number(match["n"], words), rank, victims=False)
    for match in words.lives.finditer(text):
        yield Evidence(_number(match["n"] or match["m"], words), rank, victims=False)
    for match in words.charged.finditer(text):
        yield Evidence(_number(match["n"], words), rank, victims=True)


def _count(text: str, start: int, words: Words) -> tuple[int, int]:
    """Return how many persons the list that starts at ``start`` holds, and where it ends.

    What only names or describes persons already counted adds nothing: names after "two children, ...", any persons after "two
    victims, ..." (a word that says nothing of them), a name after "his wife, ...".
    """
    number, end, open_places, loose, joint = 0, start, 0, False, ""
    for _ in range(LONGEST):
        match = words.item.match(text, end)
        if match is None:
            break
        worth = 0 if words.unborn.search(match[0]) else _worth(match, words)
        if number and words.alike.fullmatch(match[0]):  # "A and B, both ..." counts nobody more
            break
        bears_name = bool(match["name"] or match["own"]) or (match["noun"] or "")[:1].isdigit()
        names = open_places > 0 and (bears_name or loose) and match["number"] is None and not _joins(joint)
        if names:
            open_places -= 1
            worth = 0
        elif match["number"] and worth > 1:
            open_places, loose = worth, (match["kind"] or "").lower() in words.generic
        elif match["noun"] and not bears_name:
            open_places, loose = 1, False
        else:
            open_places = 0
        # "a man and his son" after "two victims, " are one list: only its first joint says whether it names them
        joint = "" if names and open_places else match["joint"] or ""
        number, end = number + worth, match.end()
        if worth > 1 and joint.startswith(":"):  # what follows is those people one by one
            break
    return number, end


def _joins(joint: str) -> bool:
    """Whether the words between two items of a list add the second to the first, as a comma before a name need not."""
    return any(char.isalpha() or char == "&" for char in joint)


def _number(said: str, words: Words) -> int:
    return words.numbers.get(said.lower()) or (int(said) if said.isdigit() else 0)


def _ordinal(said: str, words: Words) -> int:
    return words.ordinals.get(said.lower()) or int(re.sub(r"\D", "", said) or 0)


def _worth(match: re.Match[str], words: Words) -> int:
    said = (match["number"] or "").lower()
    if said:
        return _number(said, words)
    if match["pronoun"]:
        return 1
    return words.pairs.get((match["noun"] or "").lower(), 1)


def _count_before(text: str, end: int, words: Words) -> int:
    """Return how many persons the list that ends at ``end`` holds: the longest run of items up to there, within one sentence."""
    low = max(text.rfind(". ", 0, end), text.rfind("; ", 0, end), text.rfind(": ", 0, end), end - 160, -1) + 1
    if re.search(r"(?:,|\b(?:and|plus|then)|&)\s*$", text[low:end]):  # "hurt 15 people and killed": the list is what was hurt
        return 0
    starts = [match.start() for match in re.finditer(r"\b\w", text[low:end])]
    for start in starts:
        number, stop = _count(text, low + start, words)
        if number and stop >= end:
            return number
    return 0


def _killer_died(reading: Reading, words: Words) -> bool:
    """Whether the document says that who did it is dead: by own hand, by the police, or found so; an attempt is none."""
    dead = False
    for sentence in reading.sentences:
        if words.other.search(sentence.text):
            continue
        if words.survived.search(sentence.text) and not words.suicide.search(sentence.text):
            return False
        hit = words.self.search(sentence.text) or words.by_police.search(sentence.text) or words.killer_dead.search(sentence.text)
        dead = dead or hit is not None
    return dead


@cache
def _words(language: str) -> Words | None:
    block: Mapping[str, Any] | None = load_table(__package__, "tallies.yaml").get(language)
    if block is None:
        return None

    def rule(name: str) -> re.Pattern[str]:
        return re.compile(str(block[name]).replace("{list}", r"[^.;]{1,80}?"), re.IGNORECASE)

    return Words(
        numbers=block["numbers"],
        pairs=block["pairs"],
        ordinals=block["ordinals"],
        item=_item(block),
        generic=frozenset(map(str, block["generic"])),
        counts=tuple((int(number), re.compile(str(pattern), re.IGNORECASE)) for number, pattern in block["words"].items()),
        **{
            name: rule(name)
            for name in (
                "killed",
                "told",
                "died",
                "leaves",
                "both_dead",
                "self",
                "suicide",
                "by_police",
                "killer_dead",
                "survived",
                "by_killer",
                "other",
                "ordinal",
                "group",
                "charged",
                "lives",
                "toll",
                "age",
                "passive",
                "unborn",
                "alike",
            )
        },
    )


def _item(block: Mapping[str, Any]) -> re.Pattern[str]:
    """Return the pattern of one person or group in a list with the words that join it to the next.

    A number or article with a noun for people ("her two young children", "a 4-year-old girl"), a bare noun as headlines have it,
    or a name with an age.
    """
    nouns = "|".join(str(one) for one in block["people"])
    numbers = "|".join(sorted(map(str, block["numbers"]), key=len, reverse=True))
    owners = "|".join(str(one) for one in block["determiners"])
    joints = "|".join(str(one) for one in block["joints"])
    words = rf"(?:(?!(?:{'|'.join(block['no_modifier'])})\b)[\w'’-]+ ){{0,3}}?"
    told = r",? (?:age |aged )?\d{1,3}(?!\d)(?=[,;.)]|$| (?:of|and|was|were|is|are|died)\b)"
    age = rf"(?:{told}|,? \(\d{{1,3}}\)|,? (?:both |all )?in (?:his|her|their) (?:early |mid-?|late )*(?:teens|\d0s))?"
    person = rf"(?!(?:{'|'.join(block['no_name'])})\b){NAME}(?: {NAME}){{1,4}}"
    aged = rf"\d{{1,2}}-(?:year|month|week|day)s?-olds?(?! (?:[\w-]+ ){{0,2}}?(?:{nouns}))"
    kinds = "|".join(str(one) for one in block["kinds"])
    bare = rf"(?= (?:others? )?(?:{'|'.join(str(one) for one in block['after_number'])})\b|,| and |$)"
    whose = rf"(?:(?:{owners}) )?[\w-]+(?:['’]s|s['’]) "  # "his friend's two sons": the sons alone
    count = rf"\d{{1,2}}(?![\d:,.-]|st|nd|rd|th)|{numbers}"
    thing = rf"(?!{'|'.join(block['things'])})[a-z]{{4,}}s"
    counted = (
        rf"(?:{whose}|all |at least |the |his |her |their |its |these |those |as many as )?"
        rf"(?P<number>{count})(?: of (?:the|those|these|its|their|his|her) (?:{count}))?"
        rf"(?: {words}(?P<kind>{nouns}|{thing})(?![\w-])|{bare})"
    )
    single = rf"(?:{whose}{words}|(?:{owners}) {words}|(?:(?:{kinds}) )?)(?P<noun>{nouns}|{aged})"
    single += rf"(?!['’]s\b|[\w-])(?P<own>,? {person})?"
    joint = rf"(?P<joint>,? (?:{joints}) (?:also )?|, (?!\d{{1,3}}(?:[,;.)]|$| of))|; (?={person})|: | ?[—–] ?| -- )?"
    said = rf"{counted}|(?P<pronoun>{block['pronouns']})|{single}|(?P<name>{person})"
    return re.compile(rf"(?:{said}){age}{joint}", re.IGNORECASE)
