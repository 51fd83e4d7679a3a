"""Whoever reads: no serious fault by axe-core on any screen, light or dark, wide or on a phone, and nothing scrolls sideways."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import PATIENCE, Served

SCREENS = (
    "/", "/map", "/incidents", "/figures", "/conditions", "/disputes", "/scenarios", "/silence", "/documents", "/sources",
    "/sources/origins", "/sources/feeds", "/watches", "/crises", "/account", "/admin", "/api", "document", "incident", "receipt",
)  # fmt: skip
GRAVE = {"serious", "critical"}


def address(served: Served, screen: str) -> str:
    claim = next(iter(served.desk.ledger.claims()))
    incident = served.desk.pictures.of(_everything()).shown.incidents[0].id
    special = {
        "document": f"/documents/{claim.document_id}",
        "incident": f"/incidents/{incident}",
        "receipt": f"/receipts/claim/{claim.id}",
    }
    return served.url + special.get(screen, screen)


def _everything() -> Any:
    from foreshock.web.ask import Ask

    return Ask()


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_grave(served: Served, chromium: Any, screen: str) -> None:
    found = {}
    # Every screen is looked at wide and light, and on a phone in the dark.
    for scheme, size in (("light", (1280, 900)), ("dark", (390, 844))):
        context = chromium.new_context(
            color_scheme=scheme, viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(address(served, screen), wait_until="networkidle" if screen == "/map" else "load")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= size[0], f"{screen} is {wide} wide at {size[0]}"
        answer = Axe().run(page).response
        found |= {
            (scheme, one["id"]): [node["target"] for node in one["nodes"][:3]]
            for one in answer["violations"]
            if one["impact"] in GRAVE
        }
        context.close()
    assert not found
