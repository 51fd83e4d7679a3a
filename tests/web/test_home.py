"""The live brief: the brief of the scope with a receipt behind each line, and what an empty ledger shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from starlette.testclient import TestClient

from foreshock import pipeline
from foreshock.briefs.brief import lines_of
from foreshock.errors import BriefError
from foreshock.ledger import Ledger
from foreshock.web import Desk, make_app
from foreshock.web import example as invented
from foreshock.web.ask import Ask
from foreshock.web.telling import told_of

SCREENS = [
    "/", "/incidents", "/figures", "/conditions", "/disputes", "/scenarios", "/silence", "/silence?as_of=2022-01-04", "/crises",
]  # fmt: skip


def test_every_line_of_the_brief_has_its_receipt(client: TestClient, desk: Desk) -> None:
    text = client.get("/").text
    brief = told_of(desk, desk.pictures.of(Ask()), "en").brief
    assert brief is not None
    linked = set(re.findall(r'href="/receipts/(\w+)/(\w+)', text))
    for section, line in lines_of(brief):
        record = {"confirmed": "incident", "contested": "dispute", "conditions": "condition"}.get(section.id)
        wanted = (record, line.record) if record and line.record else ("claim", line.claim_ids[0])
        assert wanted in linked, (section.id, line.text)
    for section in brief.sections:
        assert f'id="{section.id}"' in text


def test_the_brief_is_that_of_the_command_line(desk: Desk) -> None:
    told = told_of(desk, desk.pictures.of(Ask(as_of="2022-01-04")), "en").brief
    made = pipeline.brief_of_ledger(
        desk.ledger,
        desk.bench,
        now=desk.now(),
        title="Everything that is kept",
        language="en",
        as_of="2022-01-04",
        changes_since="2022-01-03",
        readings=desk.readings,
    )
    assert told is not None
    assert told.sections == made.sections


def test_a_browser_that_comes_first_is_shown_the_frame_and_then_the_brief(
    own_desk: Desk, own_client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, told = Event(), pipeline.brief_of_situation

    def slow(*given: Any, **named: Any) -> Any:
        assert go.wait(20)
        return told(*given, **named)

    monkeypatch.setattr(pipeline, "brief_of_situation", slow)
    monkeypatch.setattr("foreshock.web.pages.home.SOON", 0.01)
    first = own_client.get("/?as_of=2022-01-03", headers={"Sec-Fetch-Mode": "navigate"})
    assert "is being compiled" in first.text
    assert 'hx-trigger="load"' in first.text
    go.set()
    assert 'id="figures"' in own_client.get("/?as_of=2022-01-03").text
    assert 'id="figures"' in own_client.get("/?as_of=2022-01-03", headers={"Sec-Fetch-Mode": "navigate"}).text


def test_a_brief_that_breaks_a_rule_says_which_sentence(
    own_desk: Desk, own_client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise BriefError("1 sentence", failures=(("no-claim", "The <b>sky</b> fell.", "it stands on no claim"),))

    monkeypatch.setattr(pipeline, "brief_of_situation", broken)
    text = own_client.get("/").text
    assert "does not compile" in text
    assert "no-claim" in text
    assert "The &lt;b&gt;sky&lt;/b&gt; fell." in text
    assert own_client.get("/export/brief.html").status_code == 409


def test_an_empty_ledger_says_what_to_do(bench: pipeline.Workbench, tmp_path: Path) -> None:
    with Ledger(tmp_path / "new.sqlite") as kept:
        made = Desk(kept, bench, now=invented.now)
        with TestClient(make_app(made), base_url="http://127.0.0.1:8642") as browser:
            text = browser.get("/").text
            assert "foreshock ingest" in text
            assert browser.get("/?country=KAZ").status_code == 200
            for path in ("/incidents", "/figures", "/conditions", "/disputes", "/scenarios", "/silence"):
                assert browser.get(path).status_code == 200, path
        made.close()


def test_where_only_the_changes_break_a_rule_the_rest_is_told(
    own_desk: Desk, own_client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = pipeline.brief_of_situation

    def broken(*given: Any, **named: Any) -> Any:
        if named["since"]:
            raise BriefError("1 sentence", failures=(("no-claim", "It moved.", "it stands on no claim"),))
        return told(*given, **named)

    monkeypatch.setattr(pipeline, "brief_of_situation", broken)
    text = own_client.get("/?as_of=2022-01-03").text
    assert "What changed is not told" in text
    assert "It moved." in text
    assert 'id="figures"' in text


def test_what_changed_is_told_since_the_day_asked_for(client: TestClient) -> None:
    assert "Compared with what was known on 3 January 2022" in client.get("/?as_of=2022-01-04").text
    assert "Compared with what was known on 2 January 2022" in client.get("/?as_of=2022-01-04&changes=2022-01-02").text


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_past_is_told_as_the_past(client: TestClient, language: str) -> None:
    answer = client.get("/?as_of=2022-01-04", headers={"accept-language": language})
    assert 'class="asof past"' in answer.text
    assert "data-follow" not in answer.text
    assert 'data-act="earlier"' in answer.text
    assert 'href="/?as_of=2022-01-03"' in answer.text
    assert 'href="/?as_of=2022-01-05"' in answer.text


def test_now_has_no_later_day_and_follows(client: TestClient) -> None:
    text = client.get("/").text
    assert 'class="asof"' in text
    assert "data-follow" in text
    assert 'data-act="later"' not in text


def test_moving_the_day_keeps_the_rest_of_the_address(client: TestClient) -> None:
    text = client.get("/incidents?kind=ASSAULT&as_of=2022-01-04").text
    assert '<input type="hidden" name="kind" value="ASSAULT">' in text
    assert "/incidents?as_of=2022-01-03&amp;kind=ASSAULT" in text


@pytest.mark.parametrize("path", SCREENS)
def test_no_screen_has_inline_script_or_style(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"accept-language": "ja" if "as_of" in path else "en"})
    assert answer.status_code == 200
    assert not re.search(r"<[^>]+\sstyle=|<style|<script(?![^>]+src=)|\son\w+=", answer.text)
    ids = re.findall(r'\sid="([^"]+)"', answer.text)
    assert len(ids) == len(set(ids))
    for target in re.findall(r'aria-labelledby="([^"]+)"', answer.text):
        assert target in ids


def test_what_is_kept_leads_to_records_that_are_there(client: TestClient, first: Callable[[str], str]) -> None:
    assert client.get(f"/incidents/{first('incident')}").status_code == 200
    assert client.get("/incidents/no-such-one").status_code == 404
