"""Damage to names, signs and letters: glued names, translated outlets, doubled stops, mojibake, case, lost clauses."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from functools import cache

from corpus.records import MiniDocument
from corpus.wreck.edits import Edit, Wreck, wrecked
from foreshock.knowledge import load_table
from foreshock.model import Damage
from foreshock.model.values import DamageKind

STOPS = {".": "..", "。": "。。", "؟": "؟؟", "!": "!!", "?": "??", "！": "！！", "।": "।।"}
PAIR = re.compile(r"([^\W\d_]+) ([^\W\d_]+)$")
WORD = re.compile(r"[^\W\d_]{4,12}")


def glued_name(document: MiniDocument, dice: random.Random) -> Wreck | None:
    """Glue the last two words of a speaker's or actor's name: Juma Makame becomes JumaMakame."""
    options = []
    for claim in document.claims:
        for role in ("h", "hh", "a", "r"):
            for start, end in claim.spans(role):
                match = PAIR.search(document.text[start:end])
                if match and match[1][0].isupper() and match[2][0].isupper():
                    options.append((start + match.end(1), match[0]))
    if not options:
        return None
    blank, name = dice.choice(sorted(set(options)))
    edit = Edit(blank, blank + 1, "", None, "")
    made = wrecked(document, [edit])
    start = blank - len(name.split()[0])
    return _with_damage(made, "glued_name", start, start + len(name) - 1, name, "two words of a name are written as one")


def translated_outlet(document: MiniDocument, dice: random.Random) -> Wreck | None:
    """Put common words for the name of a cited outlet, by the table of the language."""
    names = outlet_words().get(document.language, [])
    spans = sorted({span for claim in document.claims for span in claim.spans("o")})
    if not spans or not names:
        return None
    start, end = dice.choice(spans)
    why = "the name of an outlet was translated as words"
    return wrecked(document, [Edit(start, end, dice.choice(names), "translated_name", why)])


def doubled_stop(document: MiniDocument, dice: random.Random) -> Wreck | None:
    """Double the stop of a sentence."""
    ends = [end for _, end in document.sentences if document.text[end - 1] in STOPS]
    if not ends:
        return None
    end = dice.choice(ends)
    sign = STOPS[document.text[end - 1]]
    return wrecked(document, [Edit(end - 1, end, sign, "doubled_punctuation", "a stop stands twice")])


def mojibake(document: MiniDocument, dice: random.Random) -> Wreck | None:
    """Read the UTF-8 of a few words as Windows-1252 or Windows-1251."""
    words = [match for match in WORD.finditer(document.text) if not match[0].isascii()]
    dice.shuffle(words)
    edits = []
    for match in words:
        for encoding in ("cp1252", "cp1251"):
            try:
                broken = match[0].encode().decode(encoding)
            except UnicodeDecodeError:
                continue
            edits.append(Edit(match.start(), match.end(), broken, "mojibake", f"UTF-8 was read as {encoding}"))
            break
        if len(edits) == 2:
            break
    return wrecked(document, sorted(edits, key=lambda edit: edit.start)) if edits else None


def mangled_case(document: MiniDocument, dice: random.Random) -> Wreck | None:
    """Write one sentence in capitals, in small letters, or Every Word With A Capital; the contract has no damage of case."""
    start, end = dice.choice(document.sentences)
    words = document.text[start:end]
    made = dice.choice([words.upper(), words.lower(), re.sub(r"[^\W\d_]+", lambda match: match[0].capitalize(), words)])
    if made == words or len(made) != len(words):
        return None
    return wrecked(document, [Edit(at, at + 1, new, None, "") for at, new in enumerate(made, start) if document.text[at] != new])


def lost_clause(document: MiniDocument, dice: random.Random) -> Wreck | None:
    """Cut off a long sentence after its last comma or semicolon."""
    options = []
    for start, end in document.sentences:
        joints = [match.end() for match in re.finditer(r"[,،、，;；]", document.text[start : end - 1])]
        if joints and end - start > 60:
            options.append((start + joints[-1], end))
    if not options:
        return None
    start, end = dice.choice(options)
    why = "the sentence breaks off at a comma"
    made = wrecked(document, [Edit(start, end, "", None, why)])
    sentence = document.sentences[document.sentence_of(start)]
    return _with_damage(made, "fragment", sentence[0], start, document.text[slice(*sentence)], why)


@cache
def outlet_words() -> dict[str, list[str]]:
    """Return common words that engines put for names of outlets, by language (outlets.yaml)."""
    table: dict[str, list[str]] = load_table(__package__, "outlets.yaml")
    return table


def _with_damage(made: Wreck, kind: DamageKind, start: int, end: int, was: str, why: str) -> Wreck:
    text = made.document.text
    return replace(made, damage=(*made.damage, Damage(kind, start, end, text[start:end], was, why)))
