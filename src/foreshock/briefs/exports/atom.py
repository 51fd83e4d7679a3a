"""An Atom feed (RFC 4287) of a watch: the incidents, disputes and conditions that are exported, the latest known first."""

from __future__ import annotations

from typing import Any

from foreshock.briefs.exports.notice import Notice
from foreshock.briefs.exports.rows import Row
from foreshock.briefs.exports.sink import Parts, library
from foreshock.briefs.quotes import safe

# Entries of a feed; a reader takes the latest.
LONGEST = 500
QUOTES = 5
KEYS = {"incidents": "incident_id", "disputes": "dispute_id", "conditions": "condition_id"}


class Atom:
    """Writes watch.atom."""

    def __init__(self, parts: Parts) -> None:
        """Remember where it goes; the feed is written at the end."""
        self._feeds = library("feedgen.feed", "atom")
        self._path = parts.path("watch.atom")
        self._entries: list[tuple[str, str, Row]] = []
        self._claims: dict[str, tuple[str, str]] = {}
        self._sides: dict[str, list[Row]] = {}
        # Claims come after all that tells of them, so only those are kept.
        self._wanted: set[str] = set()

    def add(self, table: str, row: Row) -> None:
        """Take what the feed tells of, and of each claim when it became known and its words."""
        if table == "claims" and row["claim_id"] in self._wanted:
            self._claims[row["claim_id"]] = (row["known_at"], f"{row['holder']} ({row['source']}): “{row['text']}”")
        elif table == "positions":
            self._sides.setdefault(row["dispute_id"], []).append(row)
            self._wanted.update(row["claim_ids"])
        elif table in KEYS:
            self._entries.append((table, row[KEYS[table]], row))
            self._wanted.update(row.get("claim_ids", ()))

    def finish(self, notice: Notice) -> None:
        """Write the feed with the notice as its subtitle."""
        feed = self._feeds.FeedGenerator()
        feed.id(f"urn:foreshock:watch:{safe(notice.title)}")
        feed.title(safe(notice.title))
        feed.subtitle(notice.sentence)
        feed.author({"name": "Foreshock (coded by machine, unofficial)"})
        feed.updated(notice.made_at)
        feed.generator("Foreshock")
        rows = sorted(((self._known(table, row, notice), table, key, row) for table, key, row in self._entries), key=_order)
        for known, table, key, row in rows[-LONGEST:]:
            self._entry(feed, known, table, key, row, notice)
        feed.atom_file(str(self._path), pretty=True)

    def _ids(self, table: str, row: Row) -> list[str]:
        if table != "disputes":
            return list(row["claim_ids"])
        return [one for side in self._sides.get(row["dispute_id"], []) for one in side["claim_ids"]]

    def _known(self, table: str, row: Row, notice: Notice) -> str:
        return max((self._claims[one][0] for one in self._ids(table, row) if one in self._claims), default=notice.made_at)

    def _entry(self, feed: Any, known: str, table: str, key: str, row: Row, notice: Notice) -> None:
        entry = feed.add_entry(order="prepend")
        entry.id(f"urn:foreshock:{table.removesuffix('s')}:{key}")
        entry.title(_title(table, row))
        entry.updated(known)
        entry.category({"term": table.removesuffix("s")})
        words = [safe(self._claims[one][1]) for one in self._ids(table, row) if one in self._claims]
        more = [f"and {len(words) - QUOTES} more"] if len(words) > QUOTES else []
        entry.content("\n".join([*words[:QUOTES], *more, f"Claims: {', '.join(self._ids(table, row))}", notice.sentence]))


def _order(one: tuple[str, str, str, Row]) -> tuple[str, str, str]:
    return one[0], one[1], one[2]


def _title(table: str, row: Row) -> str:
    if table == "disputes":
        return f"{'Settled' if row['state'] == 'settled' else 'Disputed'}: {safe(row['question'])}"
    where = safe(row["place"]) if row["place"] else "place not known"
    if table == "conditions":
        return f"{safe(row['type'])}, {where}: {row['state']} ({row['freshness']})"
    kind = f"{row['kind']}/{row['mode']}" if row["mode"] else row["kind"]
    count = (
        f"{row['claims']} claim{'s' if row['claims'] != 1 else ''}, {row['origins']} origin{'s' if row['origins'] != 1 else ''}"
    )
    return f"{kind}, {where}, {row['when_start'] or 'undated'}: {count}"


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'s' if number != 1 else ''}"
