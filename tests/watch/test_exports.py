"""What alerts are exported as: CAP 1.2 that is always a draft, Atom that a reader reads, and nothing hostile in either."""

from __future__ import annotations

from pathlib import Path

import feedparser
import pytest
from lxml import etree

from foreshock.briefs.exports.alert_feed import LONGEST, alert_feed
from foreshock.briefs.exports.alert_text import alert_html, alert_text
from foreshock.briefs.exports.cap import NAMESPACE, cap_xml
from foreshock.model import AlertLine, Trigger
from tests.watch.alerted import HOSTILE, alert

SCHEMA = etree.XMLSchema(etree.parse(str(Path(__file__).parent / "cap12.xsd")))
HOSTILE_ALERT = alert(
    title=HOSTILE, watch=HOSTILE, place=HOSTILE, lines=(AlertLine(HOSTILE, ("c1", "c2"), ("e1",), ("d1",)),) * 3
)  # fmt: skip


def cap(one, **more):
    root = etree.fromstring(cap_xml(one, sender=more.pop("sender", "desk@example.org"), **more))
    SCHEMA.assertValid(root)
    return {etree.QName(node).localname: (node.text or "") for node in root.iter() if isinstance(node.tag, str)}


@pytest.mark.parametrize(
    "one",
    [alert(), HOSTILE_ALERT, alert(country=None, place=None), alert(language="ja", country="XKX"), alert(lines=())],
    ids=["plain", "hostile", "nowhere", "japanese", "no sentence"],
)
def test_cap_is_valid_and_always_a_draft(one):
    told = cap(one)
    assert (told["status"], told["scope"], told["msgType"]) == ("Draft", "Restricted", "Alert")
    assert (told["urgency"], told["severity"], told["certainty"], told["category"]) == (
        "Unknown",
        "Unknown",
        "Unknown",
        "Security",
    )
    assert "Coded by machine and unofficial" in told["note"]
    assert told["identifier"] == f"foreshock-{one.id}"
    assert told["sent"] == "2022-01-08T09:00:00-00:00"
    assert "circle" not in told
    assert "polygon" not in told


def test_cap_says_where_in_words_and_on_what_it_stands():
    told = cap(alert())
    assert told["areaDesc"] == "Almaty, Kazakhstan"
    assert cap(alert(country=None, place=None))["areaDesc"] == "not known"
    root = etree.fromstring(cap_xml(alert(), sender="x"))
    pairs = {node[0].text: node[1].text for tag in ("parameter", "geocode") for node in root.iter(f"{{{NAMESPACE}}}{tag}")}
    assert pairs == {"as-of": "2022-01-08", "watch": "north", "stands-on": "claim c1", "ISO3166-1-alpha-3": "KAZ"}


def test_an_alert_on_what_was_told_before_is_an_update():
    first, second = alert(), alert(2, at="2022-01-09T09:00:00Z", follows=alert().id)
    told = cap(second, follows=[first], sender="desk of ours, <x>&")
    assert told["msgType"] == "Update"
    assert told["references"] == f"{told['sender']},foreshock-{first.id},2022-01-08T09:00:00-00:00"
    assert told["sender"] == "desk-of-ours---x>-"


@pytest.mark.parametrize(("p", "word"), [(0.9, "Likely"), (0.5, "Possible"), (0.05, "Possible"), (0.01, "Unlikely")])
def test_certainty_is_that_of_an_estimate(p, word):
    assert cap(alert(probability=p, trigger=Trigger("probability", scenario="coup-attempt", over=0.1)))["certainty"] == word


def test_a_feed_is_read_by_a_reader():
    found = feedparser.parse(
        alert_feed("north", [alert(2, at="2022-01-09T09:00:00Z"), alert()], key="k", updated="2022-01-10T00:00:00Z")
    )
    assert not found.bozo
    assert (found.feed.id, found.feed.title, found.feed.updated) == (
        "urn:foreshock:watch:k",
        "north",
        "2022-01-09T09:00:00+00:00",
    )
    assert "unofficial" in found.feed.subtitle
    assert [one.id for one in found.entries] == [f"urn:foreshock:alert:{alert(n).id}" for n in (2, 1)]
    assert "The ministry reported 3 killed." in found.entries[0].content[0].value
    empty = feedparser.parse(alert_feed("north", [], key="k", updated="2022-01-10T00:00:00Z"))
    assert (empty.bozo, empty.entries, empty.feed.updated) == (False, [], "2022-01-10T00:00:00+00:00")


def test_a_feed_holds_the_latest_and_no_markup_of_others():
    data = alert_feed(HOSTILE, [HOSTILE_ALERT] + [alert(n) for n in range(LONGEST + 5)], key="k", updated="2022-01-10T00:00:00Z")
    root = etree.fromstring(data)
    assert len(root.findall("{http://www.w3.org/2005/Atom}entry")) == LONGEST
    content = root.find("{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}content")
    inside = etree.HTML(content.text)
    assert not inside.xpath("//script | //a | //img | //@onclick | //@href | //@src")


def test_hostile_text_is_one_line_of_text():
    for made in (alert_text(HOSTILE_ALERT), alert_html(HOSTILE_ALERT)):
        assert not set(made) & set("\r\x00\x1b\u202e")
    assert "\nBcc:" not in alert_text(HOSTILE_ALERT)
    assert "<script" not in alert_html(HOSTILE_ALERT)
