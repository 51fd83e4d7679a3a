"""The frame in a real browser: moves by keyboard, goes anywhere by name, and shows what is new without a reload."""

from __future__ import annotations

from typing import Any

from foreshock import pipeline
from tests.browser.conftest import Served


def test_keys_lead_to_every_screen(served: Served, page: Any) -> None:
    page.goto(served.url)
    page.keyboard.press("?")
    assert page.locator("#keys[open]").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.wait_for_url("**/documents*")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"


def test_anything_is_found_by_its_name(served: Served, page: Any) -> None:
    page.goto(served.url)
    page.keyboard.press("Control+k")
    page.locator("#palette input").fill("dispu")
    page.keyboard.press("Enter")
    page.wait_for_url("**/disputes*")


def test_what_is_ingested_shows_up_without_a_reload(own_served: Served, page: Any, tmp_path: Any) -> None:
    page.goto(own_served.url + "/documents")
    page.evaluate("window.stillHere = true")
    desk = own_served.desk
    text = tmp_path / "2022-01-11-felt-boot-gazette.txt"
    text.write_text(
        "# A curfew in Aktobe\n\nAKTOBE, 11 January 2022 (Felt Boot Gazette) - "
        "Police arrested 31 people on Tuesday, the mayor said.\n"
    )
    for document in pipeline.gather(str(text), settings=desk.bench.settings, now=desk.now()):
        pipeline.keep(document, desk.bench, desk.ledger, now=desk.now())
    for _ in pipeline.join(desk.ledger):
        pass
    page.get_by_text("A curfew in Aktobe").first.wait_for()
    assert page.evaluate("window.stillHere")
