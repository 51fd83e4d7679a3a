"""Dictionary forms that a group's word may have: singulars by their endings."""

from __future__ import annotations


def singular(key: str, language: str) -> list[str]:
    """Return the forms that a folded plural (in Spanish also a feminine) may have in a list of dictionary forms.

    >>> singular("rebels", "en"), singular("campesinas", "es")
    (['rebel'], ['campesina', 'campesino'])
    """
    if language not in ("en", "und", "fr", "es"):
        return []
    forms = [key[:-1]] if key.endswith("s") else []
    if key.endswith("ies"):
        forms.append(key[:-3] + "y")
    if key.endswith("men"):
        forms.append(key[:-3] + "man")
    if language == "es":
        forms += [key[:-2]] if key.endswith("es") else []
        forms += [f"{form[:-1]}o" for form in [key, *forms] if form.endswith("a")]
    return forms
