"""Portuguese in Spanish dress: a treebank of the neighbour as more training data.

Function words are replaced by their Spanish counterparts, endings by the regular sound laws (-ção -> -ción, -ou -> -ó), so that
word shapes, suffixes and grammar words carry over; stems stay Portuguese. Whether it helps is measured (see the model card).
"""

from __future__ import annotations

import re
from dataclasses import replace

from training.ud_corpus import Sentence, Word

# Where a word has two functions, the part of speech decides: "o" is article or pronoun, "a" also a preposition.
BY_CLASS = {
    ("o", "DET"): "el", ("a", "DET"): "la", ("os", "DET"): "los", ("as", "DET"): "las", ("o", "PRON"): "lo", ("a", "PRON"): "la",
    ("os", "PRON"): "los", ("as", "PRON"): "las", ("a", "ADP"): "a", ("se", "SCONJ"): "si", ("se", "PRON"): "se",
    ("tem", "AUX"): "ha", ("têm", "AUX"): "han", ("tinha", "AUX"): "había", ("tinham", "AUX"): "habían", ("ter", "AUX"): "haber",
    ("tem", "VERB"): "tiene", ("têm", "VERB"): "tienen", ("tinha", "VERB"): "tenía", ("ter", "VERB"): "tener",
    ("há", "VERB"): "hay", ("como", "ADP"): "como", ("segundo", "ADP"): "según", ("segundo", "ADJ"): "segundo",
}  # fmt: skip
WORDS = {
    "um": "un", "uma": "una", "uns": "unos", "umas": "unas", "em": "en", "com": "con", "sem": "sin", "até": "hasta",
    "após": "tras", "por": "por", "e": "y", "ou": "o", "mas": "pero", "nem": "ni", "quando": "cuando", "embora": "aunque",
    "enquanto": "mientras",
    "não": "no", "já": "ya", "ainda": "aún", "também": "también", "mais": "más", "muito": "muy", "só": "sólo", "apenas": "sólo",
    "onde": "donde", "ele": "él", "ela": "ella", "eles": "ellos", "elas": "ellas", "lhe": "le", "lhes": "les", "isso": "eso",
    "isto": "esto", "essa": "esa", "esse": "ese", "essas": "esas", "esses": "esos", "estes": "estos", "aquele": "aquel",
    "aquela": "aquella", "seu": "su", "sua": "su", "seus": "sus", "suas": "sus", "quem": "quien", "qual": "cual",
    "quais": "cuales", "foi": "fue", "é": "es", "são": "son", "eram": "eran", "foram": "fueron", "está": "está",
    "estão": "están", "será": "será",
    "seria": "sería", "vai": "va", "vão": "van", "disse": "dijo", "diz": "dice", "fez": "hizo", "pode": "puede",
    "podem": "pueden", "deve": "debe", "devem": "deben", "quer": "quiere", "havia": "había", "sido": "sido", "dois": "dos",
    "duas": "dos",
    "três": "tres", "quatro": "cuatro", "outro": "otro", "outra": "otra", "outros": "otros", "outras": "otras", "todos": "todos",
    "mesmo": "mismo", "mesma": "misma", "ano": "año", "anos": "años", "dia": "día", "dias": "días", "homem": "hombre",
    "governo": "gobierno", "país": "país", "porque": "porque", "pois": "pues", "depois": "después", "antes": "antes",
    "hoje": "hoy", "ontem": "ayer", "amanhã": "mañana", "agora": "ahora", "bem": "bien", "tudo": "todo", "nada": "nada",
    "ninguém": "nadie", "alguém": "alguien", "nenhum": "ningún", "nenhuma": "ninguna", "algum": "algún", "cada": "cada",
    "primeiro": "primero", "primeira": "primera", "último": "último", "sobre": "sobre", "contra": "contra", "entre": "entre",
    "desde": "desde", "durante": "durante", "meu": "mi", "minha": "mi", "eu": "yo", "nós": "nosotros", "me": "me", "nos": "nos",
}  # fmt: skip
LAWS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"ções$", "ciones"), (r"ção$", "ción"), (r"sões$", "siones"), (r"são$", "sión"), (r"dade$", "dad"), (r"agem$", "aje"),
        (r"ável$", "able"), (r"ível$", "ible"), (r"eiro$", "ero"), (r"eira$", "era"), (r"ais$", "ales"), (r"ou$", "ó"),
        (r"eu$", "ió"), (r"iu$", "ió"), (r"aram$", "aron"), (r"eram$", "ieron"), (r"iram$", "ieron"), (r"ndo$", "ndo"),
        (r"avam$", "aban"), (r"ava$", "aba"), (r"arão$", "arán"), (r"am$", "an"), (r"em$", "en"), (r"m$", "n"),
        (r"ão$", "ón"), (r"ões$", "ones"), (r"nh", "ñ"), (r"lh", "j"), (r"ss", "s"), (r"ç", "c"), (r"qü", "cu"),
    )
)  # fmt: skip
LABELS = {"flat:name": "flat", "flat:foreign": "flat", "iobj": "obl:arg", "expl": "expl:pv", "expl:pass": "expl:pv"}


def dress(sentence: Sentence) -> Sentence:
    """Return a Portuguese sentence, its contractions split, as one that looks Spanish, its contractions joined."""
    words = [replace(word, form=_form(word), dep=LABELS.get(word.dep, word.dep)) for word in sentence]
    merged: dict[int, int] = {}
    for index in range(len(words) - 1):
        pair = (words[index].form.lower(), words[index + 1].form.lower())
        if pair in (("de", "el"), ("a", "el")) and words[index + 1].upos == "DET" and index not in merged:
            merged[index + 1] = index
            words[index] = replace(words[index], form=words[index].form + "l", space=words[index + 1].space)
    kept = [index for index in range(len(words)) if index not in merged]
    place = {index: position for position, index in enumerate(kept)}
    return tuple(replace(words[index], head=place[merged.get(words[index].head, words[index].head)]) for index in kept)


def _form(word: Word) -> str:
    form = word.form.lower()
    if word.upos in ("PROPN", "PUNCT", "NUM") and form not in WORDS:
        return word.form
    found = BY_CLASS.get((form, word.upos)) or WORDS.get(form)
    if found is None:
        found = form
        for pattern, to in LAWS:
            found, count = pattern.subn(to, found)
            if count and pattern.pattern.endswith("$"):
                break
    return found.capitalize() if word.form[:1].isupper() else found
