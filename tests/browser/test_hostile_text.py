"""The desk full of hostile words in a real browser: nothing runs, nothing is asked elsewhere, and ten megabytes open at once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from foreshock import pipeline
from foreshock.ledger import Ledger
from tests.browser.conftest import Served, serving
from tests.ledger.records import claim, reading
from tests.web import hostile

SCREENS = (
    "/", "/incidents", "/disputes", "/conditions", "/figures", "/map", "/silence", "/documents", "/sources", "/sources/origins",
    "/scenarios", "/watches", "/crises", "/admin/audit",
)  # fmt: skip
LONG = 10_000_000


@pytest.fixture(scope="module")
def troubled(bench: pipeline.Workbench, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The desk on the hostile articles."""
    path = tmp_path_factory.mktemp("troubled") / "desk.sqlite"
    with Ledger(path) as kept:
        hostile.fill(kept, bench)
    yield from serving(path, bench)


@pytest.fixture
def long_served(bench: pipeline.Workbench, tmp_path: Path) -> Iterator[Served]:
    """A desk on one document of ten megabytes on a line."""
    path = tmp_path / "desk.sqlite"
    with Ledger(path) as kept:
        made = reading("long", "Calm" + "<b oops>x" * (LONG // 9), title=hostile.BREAK, source="The Long Gazette")
        kept.add(made, [claim(made, 0)], coder="rules@1", now=hostile.NOW)
    yield from serving(path, bench)


@pytest.fixture
def watched(page: Any) -> Any:
    """A page on which a dialog, a request to elsewhere or a download fails the test; errors on its console do already."""
    faults: list[str] = []
    page.on("dialog", lambda told: (faults.append(f"dialog: {told.message}"), told.dismiss()))
    page.on("popup", lambda told: faults.append(f"window: {told.url}"))
    ours = ("http://127.0.0.1:", "data:", "blob:")
    page.on("request", lambda asked: None if asked.url.startswith(ours) else faults.append(asked.url))
    yield page
    assert not faults, faults


def harmless(page: Any, where: str) -> None:
    """Check that no word became an element, an attribute or a script."""
    assert page.evaluate("typeof window.oops") == "undefined", where
    found = page.evaluate(
        "[...document.querySelectorAll('*')].filter(it => it.localName.includes('oops') || it.getAttributeNames().some("
        "name => name.includes('oops') || name.startsWith('on')) || /^\\s*(javascript|vbscript|data):/i.test(it.href || '')"
        " || (it.localName === 'script' && !it.src.startsWith(location.origin + '/static/'))).map(it => it.outerHTML)"
    )
    assert found == [], where


@pytest.mark.parametrize("where", SCREENS)
def test_no_screen_runs_or_hides_what_articles_say(troubled: Served, watched: Any, where: str) -> None:
    watched.goto(troubled.url + where)
    watched.wait_for_timeout(150)  # scripts of the screen fill it
    harmless(watched, where)
    assert not set(watched.locator("body").inner_text()) & set("\u202e\u200b\x1b\x07\U000e0041"), where
    links = watched.locator("main a[href^='/receipts/']")
    if links.count():  # the drawer is filled by a script
        links.first.click()
        watched.wait_for_timeout(200)
        harmless(watched, f"the receipt on {where}")


def test_names_are_read_as_they_stand(troubled: Served, watched: Any) -> None:
    watched.goto(f"{troubled.url}/documents")
    text = watched.locator("main").inner_text()
    for words in (hostile.SCRIPT, hostile.FORMULA, hostile.COMMAND, hostile.TEMPLATE, "U+202E", "U+200B", "U+001B"):
        assert words in text
    watched.get_by_role("link", name=hostile.FORMULA).first.click()
    watched.wait_for_url("**/documents/*")
    assert hostile.FORMULA in watched.title()
    assert hostile.SCRIPT in watched.locator("main").inner_text()
    harmless(watched, "a document")


def test_a_crisis_of_a_hostile_name_is_chosen(troubled: Served, watched: Any) -> None:
    (name,) = [one.name for one in troubled.desk.ledger.crises()]
    watched.goto(f"{troubled.url}/crises")
    assert name in watched.locator("main").inner_text()
    watched.keyboard.press("Control+k")
    watched.locator("#palette input").fill("textarea")
    watched.wait_for_timeout(150)
    harmless(watched, "the palette")


def test_ten_megabytes_on_one_line_open_at_once(long_served: Served, watched: Any) -> None:
    (long,) = [one.id for one in long_served.desk.ledger.latest_documents()]
    watched.goto(f"{long_served.url}/documents")  # the picture of the scope is made for all pages
    started = time.monotonic()
    watched.goto(f"{long_served.url}/documents/{long}", wait_until="load")
    assert time.monotonic() - started < 3
    assert "Calm<b oops>x" in watched.locator("main").inner_text()
    drawn = "requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - at)))"
    assert watched.evaluate(f"new Promise(done => {{ const at = performance.now(); {drawn} }})") < 500  # milliseconds
    started = time.monotonic()
    watched.keyboard.press("?")
    watched.locator("#keys[open]").wait_for()
    assert time.monotonic() - started < 1
    harmless(watched, "the long document")
