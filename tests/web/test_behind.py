"""Costly parts of pictures: made once, the one before shown while the next is made, decisions waited for."""

from __future__ import annotations

import time
from dataclasses import replace
from threading import Event

import pytest

from foreshock.web import Desk
from foreshock.web.ask import Ask
from foreshock.web.behind import Behind
from foreshock.web.picture import Picture


@pytest.fixture
def behind() -> Behind:
    """A place of its own for each test."""
    return Behind()


def later(picture: Picture, **changed: int) -> Picture:
    """Return the picture of the same scope after something was added."""
    return Picture(picture.ask, replace(picture.head, **changed), picture.shown, picture.made)


def test_it_is_made_once_a_picture(desk: Desk, behind: Behind) -> None:
    picture, made = desk.pictures.of(Ask()), []
    for _ in range(3):
        assert behind.of(picture, "part", lambda: made.append(1) or len(made)) == 1
    assert behind.of(picture, "other", lambda: 7) == 7


def test_the_one_before_is_shown_while_the_next_is_made(desk: Desk, behind: Behind) -> None:
    picture = desk.pictures.of(Ask())
    behind.of(picture, "part", lambda: "before")
    begun, go = Event(), Event()

    def slow() -> str:
        begun.set()
        go.wait(5)
        return "after"

    grown = later(picture, arrival=picture.head.arrival + 1)
    behind._due.clear()  # it was made long ago
    assert behind.of(grown, "part", slow) == "before"
    assert begun.wait(5)
    assert behind.of(grown, "part", slow) == "before"
    go.set()
    behind._workers.shutdown(wait=True)
    assert behind.of(grown, "part", slow) == "after"


def test_it_rests_between_two_makings_as_its_cost_asks(desk: Desk, behind: Behind) -> None:
    picture, made = desk.pictures.of(Ask()), []

    def costly() -> int:
        time.sleep(0.05)
        made.append(1)
        return len(made)

    assert behind.of(picture, "part", costly) == 1
    for more in range(1, 6):  # documents keep arriving
        assert behind.of(later(picture, arrival=picture.head.arrival + more), "part", costly) == 1
    behind._workers.shutdown(wait=True)
    assert made == [1]


def test_a_decision_is_waited_for(desk: Desk, behind: Behind) -> None:
    picture = desk.pictures.of(Ask())
    behind.of(picture, "part", lambda: "before")
    assert behind.of(later(picture, judged=picture.head.judged + 1), "part", lambda: "after") == "after"


def test_an_error_is_told_and_not_kept(desk: Desk, behind: Behind) -> None:
    picture = desk.pictures.of(Ask())
    with pytest.raises(ZeroDivisionError):
        behind.of(picture, "part", lambda: 1 // 0)
    assert behind.of(picture, "part", lambda: 3) == 3
