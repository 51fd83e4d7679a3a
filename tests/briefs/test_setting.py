"""How a brief is set: what stands open, what is folded away; no line is lost or told twice."""

from __future__ import annotations

import pytest

from foreshock.briefs.brief import Fact, Section
from foreshock.briefs.locale import reader
from foreshock.briefs.setting import FEW, OPEN, folded, opening


def section(id_: str, *sizes: int) -> Section:
    lines = [Fact(f"{group}.{number}", ("d",), group=f"g{group}") for group, size in enumerate(sizes) for number in range(size)]
    return Section(id_, "title", tuple(lines))  # type: ignore[arg-type]


@pytest.mark.parametrize("sizes", [(1,) * 40, (30,), (3, 4, 20), (OPEN, 30), (OPEN - 1, FEW + 1, 30), (2, 30, 2)])
def test_a_long_section_folds_and_keeps_every_line(sizes: tuple[int, ...]) -> None:
    made = section("reported", *sizes)
    shown, rest = opening(made)
    assert [line.text for group in [*shown, *rest] for line in group.lines] == [line.text for line in made.lines]
    assert OPEN - 1 <= sum(len(group.lines) for group in shown) <= OPEN + FEW
    assert rest


@pytest.mark.parametrize(
    ("id_", "sizes"), [("reported", (OPEN + FEW,)), ("confirmed", (60,)), ("contested", (2, 60)), ("reported", ())]
)
def test_a_short_one_and_one_that_is_not_a_list_stand_open(id_: str, sizes: tuple[int, ...]) -> None:
    shown, rest = opening(section(id_, *sizes))
    assert not rest
    assert sum(len(group.lines) for group in shown) == sum(sizes)


def test_how_much_is_folded_is_said_in_the_reader_s_language() -> None:
    _, rest = opening(section("reported", 1, *(1,) * 30))
    assert folded(reader("en"), rest) == f"{31 - OPEN} more lines"
    assert str(31 - OPEN) in folded(reader("ja"), rest)
