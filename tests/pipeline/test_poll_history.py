"""A real poll history of seven feeds, served again over loopback as a server of today would: nothing of it is lost or doubled."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from foreshock import pipeline
from foreshock.ledger import Ledger
from foreshock.ledger.feeds import Feeds
from tests.feeds import FeedSite, Reply, feed_site, tools

HISTORY = Path(os.environ.get("FORESHOCK_DATA", Path(__file__).parents[3] / "shared" / "data")) / "feeds" / "bbc_rss_2021"
TWICE = "world"  # the feed that is asked for each of its versions twice
LEAST = 2_126  # items that the history tells, most of them again and again


def moment(path: Path) -> datetime:
    return datetime.strptime(path.stem, "%Y-%m-%dT%H%M%S%z").astimezone(UTC)


def told(path: Path) -> list[tuple[str, str, str]]:
    """Return guid, title and summary of the items of a file, by another reader than ours."""
    return [
        tuple(" ".join((one.findtext(name) or "").split()) for name in ("guid", "title", "description"))  # type: ignore[misc]
        for one in ElementTree.parse(path).iter("item")
    ]


@pytest.mark.skipif(not HISTORY.is_dir(), reason=f"no poll history at {HISTORY} (FORESHOCK_DATA)")
def test_every_item_and_every_edit_of_a_real_history_is_kept_once(tmp_path: Path) -> None:
    files = sorted(HISTORY.glob("*/*.xml"), key=moment)
    versions = {(path.parent.name, *one) for path in files for one in told(path)}
    items = {(feed, guid) for feed, guid, _, _ in versions}
    assert sum(len(told(path)) for path in files) >= LEAST
    with feed_site() as site, Ledger(tmp_path / "ledger.sqlite") as ledger:
        feeds = {}
        for name in sorted({path.parent.name for path in files}):
            feeds[name] = pipeline.feed_at(site.url(f"/{name}"), full=False)
            pipeline.subscribe(ledger, feeds[name], now=moment(files[0]))
        new = edited = 0
        for path in files:
            serve(site, path)
            for later in (0, 5) if path.parent.name == TWICE else (0,):
                now = moment(path) + timedelta(minutes=later)
                found = pipeline.poll(ledger, feeds[path.parent.name], tools=tools(site), now=now)
                assert found.error == ""
                new, edited = new + found.new, edited + found.edited
        assert (new, edited) == (len(items), len(versions) - len(items))
        health = Feeds(ledger).health()
        assert sum(one.unchanged for one in health) == len([path for path in files if path.parent.name == TWICE])
        assert {one.feed.name for one in health} == {"BBC"}
        taken = list(pipeline.take(ledger, tools=tools(site), now=now, limit=20))
        assert {one.item.state for one in taken} == {"stub"}
        documents = [one.document for one in ledger.codings()]
        assert len({one.url for one in documents}) == len({one.id for one in documents})
        assert all(one.published and one.published[:7] == "2021-07" for one in documents)
        assert list(ledger.verify(pipeline.identity)) == []


def serve(site: FeedSite, path: Path) -> None:
    """Serve a file as its server did, with the marks of its version."""
    data = path.read_bytes()
    site.replies[f"/{path.parent.name}"] = Reply(
        data, headers={"Content-Type": "text/xml; charset=utf-8"}, etag=f'"{hashlib.sha256(data).hexdigest()[:12]}"'
    )
