"""Language tags as pages write them -> the primary subtag that the rest of the system uses."""

from __future__ import annotations

import re

TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8}){0,6}")
# BCP 47 special tags, and what content systems write where no language was set.
NOT_A_LANGUAGE = {"und", "mul", "mis", "zxx"}


def language_tag(value: str | None) -> str | None:
    """Return the primary language of a tag in lower case, or None for what names no language.

    >>> language_tag("ja-JP"), language_tag("x-default")
    ('ja', None)
    """
    match = TAG.fullmatch((value or "").strip())
    code = match[1].lower() if match else ""
    return code if code and code not in NOT_A_LANGUAGE else None
