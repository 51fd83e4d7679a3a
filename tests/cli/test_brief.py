"""The brief of a ledger says what changed since the last one; what it was made as, it was compared with."""

from __future__ import annotations

import json

DAY = ("--now", "2024-03-03T08:00")
LATER = ("--now", "2024-03-05T08:00")
FIRST = "Police killed 12 protesters in Harare on Saturday, the health ministry said. The police closed the airport."
SECOND = "Police killed 30 protesters in Harare on Saturday, the health ministry said."


def changes(out: str) -> list[str]:
    return [line["text"] for line in json.loads(out)["sections"][0]["lines"]]


def kept(foreshock, folder):
    """A ledger in which an article was edited after a brief, and another one came."""
    (folder / "in").mkdir()
    (folder / "in" / "plane.en.txt").write_text(FIRST, encoding="utf-8")
    given = ("--published", "2024-03-03")
    assert foreshock("ingest", "in", *given, "--now", "2024-03-03T06:00").code == 0
    first = foreshock("brief", "--format", "json", *DAY)
    (folder / "in" / "plane.en.txt").write_text(SECOND, encoding="utf-8")
    (folder / "in" / "other.en.txt").write_text("Soldiers shot a driver in Mutare, witnesses said.", encoding="utf-8")
    assert foreshock("ingest", "in", *given, "--now", "2024-03-04T06:00").code == 0
    return first


def test_a_brief_says_what_changed_since_the_last_one(foreshock, folder):
    first = kept(foreshock, folder)
    assert first.code == 0
    assert changes(first.out) == []
    second = foreshock("brief", "--format", "json", "--no-keep", *LATER)
    told = changes(second.out)
    assert told[0] == "Compared with what was known on 3 March 2024, 08:00"
    assert any("30" in text and "12 before" in text for text in told)
    assert any(text.startswith("No longer in the text: ") and "airport" in text for text in told)
    assert any(text.startswith("1 document is new") for text in told)
    # It was not remembered, so the next one is compared with the same; then there is nothing to tell.
    third = foreshock("brief", "--format", "json", *LATER)
    assert changes(third.out) == told
    again = foreshock("brief", "--format", "json", "--now", "2024-03-05T09:00")
    assert changes(again.out) == ["Compared with what was known on 5 March 2024, 08:00"]
    asked = foreshock("brief", "--format", "json", "--changes-since", "2024-03-03", "--now", "2024-03-05T10:00")
    assert changes(asked.out)[1:] == told[1:]


def test_what_changed_is_asked_of_a_ledger(foreshock, folder):
    (folder / "one.en.txt").write_text(FIRST, encoding="utf-8")
    ran = foreshock("brief", "one.en.txt", "--changes-since", "2024-03-01", *DAY)
    assert ran.code == 2
    assert "keep the files first" in ran.err


def test_a_pdf_goes_where_output_goes_and_not_to_a_terminal(foreshock, folder, monkeypatch):
    (folder / "one.en.txt").write_text(FIRST, encoding="utf-8")
    monkeypatch.setattr("foreshock.briefs.pdf.render_pdf", lambda _: b"%PDF-made")
    assert foreshock("brief", "one.en.txt", "--format", "pdf", *DAY).out == "%PDF-made"
    monkeypatch.setattr("foreshock.briefs.pdf.pdf_can_be_made", lambda: False)
    ran = foreshock("brief", "one.en.txt", "--out", "out", *DAY)
    assert ran.code == 0
    assert "brief.pdf is not written, it needs typst" in ran.err
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["brief.html", "brief.md"]
