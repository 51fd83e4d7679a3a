"""The desk's catalogues: every message of a page has a translation with the same names in braces; percentages are local."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from foreshock.briefs.locale import LANGUAGES
from foreshock.web.locale import reader
from foreshock.web.weighing import said_percent
from tools.messages import ROOMS, Message, catalogue, messages_of, missing, update

SLOT = re.compile(r"\{\w+\}")
OTHERS = [code for code in LANGUAGES if code != "en" and (ROOMS["desk"] / "locales" / code / "LC_MESSAGES" / "desk.po").is_file()]


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_of_the_desk_is_translated(language: str) -> None:
    assert missing("desk", language) == []


@pytest.mark.parametrize("language", OTHERS)
def test_translations_keep_their_slots_and_are_not_the_english(language: str) -> None:
    found = catalogue("desk", language)
    for message in messages_of("desk"):
        entry: Any = found.get(message[0] if isinstance(message, tuple) else message)
        for text in entry.string if isinstance(entry.string, tuple) else (entry.string,):
            assert _slots(text) in _slot_choices(message), (message, text)


def _slots(text: str) -> frozenset[str]:
    return frozenset(SLOT.findall(text))


def _slot_choices(message: Message) -> set[frozenset[str]]:
    """A plural may leave its number to the word: "one day ago"."""
    every = _slots("".join(message))
    return {every, every - {"{n}"}} if isinstance(message, tuple) else {every}


@pytest.mark.parametrize(("language", "said"), [("en", "6.4 %"), ("ru", "6,4 %"), ("fr", "6,4 %"), ("es", "6,4 %")])
def test_a_percentage_is_written_as_the_language_writes_numbers(language: str, said: str) -> None:
    if language in LANGUAGES:
        assert said_percent(reader(language), "6.4 %") == said


def test_a_catalogue_is_brought_up_to_date_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = tmp_path / "web"
    (room / "locales" / "es" / "LC_MESSAGES").mkdir(parents=True)
    monkeypatch.setitem(ROOMS, "desk", room)
    (room / "page.py").write_text(
        'say("A page of ours")\nTABLE = {"one": "A word of ours"}\nsay(TABLE[name])\ncount("{n} cow", "{n} cows", 2)'
    )
    (room / "page.j2").write_text('{{ say({"a": "A row of ours"}[it]) }}{{ say("An end of ours" if it else "No end of ours") }}')
    old = room / "locales" / "es" / "LC_MESSAGES" / "desk.po"
    old.write_text('msgid "A page of ours"\nmsgstr "Una página"\n\nmsgid "Gone"\nmsgstr "Ido"\n')
    update("desk", "es")
    assert 'msgstr "Una página"' in old.read_text("utf-8")
    assert '#~ msgid "Gone"' in old.read_text("utf-8")
    left = {"A word of ours", ("{n} cow", "{n} cows"), "A row of ours", "An end of ours", "No end of ours"}
    assert left <= set(missing("desk", "es"))
    assert "A page of ours" not in missing("desk", "es")
