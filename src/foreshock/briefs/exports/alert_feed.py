"""An Atom feed (RFC 4287) of the alerts of one watch, the latest first."""

from __future__ import annotations

from collections.abc import Sequence

from foreshock.briefs.exports.alert_text import alert_html, alert_notice, for_xml
from foreshock.briefs.exports.sink import library
from foreshock.briefs.quotes import safe
from foreshock.model import Alert

# Entries of a feed; a reader takes the latest.
LONGEST = 200


def alert_feed(name: str, alerts: Sequence[Alert], *, key: str, updated: str) -> bytes:
    """Return the feed of a watch.

    Args:
        name: of the watch.
        alerts: the latest first; at most ``LONGEST`` are told.
        key: the id of the feed, which must stay the same: of a watch.
        updated: a UTC stamp, taken where there is no alert yet.

    Raises:
        ExportError: the library for Atom is not installed.
    """
    feed = library("feedgen.feed", "atom").FeedGenerator()
    feed.id(f"urn:foreshock:watch:{key}")
    feed.title(for_xml(safe(name)))
    feed.subtitle(alert_notice(alerts[0]) if alerts else "Coded by machine and unofficial; no alert was raised yet.")
    feed.author({"name": "Foreshock (coded by machine, unofficial)"})
    feed.generator("Foreshock")
    feed.updated(alerts[0].at if alerts else updated)
    for one in alerts[:LONGEST]:
        entry = feed.add_entry(order="append")
        entry.id(f"urn:foreshock:alert:{one.id}")
        entry.title(for_xml(safe(one.title)))
        entry.updated(one.at)
        entry.published(one.at)
        entry.category({"term": one.trigger.what})
        entry.content(for_xml(alert_html(one)), type="html")
    data: bytes = feed.atom_str(pretty=True)
    return data
