"""``foreshock feeds`` and ``foreshock watch`` as they are run from a shell."""

from __future__ import annotations

import json
import mailbox
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from foreshock import pipeline
from foreshock.pipeline import watching
from tests.cli.conftest import Ran
from tests.feeds import FeedSite, Reply, feed_site, item, page, rss

Run = Callable[..., Ran]
TEXT = "Soldiers shot at a crowd in Almaty on Tuesday and killed two people, the interior ministry said. "


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[FeedSite]:
    with feed_site() as found:
        monkeypatch.setattr(watching, "HttpFetcher", lambda **_: found.fetcher())
        yield found


def test_a_watch_from_end_to_end(foreshock: Run, folder: Path, site: FeedSite) -> None:
    site.replies["/a"] = Reply(page(TEXT * 4, title="Shots"), headers={"Content-Type": "text/html"})
    site.replies["/feed"] = Reply(rss(item(1, "Two died.", link=site.url("/a"))), etag='"1"')
    box = mailbox.mbox(str(folder / "box"))
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = "Reed <r@reed.example>", "Bulletin", "<1@reed.example>"
    mail.set_content("The government imposed a curfew in Astana on Monday.")
    box.add(mail)
    box.flush()
    told = foreshock("feeds", "add", site.url("/feed"), "--name", "Compass", "--category", "Asia/Kazakhstan")
    assert (told.code, "watching the feed" in told.out) == (0, True)
    assert foreshock("feeds", "add", folder / "box").code == 0
    assert "watched already" in foreshock("feeds", "add", folder / "box").out
    ran = foreshock("watch", "--once", "--no-join")
    assert ran.code == 0
    assert "Compass: 1 new, 0 edited" in ran.out
    assert "2 polled, 0 unchanged, 0 failed, 2 items" in ran.out
    assert f"kept: {site.url('/a')}" in ran.out
    again = foreshock("watch", "--once", "--all", "--no-join")
    assert "2 polled, 2 unchanged, 0 failed, 0 items, 0 claims" in again.out
    claims = [json.loads(line) for line in foreshock("claims", "--format", "jsonl").out.splitlines()]
    assert {"ASSAULT", "COERCE"} <= {one["kind"] for one in claims}
    health = json.loads(foreshock("feeds", "--format", "json").out)
    assert {(one["feed"]["name"], one["state"], one["items"], one["kept"], one["unchanged"]) for one in health} == {
        ("Compass", "ok", 1, 1, 1),
        ("", "ok", 1, 1, 1),
    }
    assert "Compass" in foreshock("feeds", "list").out
    site.replies["/feed"] = Reply(b"", 500)
    failed = foreshock("watch", "--once", "--all", "--no-join")
    assert (failed.code, "status 500" in failed.err) == (3, True)
    assert foreshock("feeds", "drop", "Compass").out.startswith("no longer watching")
    assert "Compass" not in foreshock("feeds", "list").out
    assert foreshock("watch", "--all").code == 2


def test_lists_in_and_out(foreshock: Run, folder: Path) -> None:
    body = (
        "<outline text='A'><outline text='Felt' xmlUrl='https://felt.example/f'/></outline><outline text='x' xmlUrl='ftp://x'/>"
    )
    (folder / "in.opml").write_text(f"<opml version='2.0'><body>{body}</body></opml>", encoding="utf-8")
    ran = foreshock("feeds", "import", "in.opml")
    assert (ran.code, ran.out.strip()) == (3, "in.opml: 1 feeds added, 0 watched already, 1 not taken")
    assert "ftp" in ran.err
    assert foreshock("feeds", "import", "-", stdin=(folder / "in.opml").read_bytes()).out.startswith(
        "-: 0 feeds added, 1 watched"
    )
    assert foreshock("feeds", "export", "--out", "out.opml").out.strip() == "out.opml"
    assert foreshock("feeds", "export").out.encode().splitlines()[5:] == (folder / "out.opml").read_bytes().splitlines()[5:]
    assert 'xmlUrl="https://felt.example/f"' in (folder / "out.opml").read_text(encoding="utf-8")


def test_check_asks_and_keeps_nothing(foreshock: Run, folder: Path, site: FeedSite) -> None:
    site.replies["/feed"] = Reply(rss(item(1, "Two died.", link=site.url("/a")), title="BBC News - Asia"))
    ran = foreshock("feeds", "check", site.url("/feed"), site.url("/none"), "--format", "jsonl")
    (found,) = [json.loads(line) for line in ran.out.splitlines()]
    assert (ran.code, found["form"], found["name"], found["items"], found["stubs"]) == (3, "rss20", "BBC", 1, 1)
    assert "status 404" in ran.err
    assert list(folder.glob("*.sqlite")) == []
    assert foreshock("feeds", "check", site.url("/none")).code == 1


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("list",), 1, "there is no ledger"),
        (("add",), 2, "add needs an ADDRESS"),
        (("import",), 2, "import needs a FILE"),
        (("import", "none.opml"), 1, "cannot be read"),
        (("add", "ftp://x.example/"), 1, "ftp is not fetched"),
        (("add", "nowhere"), 1, "there is no mailbox"),
        (("add", "https://x.example/", "--every", "5"), 1, "every 5 seconds"),
        (("drop", "x"), 1, "no feed has"),
    ],
)
def test_what_cannot_be(foreshock: Run, arguments: tuple[str, ...], code: int, message: str) -> None:
    ran = foreshock("feeds", *arguments)
    assert (ran.code, message in ran.err) == (code, True)


def test_the_public_names_are_there() -> None:
    for name in ("poll", "take", "subscribe", "feed_at", "import_opml", "export_opml", "check_feed", "watch_tools"):
        assert callable(getattr(pipeline, name))
