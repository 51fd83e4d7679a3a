"""From the Spanish pipeline's words to the tree that clauses are found on.

The pipeline speaks Universal Dependencies as UD_Spanish-GSD has them. What is taken over beside them is the form of a verb and
what its ending says: a future, a conditional, an imperative; where the ending and the guess of the pipeline differ, the ending
decides. Subjunctives, number and person are kept in :class:`Shapes`, as clause finding has no use for them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from foreshock.reading.languages import topic
from foreshock.reading.languages.base import Mood
from foreshock.reading.languages.es_lexicon import CLITICS, host, known, participle, verb
from foreshock.reading.languages.ud_tree import VERBAL, Form, Node, Tree

LOST = "XNUMX"
DEPS = {"ROOT": "root", "obl:arg": "obl", "expl:pass": "expl:pv", "csubj:pass": "csubj"}
FORMS: dict[str, Form] = {"Fin": "finite", "Inf": "infinitive", "Ger": "gerund", "Part": "participle"}
FUTURE = re.compile(r"(?:é|ás|á|emos|éis|án)$")
CONDITIONAL = re.compile(r"(?:ía|ías|íamos|íais|ían)$")
# Stems of the future that are not the infinitive.
STEMS = {
    "haber": "habr", "hacer": "har", "decir": "dir", "poder": "podr", "poner": "pondr", "salir": "saldr", "tener": "tendr",
    "venir": "vendr", "querer": "querr", "saber": "sabr", "caber": "cabr", "valer": "valdr",
}  # fmt: skip
PREFIXED = re.compile(
    r"(?:de|re|con|com|im|pro|dis|ex|pre|sos|ob|entre|inter|man|sobre|o)?(hacer|decir|poner|salir|tener|venir)$"
)
NO_SUBJUNCTIVES = frozenset({"era", "eran", "eras", "iba", "iban", "ibas", "va", "van", "vas", "vamos", "estuve", "anduve"})
IRREGULAR_SUBJUNCTIVES = frozenset(
    {"dé", "den", "esté", "estén", "fuera", "fueran", "fuese", "fuesen", "sea", "sean", "haya", "hayan", "vaya", "vayan"}
)
CLITIC_FORMS = frozenset({"se", "me", "te", "nos", "os", "le", "les", "lo", "la", "los", "las"})
ARTICLES = frozenset({"el", "la", "los", "las"})
DETERMINERS = {
    "un": "uno", "una": "uno", "unos": "uno", "unas": "uno", "ningún": "ninguno", "ninguna": "ninguno", "ninguno": "ninguno",
    "algún": "alguno", "alguna": "alguno", "algunos": "alguno", "algunas": "alguno", "sus": "su",
}  # fmt: skip
# Nouns that are forms of a verb of no news: "huelga" of "holgar".
NOUNS = frozenset(topic("es", "lexicon")["nouns"])
CONTRACTIONS = {"del": "de", "al": "a"}
INFINITIVE = re.compile(r"(?:[aeiíáé]r)(?:se)?$")
OPENING = frozenset({",", '"', "(", "¿", "¡", "-", ":"})
FINITE_ONLY = re.compile(r"(?:ó|aron|ieron|aban|ían)$")


@dataclass(slots=True)
class Shapes:
    """What a verb's form says beside :class:`Node`, by index: subjunctives, and person with number ("3Sing")."""

    subjunctive: set[int] = field(default_factory=set)
    person: dict[int, str] = field(default_factory=dict)


def build_tree(doc: Any, text: str, offset: int) -> tuple[Tree, Shapes]:
    """Return the tree of a spaCy doc whose characters stand for those of ``text``, which starts at ``offset`` of the document."""
    words = [word for word in doc if not word.is_space]
    position = {word.i: index for index, word in enumerate(words)}
    nodes, shapes = [], Shapes()
    for index, word in enumerate(words):
        head = position.get(word.head.i, index)
        start, end = word.idx, word.idx + len(word.text)
        raw = text[start:end]
        low = raw.lower()
        upos = _class(word, low)
        lemma = low if LOST in raw else lemma_of(low, upos, str(word.lemma_).lower())
        form, past, moods = _shape(word, low, lemma, upos)
        dep = "root" if head == index else DEPS.get(word.dep_, word.dep_)
        node = Node(index, offset + start, offset + end, raw, lemma, upos, dep, head, form, past)
        node.moods = moods
        nodes.append(node)
        if form == "finite":
            if is_subjunctive(low, lemma, guess=word.morph.get("Mood") == ["Sub"]):
                shapes.subjunctive.add(index)
            shapes.person[index] = "".join((*word.morph.get("Person"), *word.morph.get("Number")))
    return Tree(nodes), shapes


def lemma_of(low: str, upos: str, guess: str) -> str:
    """Return the dictionary form of a word in lower case; ``guess`` is the pipeline's, for words that the dictionary has not."""
    if low in CONTRACTIONS:
        return CONTRACTIONS[low]
    if upos in VERBAL:
        return verb(low) or guess
    if upos == "DET":
        return "el" if low in ARTICLES else DETERMINERS.get(low, known(low) or low)
    if upos in ("ADV", "ADP", "SCONJ", "CCONJ", "NUM", "PROPN", "PUNCT", "SYM", "INTJ", "X"):
        return "no" if low == "no" else low
    if upos == "PRON":
        return low if low in CLITIC_FORMS else DETERMINERS.get(low, low)
    return _nominal(low, known(low), guess)


def _nominal(low: str, found: str, guess: str) -> str:
    """Return the lemma of a noun or adjective: no infinitive, unless it is one."""
    if found and (not INFINITIVE.search(found) or low in (found, f"{found}es") or not verb(low)):
        return found
    if found:
        masculine = re.sub(r"(?<=[dt])(?:as|os|a)$", "o", low)
        if masculine != low or masculine.endswith(("do", "to")):
            return masculine
        return low
    return guess or low


def _class(word: Any, low: str) -> str:
    """Return the part of speech, put right where the ending leaves no choice: "dimitió" is a verb."""
    upos = str(word.pos_)
    if low in CONTRACTIONS:
        return "ADP"
    if low in DETERMINERS and upos in ("PROPN", "NOUN", "ADJ", "X"):
        return "DET"
    opens = word.i == 0 or str(word.nbor(-1).text) in OPENING
    if upos == "PROPN" and opens and INFINITIVE.search(known(low)) and known(low) != low:
        return "VERB"
    if upos in VERBAL and low in NOUNS:
        return "NOUN"
    if upos in ("NOUN", "ADJ", "PROPN") and FINITE_ONLY.search(low) and not word.text[0].isupper() and verb(low):
        return "VERB"
    return upos


def _shape(word: Any, low: str, lemma: str, upos: str) -> tuple[Form, bool, frozenset[Mood]]:
    """Return the form of a verb, whether it is past, and the moods of its ending."""
    if upos not in VERBAL:
        return "", False, frozenset()
    given = {key: word.morph.get(key)[0] for key in ("VerbForm", "Tense", "Mood") if word.morph.get(key)}
    form = FORMS.get(given.get("VerbForm", "Fin"), "finite")
    bare = host(low)
    if bare == lemma and INFINITIVE.search(bare):
        form = "infinitive"
    elif bare.endswith(("ando", "iendo", "yendo")) and bare not in ("mando", "comando"):
        form = "gerund"
    elif form == "infinitive" or (form == "participle" and not participle(low)) or form == "gerund":
        form = "finite"
    if form != "finite":
        return form, form == "participle", frozenset()
    moods: set[Mood] = set()
    stem = _future_stem(lemma)
    rest = low[len(stem) :] if low.startswith(stem) else ""
    if rest and CONDITIONAL.fullmatch(rest):
        moods.add("hypothetical")
    elif rest and FUTURE.fullmatch(rest):
        moods.add("future")
    elif given.get("Mood") == "Imp" and word.i == 0:
        moods.add("imperative")
    return form, given.get("Tense") in ("Imp", "Past") and not moods, frozenset(moods)


def is_subjunctive(low: str, lemma: str, *, guess: bool) -> bool:
    """Tell a subjunctive by the vowel that its conjugation has in no indicative: "liberen" of liberar, "huyan" of huir.

    >>> is_subjunctive("liberen", "liberar", guess=False), is_subjunctive("huyen", "huir", guess=False)
    (True, False)
    """
    if low in NO_SUBJUNCTIVES or low in IRREGULAR_SUBJUNCTIVES:
        return low in IRREGULAR_SUBJUNCTIVES
    if lemma.endswith("ar"):
        return bool(re.search(r"(?:(?<!uv)e|es|(?<!uvier)en|emos|ara|aran|ásemos|áramos)$", low)) and not low.endswith("mente")
    if lemma.endswith(("er", "ir", "ír")):
        return bool(re.search(r"(?<!í)(?:a|as|an|amos|iese|iesen|jese|jesen)$", low))
    return guess


def _future_stem(lemma: str) -> str:
    if lemma in STEMS:
        return STEMS[lemma]
    compound = PREFIXED.search(lemma)
    if compound and compound[1] in STEMS and not lemma.endswith("decir"):
        return lemma[: compound.start(1)] + STEMS[compound[1]]
    return re.sub("í(?=r$)", "i", lemma)


def clitics_of(low: str) -> str:
    """Return the clitics written onto a verb ("se", "les", "selo"), "" without."""
    if host(low) == low:
        return ""
    cut = CLITICS.search(low)
    return cut[0] if cut else ""
