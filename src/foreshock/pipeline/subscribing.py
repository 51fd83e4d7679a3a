"""Subscribe: addresses and lists of feeds become what is watched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from foreshock.errors import SourceError
from foreshock.ledger import Ledger
from foreshock.ledger.feeds import Feeds
from foreshock.model import Feed, FeedKind, record_id
from foreshock.reading.extract.charset import decode
from foreshock.sources.feeds.opml import read_opml, write_opml
from foreshock.sources.http.address import parse_url

# Seconds between polls where nobody says otherwise: of what is fetched, and of what lies on this machine.
EVERY, EVERY_HERE = 900, 60
SHORTEST, LONGEST = 60, 7 * 86_400


@dataclass(frozen=True, slots=True)
class Imported:
    """What a list brought: how many feeds are new, how many were watched already, and what was not taken, in words."""

    added: int
    known: int
    refused: tuple[str, ...]


def feed_at(
    address: str,
    *,
    kind: FeedKind | None = None,
    name: str = "",
    categories: tuple[tuple[str, ...], ...] = (),
    every: int | None = None,
    full: bool = True,
) -> Feed:
    """Return the feed at an address.

    Args:
        address: an http(s) address; or the path of an mbox file, a Maildir folder, or a folder.
        kind: what it is; without it a web address is a feed, a Maildir or a file is a mailbox, another folder is a folder.
        name: the outlet that its documents are from.
        categories: paths in which it is filed, outermost first.
        every: seconds between two polls; a quarter of an hour, and a minute for mailboxes and folders, where not given.
        full: whether items of which it gives a summary only are fetched in full.

    Raises:
        SourceError: nothing of that kind can be there, or the rhythm cannot be.
    """
    chosen = kind or _kind(address)
    rhythm = every if every is not None else EVERY if chosen in ("feed", "page") else EVERY_HERE
    if not SHORTEST <= rhythm <= LONGEST:
        raise SourceError(f"every {rhythm} seconds cannot be", remedy=f"give {SHORTEST} to {LONGEST}")
    if chosen in ("feed", "page"):
        where = str(parse_url(address).copy_with(fragment=None))
    else:
        path = Path(address).expanduser().absolute()
        if chosen == "folder" and not path.is_dir():
            raise SourceError(f"{address} is no folder", remedy="name a folder that is there")
        if chosen == "mailbox" and not path.exists():
            raise SourceError(f"there is no mailbox at {address}", remedy="name an mbox file or a Maildir folder")
        where = str(path)
    return Feed(record_id("feed", chosen, where), chosen, where, name.strip(), categories, rhythm, full)


def _kind(address: str) -> FeedKind:
    if "://" in address:
        return "feed"
    path = Path(address).expanduser()
    if path.is_dir():
        return "mailbox" if (path / "cur").is_dir() and (path / "new").is_dir() else "folder"
    return "mailbox"


def subscribe(ledger: Ledger, feed: Feed, *, now: datetime) -> bool:
    """Watch a feed from now on; return False where it is watched already. See :meth:`foreshock.ledger.feeds.Feeds.add`."""
    return Feeds(ledger).add(feed, now=now)


def import_opml(ledger: Ledger, data: bytes, *, now: datetime, pages: bool = False) -> Imported:
    """Watch every feed of a list, filed as there; one that is watched already keeps its name.

    Args:
        ledger: open for writing.
        data: the list.
        now: the moment.
        pages: also watch the sites that it names without a feed, as pages.

    Raises:
        SourceError: it is no OPML, or too large.
        ReadingError: its bytes are no text.
    """
    found = read_opml(data, decode=lambda one, declared: decode(one, declared=declared).text)
    feeds, refused = Feeds(ledger), list(found.refused)
    watched = {one.id: one for one in feeds.all()}
    fresh, known = list[Feed](), 0
    for one in found.feeds:
        if one.page and not pages:
            refused.append(f"{one.address} is a page and no feed")
            continue
        made = feed_at(one.address, kind="page" if one.page else "feed", name=one.name, categories=one.categories)
        if made.id in watched:
            known += 1
            continue
        watched[made.id] = made
        fresh.append(made)
    return Imported(sum(feeds.add_many(fresh, now=now)), known, tuple(refused))


def export_opml(ledger: Ledger, *, now: datetime, title: str = "Foreshock") -> bytes:
    """Return all feeds and pages that are watched as OPML; mailboxes and folders are left out, since their paths are of here."""
    return write_opml(Feeds(ledger).all(), title=title, now=now)
