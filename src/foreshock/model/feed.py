"""What is watched: feeds, pages, mailboxes and folders, the items that they gave, and how each is doing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FeedKind = Literal["feed", "page", "mailbox", "folder"]
# waiting: not read yet. kept: read and kept. stub: kept, but only its summary could be had. failed: could not be read.
ItemState = Literal["waiting", "kept", "stub", "failed"]
# new: never asked. ok: the last poll was good. failing: it was not. gone: it said that it is gone for good, and is asked no more.
FeedState = Literal["new", "ok", "failing", "gone"]


@dataclass(frozen=True, slots=True)
class Feed:
    """Something that is watched.

    Attributes:
        id: hash of kind and address.
        kind: a feed (RSS, Atom, RDF, JSON Feed), a page, a mailbox (mbox or Maildir) or a folder.
        address: the http(s) address, or the absolute path, as it was subscribed.
        name: what its documents give as their source; "" until a person names it or its first poll tells it.
        categories: paths in which it is filed, outermost first: ``(("Asia", "Kazakhstan"),)``.
        every: seconds between two polls that go well.
        full: whether items of which the feed gives a summary only are fetched in full.
        added_at: since when it is watched.
    """

    id: str
    kind: FeedKind
    address: str
    name: str = ""
    categories: tuple[tuple[str, ...], ...] = ()
    every: int = 900
    full: bool = True
    added_at: str = ""


@dataclass(frozen=True, slots=True)
class FeedMark:
    """What a poll leaves for the next one.

    Attributes:
        etag, modified: what the server said of the version that we have, sent back to it. Of a mailbox ``etag`` is the size and
            the time of its files.
        body: SHA-256 of the bytes after decompression, for servers that say neither.
        moved_to: where it permanently is now; it is asked there from then on.
    """

    etag: str = ""
    modified: str = ""
    body: str = ""
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class FeedAnswer:
    """Bytes that a poll brought, with all that is needed to read them again.

    ``sha256`` is over the bytes as they came; the ledger keeps them. ``headers`` hold the content encoding, if any.
    """

    sha256: str
    size: int
    origin: str
    fetched_at: str
    final_url: str | None = None
    media_type: str | None = None
    charset: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One version of an item of a feed: a line of the queue until it is kept, and the memory that it was.

    Attributes:
        feed_id, key: which feed, and which item of it: the hash of its guid, else of its address, else of its words.
        digest: hash of its words; another one under the same key is an edit of the item.
        link: the canonical address of its page, "" where it has none.
        state: see :data:`ItemState`.
        answer: the bytes that it stands in, None for a file of a folder, which is read from its place.
        place: its guid, its address, its Message-ID, or its path within the folder: by this it is found in these bytes.
        url: the address under which its document is kept, "" before that; of one that waits, that of its earlier versions.
        document_id: the document, "" before it is kept; of one that waits, that of its earlier versions.
        full: whether the whole text of it, or of an earlier version, is kept.
        attempts: how many times reading it was begun.
        seen_at, due_at: when it was first seen; when it is tried next.
        error: what went wrong at last, "" where nothing did.
        no: its number in the order of arrival, 0 before that: versions of an item are read in this order.
    """

    feed_id: str
    key: str
    digest: str
    place: str
    link: str = ""
    state: ItemState = "waiting"
    answer: FeedAnswer | None = None
    url: str = ""
    document_id: str = ""
    full: bool = False
    attempts: int = 0
    seen_at: str = ""
    due_at: str = ""
    error: str = ""
    no: int = 0


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """How a feed is doing.

    Attributes:
        feed: the feed.
        state: see :data:`FeedState`.
        moved_to: its new address where it moved for good, else "".
        last_polled, last_good, next_due: moments; "" where there is none.
        failures: polls that failed since the last good one.
        error: what the last failed one said; "" after a good one.
        polls, unchanged: how many polls there were, and in how many the server said that nothing is new.
        items: how many items it gave so far; of these ``kept`` in full, ``stubs`` (kept as a summary only), ``failed``.
        waiting: items of which a version waits to be read.
        edits: how many times an item came back with other words.
    """

    feed: Feed
    state: FeedState
    moved_to: str
    last_polled: str
    last_good: str
    next_due: str
    failures: int
    error: str
    polls: int
    unchanged: int
    items: int
    kept: int
    stubs: int
    waiting: int
    failed: int
    edits: int
