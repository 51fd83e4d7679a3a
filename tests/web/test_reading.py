"""The reading view: the text as it was published, marks that overlap, hostile texts, long texts, versions."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from foreshock.model import Damage, Reading
from foreshock.web import Desk
from foreshock.web.reading.letters import shown
from foreshock.web.reading.segments import segments
from foreshock.web.reading.window import SIZE, window_at, windows
from tests.ledger.records import claim, reading

SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=3)


class Words(HTMLParser):
    """The text of the paragraphs, without the numbers that lead to cards."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.inside = self.number = self.line = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "div" and ("class", "words") in attrs:
            self.inside = True
        if self.inside and tag == "p":
            self.lines.append("")
            self.line = True
        self.number = self.inside and tag == "sup"

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "div"
        self.line = self.line and tag != "p"
        self.number = self.number and tag != "sup"

    def handle_data(self, data: str) -> None:
        if self.line and not self.number:
            self.lines[-1] += data


def lines(page: str) -> list[str]:
    parser = Words()
    parser.feed(page)
    return [line for line in parser.lines if line.strip()]


def keep(desk: Desk, text: str, **fields: object) -> Reading:
    made = reading("hostile", text, **fields)
    desk.ledger.add(made, [claim(made, 0, end=4, text=text[:4])], coder="rules@1", now=desk.now())
    return made


@given(st.dictionaries(st.sampled_from("abcdef"), SPANS, max_size=5), st.integers(0, 40), st.integers(0, 40))
def test_segments_cover_the_part_and_name_just_the_marks_over_them(
    marks: dict[str, list[tuple[int, int]]], start: int, end: int
) -> None:
    found = segments(start, end, marks)
    assert [at for one in found for at in range(one.start, one.end)] == list(range(start, end))
    for one in found:
        over = {name for name, spans in marks.items() if any(low <= one.start and one.end <= high for low, high in spans)}
        assert set(one.names) == over
        assert set(one.begins) <= over


def test_the_shortest_mark_is_the_first() -> None:
    names = [one.names for one in segments(0, 12, {"long": [(0, 12)], "short": [(4, 8)]})]
    assert names == [("long",), ("short", "long"), ("long",)]


@given(st.text(alphabet="ab \n", max_size=60), st.integers(3, 20))
def test_windows_touch_and_cover_the_text(text: str, size: int) -> None:
    found = windows(text, size=size)
    assert "".join(text[one.start : one.end] for one in found) == text
    assert all(one.end - one.start <= size for one in found)
    assert all(window_at(text, at, size=size).start <= at for at in range(len(text)))


def test_ten_megabytes_on_one_line_have_windows_at_once() -> None:
    started = time.perf_counter()
    found = windows("x" * 10_000_000)
    assert found[-1].of == len(found) == -(-10_000_000 // SIZE)
    assert time.perf_counter() - started < 0.5


@pytest.mark.parametrize(
    ("text", "seen"),
    [("a\u202eb", "U+202E"), ("a\u200bb", "U+200B"), ("\x1b[31m", "U+001B"), ("\ud800", "U+D800"), ("\ufeffx", "U+FEFF")],
)
def test_what_would_not_be_seen_is_shown(text: str, seen: str) -> None:
    told = shown(text)
    assert f">{seen}</span>" in told
    assert not set(text) & set("\u202e\u200b\x1b\ud800\ufeff") & set(told)


def test_letters_that_join_are_left_alone() -> None:
    assert shown("می\u200cخواهم") == "می\u200cخواهم"
    assert shown("<b>&amp;") == "&lt;b&gt;&amp;amp;"


def test_every_text_of_the_example_stands_as_it_was_published(client: TestClient, desk: Desk) -> None:
    documents = desk.ledger.latest_documents()
    for one in documents[::5]:
        answer = client.get(f"/documents/{one.id}")
        assert answer.status_code == 200
        masked = [line for line in lines(answer.text) if "█" not in line]
        assert set(masked) <= {line.strip("\r\n") for line in one.text.splitlines()}
        assert len(lines(answer.text)) == len([line for line in one.text.splitlines() if line.strip()])


def test_a_claim_has_its_mark_and_its_card(client: TestClient, desk: Desk) -> None:
    made = next(iter(desk.ledger.claims()))
    page = client.get(f"/documents/{made.document_id}").text
    assert f'data-claims="{made.id}' in page or f' {made.id}"' in page
    assert f'id="claim-{made.id}"' in page
    assert f'<blockquote class="quote" lang="{made.language}"' in page


def test_a_rendering_is_in_the_reader_s_language(client: TestClient, desk: Desk) -> None:
    russian = next(one for one in desk.ledger.latest_documents() if one.language == "ru")
    english = client.get(f"/documents/{russian.id}").text
    japanese = client.get(f"/documents/{russian.id}?language=ja").text
    assert " reported" in english
    assert "報道" in japanese
    assert russian.text.splitlines()[0].strip("# ") in japanese


def test_damage_is_marked_and_a_lost_number_struck(client: TestClient, desk: Desk) -> None:
    hurt = next(one for one in desk.ledger.latest_documents() if any(it.kind == "lost_number" for it in one.damage))
    page = client.get(f"/documents/{hurt.id}").text
    assert re.search(r'<abbr class="damage lost" title="number lost; no repair is proposed; [^"]+"[^>]*>XNUMX</abbr>', page)


def test_hostile_words_are_text(own_client: TestClient, own_desk: Desk) -> None:
    text = "Calm </p><script>alert(1)</script><img src=x onerror=alert(1)>\n\u202eevil\u202c {{ 7*7 }} %s\nend"
    repair = Damage("glued_name", 5, 9, "</p>", '"><script>', "<i>why</i>")
    made = keep(own_desk, text, title='"><svg onload=alert(1)>', source="<b>Outlet</b>", damage=(repair,))
    for address in (f"/documents/{made.document.id}", f"/receipts/document/{made.document.id}", "/documents"):
        page = own_client.get(address).text
        for words in ("<script>alert", "<img src=x", "<svg onload", "<b>Outlet", "<i>why", "\u202e", '"><script>'):
            assert words not in page
    page = own_client.get(f"/documents/{made.document.id}").text
    assert "{{ 7*7 }} %s" in page
    assert "U+202E" in page


def test_a_long_line_is_answered_in_parts_and_fast(own_client: TestClient, own_desk: Desk) -> None:
    made = keep(own_desk, "Calm" + "x" * 3_000_000)
    own_client.get(f"/documents/{made.document.id}")  # the picture of the scope is made for all pages
    started = time.process_time()
    page = own_client.get(f"/documents/{made.document.id}?part=2").text
    assert time.process_time() - started < 1
    assert len(page) < 3 * SIZE
    assert 'rel="prev"' in page
    assert 'rel="next"' in page
    assert own_client.get(f"/documents/{made.document.id}?part=99999").status_code == 200


def test_a_link_only_leads_where_a_browser_may_go(own_client: TestClient, own_desk: Desk) -> None:
    bad = keep(own_desk, "Calm.", url="javascript:alert(1)")
    assert "javascript:" not in own_client.get(f"/documents/{bad.document.id}").text.replace("&#39;", "'").split("<main")[1]
    good = reading("good", "Calm!", url="https://example.org/a?b=1&c=2")
    own_desk.ledger.add(good, [], coder="rules@1", now=own_desk.now())
    page = own_client.get(f"/documents/{good.document.id}").text
    link = re.search(r'<a class="button" href="https://example\.org/a\?b=1&amp;c=2"[^>]*>', page)
    assert link is not None
    assert 'rel="noreferrer noopener nofollow external"' in link[0]


def test_an_edit_is_a_version_and_what_it_did_is_told(own_client: TestClient, own_desk: Desk) -> None:
    before = keep(own_desk, "Calm and order.")
    edited = reading("hostile", "Calm and order, they say.")
    later = own_desk.now() + timedelta(minutes=5)
    after = claim(edited, 0, end=4, text="Calm", status="denied")
    own_desk.ledger.add(edited, [after], coder="rules@1", now=later)
    address = f"/documents/{before.document.id}"
    assert "Calm and order, they say." in own_client.get(address).text
    old = own_client.get(f"{address}?version={before.document.version}").text
    assert "You read an earlier version." in old
    changed = own_client.get(f"{address}/changes")
    assert "(status)" in changed.text
    part = own_client.get(f"{address}/changes", headers={"hx-request": "true"})
    assert "<html" not in part.text
    assert part.headers["vary"] == "HX-Request"


def test_names_of_private_persons_are_masked_and_nothing_moves(own_client: TestClient, own_desk: Desk) -> None:
    from foreshock.model import PrivatePerson

    text = "Calm: Nurzhan Testov, 34, was wounded."
    made = replace(reading("person", text), document=reading("person", text).document)
    start = text.index("Nurzhan")
    person = PrivatePerson("victim", ((start, start + len("Nurzhan Testov")),))
    own_desk.ledger.add(made, [claim(made, 0, end=4)], coder="rules@1", now=own_desk.now(), persons=[person])
    page = own_client.get(f"/documents/{made.document.id}").text
    assert "Testov" not in page
    assert lines(page) == [text.replace("Nurzhan Testov", "█" * len("Nurzhan Testov"))]


def test_what_was_not_known_is_not_found(client: TestClient, desk: Desk) -> None:
    last = max(desk.ledger.codings(), key=lambda one: one.arrival)
    assert client.get(f"/documents/{last.document.id}?as_of=2022-01-03").status_code == 404
    assert client.get("/documents/0123").status_code == 404
    assert client.get(f"/documents/{last.document.id}?version=none").status_code == 404


def test_a_claim_s_address_leads_to_its_words(client: TestClient, desk: Desk) -> None:
    made = next(iter(desk.ledger.claims()))
    answer = client.get(f"/claims/{made.id}")
    assert answer.headers["location"] == f"/documents/{made.document_id}?claim={made.id}#claim-{made.id}"
    assert client.get("/claims/none").status_code == 404
