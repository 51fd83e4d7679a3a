"""unit_mismatch: a value that its unit cannot have, or one sum of money in two currencies."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping

from foreshock.model import Damage
from foreshock.reading.damage.page import Page, holds_two, one_of, table

AMOUNT = r"\d{1,3}(?:[., \u00a0]\d{3})+|\d+"
SCALE = r"(?:\s?(?:million|billion|trillion|thousand|millions|milliards|millones|млн|млрд|тысяч|миллионов|万|億|百万|亿))?"
# Round sums meet by chance in two currencies; a sum with this many leading digits does not.
TELLING = 2


def find(page: Page) -> Iterator[Damage]:
    """Yield impossible values, and sums that stand in two currencies in neighbouring sentences."""
    for row in (*table("measures")["any"], *(table("measures").get(page.language) or ())):
        for match in re.finditer(row["pattern"], page.text):
            if int(match["n"]) > row["max"]:
                why = f"{match['n']} cannot be the {row['what']}: the number or its unit was changed"
                yield Damage("unit_mismatch", match.start(), match.end(), match[0], None, why)
    yield from _currencies(page)


def _currencies(page: Page) -> Iterator[Damage]:
    if not holds_two(page.text):
        return
    marks = _marks()
    last: dict[str, tuple[str, int, str]] = {}
    for index, sentence in enumerate(page.sentences):
        for match in _money().finditer(sentence.text):
            mark = (match["before"] or match["after"]).strip()
            digits = re.sub(r"\D", "", match["n1"] or match["n2"])
            currency = marks[mark]
            amount = digits + (match["s1"] or match["s2"] or "").strip()
            earlier = last.get(amount)
            if earlier and earlier[0] != currency and index - earlier[1] <= 2 and len(digits.rstrip("0")) >= TELLING:
                start = sentence.start + match.start()
                why = f"the same sum stands as {earlier[2]!r} nearby: one of the two currencies was changed"
                yield Damage("unit_mismatch", start, start + len(match[0]), match[0], None, why)
            last[amount] = (currency, index, match[0])


@functools.cache
def _marks() -> Mapping[str, str]:
    return {mark: code for code, marks in table("measures")["currencies"].items() for mark in marks}


@functools.cache
def _money() -> re.Pattern[str]:
    signs = one_of([mark for mark in _marks() if not mark[-1].isalpha()])
    words = one_of([mark for mark in _marks() if mark[-1].isascii() is False or mark[-1].isalpha()])
    return re.compile(
        rf"(?:(?P<before>{signs})\s?(?P<n1>{AMOUNT})(?P<s1>{SCALE})(?!\d))"
        rf"|(?<![\d.,])(?P<n2>{AMOUNT})(?P<s2>{SCALE})\s?(?P<after>(?:{signs})|(?:{words})(?![^\W\d_\u3040-\u9fff]))"
    )
