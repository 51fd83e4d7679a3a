"""Dictionary forms of Spanish words: simplemma's dictionary (MIT) asked with the part of speech in mind, clitics taken off.

The dictionary knows no parts of speech, so a verb takes only an infinitive for an answer and a noun none. Its answers are also
what the parser is shown of a word beside its letters (:func:`hint`): a word that it has never seen is still a verb's form.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping

from foreshock.reading.languages import topic

CLITICS = re.compile(r"(?<=[aeiouáéíóúrn])(?:me|te|se|nos|os)?(?:l[aoe]s?)$|(?<=[aeiouáéíóúrn])(?:me|te|se|nos)$")
HOSTS = re.compile(r"(?:[áéí]ndo|[aeiáéí]r|ando|iendo|yendo)$")
INFINITIVE = re.compile(r"(?:[aeiíáé]r)(?:se)?$")
_TABLE = topic("es", "lexicon")
PARTICIPLES: Mapping[str, str] = _TABLE["participles"]
VERBS: Mapping[str, str] = _TABLE["verbs"]
STATES = frozenset(_TABLE["states"])
PRESENT = (
    ("an", ("ar",)),
    ("en", ("er", "ir", "ar")),
    ("a", ("ar",)),
    ("e", ("er", "ir", "ar")),
    ("ó", ("ar",)),
    ("o", ("ar", "er", "ir")),
)


def _plain(word: str) -> str:
    """Take off the stress that clitics bring: "pidiéndo" -> "pidiendo", "dár" -> "dar"."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if c != "\u0301") if word else word


def host(form: str) -> str:
    """Return a verb without its clitics: "dárselo" -> "dar", "pidiéndole" -> "pidiendo"; other words as they are.

    >>> host("retirarse"), host("pidiéndoles"), host("clase")
    ('retirar', 'pidiendo', 'clase')
    """
    cut = CLITICS.search(form)
    if cut is None:
        return form
    rest = form[: cut.start()]
    if not HOSTS.search(rest):
        return form
    bare = rest if rest.endswith("ír") else unicodedata.normalize("NFC", _plain(rest))
    return bare if len(bare) > 2 or bare in ("ir", "ver") else form


@functools.lru_cache(maxsize=65536)
def known(form: str) -> str:
    """Return the dictionary's lemma of a form in lower case, "" for a word that it has not; "annos" is read as "años"."""
    import simplemma  # noqa: PLC0415 - its dictionary takes half a second to load

    for one in (form, form.replace("nn", "ñ")):
        if simplemma.is_known(one, lang="es"):
            return simplemma.lemmatize(one, lang="es").lower()
    return ""


def participle(form: str) -> str:
    """Return the infinitive of a participle in any gender and number, "" where no known verb has it."""
    masculine = re.sub(r"(?:as|os|a)$", "o", form)
    if masculine in PARTICIPLES:
        return PARTICIPLES[masculine]
    for ending, tries in (("ado", ("ar",)), ("ido", ("er", "ir")), ("ído", ("er", "ír", "ir"))):
        if masculine.endswith(ending):
            stem = masculine[: -len(ending)]
            return next(
                (stem + one for one in tries if known(stem + one) == stem + one), stem + tries[0] if ending == "ado" else ""
            )
    return ""


def verb(form: str) -> str:
    """Return the infinitive of a verb's form, "" where the dictionary has none."""
    form = host(form.lower())
    if form in VERBS:
        return VERBS[form]
    if INFINITIVE.search(form) and known(form) in ("", form, form.removesuffix("se")):
        return form
    found = known(form)
    if found and INFINITIVE.search(found) and found != "ser":
        return found.removesuffix("se")
    return participle(form) or (found.removesuffix("se") if INFINITIVE.search(found) else "") or _regular(form)


def _regular(form: str) -> str:
    """Return the infinitive of a regular present that the dictionary knows as a noun only: "renuncia", "protestan"."""
    for ending, infinitives in PRESENT:
        stem = form[: -len(ending)]
        if form.endswith(ending) and len(stem) > 2:
            stems = (stem, re.sub(r"ie(?=[^aeiou]+$)", "e", stem), re.sub(r"ue(?=[^aeiou]+$)", "o", stem))
            tries = (root + one for root in dict.fromkeys(stems) for one in infinitives)
            found = next((one for one in tries if known(one) == one), "")
            if found:
                return found
    return ""


def hint(form: str) -> tuple[str, str]:
    """Return what the parser is shown of a form: its dictionary form and a class ("ar" inflected, "o=" as listed, "?" new)."""
    low = form.lower()
    bare = host(low)
    found = known(bare)
    if not found:
        return low, f"?{low[-1:]}"
    same = "=" if found == bare else "+" if bare == low else "*"
    return found, f"{found[-2:]}{same}"


class Participles(dict[str, str]):
    """Adjective -> verb for adjectives that are participles ("sigue detenido"); those of state that name no act are none."""

    def __contains__(self, word: object) -> bool:
        return (
            isinstance(word, str)
            and word not in STATES
            and (word.endswith(("ado", "ido", "ído")) or word in PARTICIPLES)
            and bool(participle(word))
        )

    def get(self, word: str, default: str | None = None) -> str | None:  # type: ignore[override]
        """Return the verb of a participle, ``default`` for another word."""
        return participle(word) if word in self else default

    def __getitem__(self, word: str) -> str:
        return participle(word)
