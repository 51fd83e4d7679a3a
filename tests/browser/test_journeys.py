"""What people come for, in a real browser: search, read, open a receipt, correct, settle, look back, take away; by keyboard."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Served


@pytest.mark.parametrize(
    ("words", "found"), [("非常事態", "ja"), ("протесты OR чрезвычайное", "ru"), ('"state of emergency"', "en")]
)
def test_documents_are_found_and_read_by_keyboard(served: Served, page: Any, words: str, found: str) -> None:
    page.goto(served.url)
    page.keyboard.press("/")
    page.keyboard.insert_text(words)
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents?*")
    page.locator(".doc").first.wait_for()
    assert page.locator(f".snippet[lang={found}] mark").count() > 0
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url(re.compile(r"/documents/[0-9a-f]+"))
    assert page.locator(".words").is_visible()
    assert page.locator("[data-reading] mark").count() > 0


def test_a_receipt_opens_beside_the_page_and_closes(served: Served, page: Any) -> None:
    page.goto(served.url + "/disputes")
    page.locator("article.dispute blockquote").first.wait_for()
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.locator("#receipt blockquote, #receipt .original, #receipt q").first.wait_for()
    assert page.url.endswith("/disputes")
    page.keyboard.press("Escape")
    expect(page.locator("#receipt")).to_be_empty()


def test_a_receipt_is_a_page_of_its_own_without_scripts(served: Served, chromium: Any) -> None:
    context = chromium.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(served.url + "/disputes")
    plain.locator("article.dispute a.receipt").first.click()
    plain.wait_for_url("**/receipts/**")
    assert plain.locator("main").inner_text().strip()
    context.close()


def test_a_claim_is_corrected_and_the_correction_taken_back(own_served: Served, page: Any) -> None:
    claim = next(
        one for one in own_served.desk.ledger.claims() if one.figures and one.figures[0].best == 9900 and one.language == "en"
    )
    page.goto(f"{own_served.url}/documents/{claim.document_id}?claim={claim.id}")
    page.locator(f"#claim-{claim.id}").wait_for()
    card = page.locator(f"#claim-{claim.id}")
    card.locator("[data-act=correct]").click()
    form = page.locator(f"#f-{claim.id} form.correct")
    form.locator("[name='figures.0.best']").fill("9800")
    form.locator("[name='figures.0.low']").fill("9800")
    form.locator("[name='figures.0.high']").fill("9800")
    form.locator("[name=status]").select_option("denied")
    expect(form.locator(".preview")).to_contain_text("denied")
    form.locator("[name=status]").select_option("asserted")
    form.locator("[name=why]").fill("The original gives another number.")
    page.keyboard.press("Control+Enter")
    expect(card).to_contain_text("9,800")
    (kept,) = own_served.desk.ledger.judgements()
    assert kept.verdict == "amend"
    assert kept.why == "The original gives another number."
    page.goto(own_served.url + "/figures")
    assert page.get_by_text("9,800").count() > 0


def test_a_dispute_is_settled_by_keyboard(own_served: Served, page: Any) -> None:
    page.goto(own_served.url + "/disputes")
    page.keyboard.press("j")
    page.keyboard.press("e")  # unfolds the form
    chosen = page.locator("article.dispute").first
    chosen.locator("[name=position]").first.focus()
    page.keyboard.press("Space")
    chosen.locator("[name=why]").focus()
    page.keyboard.insert_text("The ministry withdrew the other number.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("article.dispute.settled").first.wait_for()
    (kept,) = own_served.desk.ledger.judgements()
    assert kept.verdict == "settle"


def test_the_day_is_moved_and_the_page_follows(served: Served, page: Any) -> None:
    page.goto(served.url + "/incidents")
    before = page.locator("main").inner_text()
    page.keyboard.press("[")
    page.wait_for_url("**as_of=2022-01-1*")
    slider = page.locator("#asof-slide")
    slider.focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    page.wait_for_url("**as_of=2022-01-06*")
    page.locator(".behind").wait_for()
    assert page.locator("main").inner_text() != before
    assert "6 January 2022" in page.locator(".asof").inner_text()


@pytest.mark.parametrize(("name", "begins"), [("CSV", b"PK"), ("PDF", b"%PDF"), ("GeoJSON", b"PK")])
def test_what_is_seen_can_be_taken_away(served: Served, page: Any, tmp_path: Path, name: str, begins: bytes) -> None:
    page.goto(served.url)
    with page.expect_download(timeout=60_000) as waiting:
        page.locator("nav.export").get_by_role("link", name=name, exact=True).click()
    path = tmp_path / "taken"
    waiting.value.save_as(path)
    taken = path.read_bytes()
    assert taken.startswith(begins)
    if begins == b"PK":
        assert zipfile.ZipFile(io.BytesIO(taken)).testzip() is None


def test_the_map_draws_and_its_table_has_all(served: Served, page: Any) -> None:
    page.goto(served.url + "/map")
    page.locator("canvas.maplibregl-canvas").wait_for()
    rows = page.locator("[data-row]").count()
    assert rows > 20
    page.locator("[data-row]").first.focus()
    page.keyboard.press("j")
    page.keyboard.press("r")
    expect(page.locator("#receipt")).not_to_be_empty()
