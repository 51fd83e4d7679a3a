"""What every receipt is made from: the picture, the reader, the documents of claims, and what persons decided."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from markupsafe import Markup

from foreshock.briefs import receipts
from foreshock.briefs.locale import Reader
from foreshock.briefs.tables import standing_of
from foreshock.briefs.words import sentence
from foreshock.model import Claim, Document, Judgement, Link, Origin, Report
from foreshock.web.desk import Desk
from foreshock.web.picture import Picture
from foreshock.web.reading.beside import Beside, beside_of
from foreshock.web.reading.cards import CONFIDENCE, ICONS
from foreshock.web.reading.letters import shown
from foreshock.web.reading.marking import LOST, note_of
from foreshock.web.reading.segments import segments
from foreshock.web.receipts.sheet import Item, Part, Quote

QUOTED = 12
AROUND = 260  # characters before and after a claim in which the ends of its sentence are looked for
_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+|[。！？…][」』）]*|\n+")
REASONS = {
    "copy": "copy", "agency": "rewrite of an agency's report", "quote": "shared quotations", "translation": "translation",
    "citation": "citation", "holder": "same holder",
}  # fmt: skip


@dataclass
class Scene:
    """Where receipts are made."""

    desk: Desk
    picture: Picture
    reader: Reader
    texts: dict[str, Document] = field(default_factory=dict)

    @cached_property
    def beside(self) -> Beside:
        """The picture by claims."""
        return beside_of(self.picture)

    @cached_property
    def judgements(self) -> Sequence[Judgement]:
        """What persons decided and did not take back, persons by role as far as documents tell them."""
        return self.picture.shown.found.judgements

    def report(self, claim_id: str) -> Report | None:
        """Return a claim of the picture with its source; one that a person rejected too."""
        found = self.picture.shown.reports.get(claim_id)
        if found is None:
            rejected = self.picture.shown.found.judged.rejected
            bare = next((one for one in rejected if one.claim.id == claim_id), None)
            found = self.picture.shown.discretion.report(bare) if bare else None
        return found

    def load(self, reports: Iterable[Report]) -> None:
        """Read the documents of claims, once, private persons by role."""
        wanted = {one.claim.document_id for one in reports} - self.texts.keys()
        held = self.picture.shown.discretion
        for one in self.desk.ledger.latest_documents(ids=sorted(wanted), as_of=self.picture.ask.as_of) if wanted else []:
            self.texts[one.id] = held.document(one)

    def quotes(self, ids: Sequence[str], *, carried: Iterable[str] = (), most: int = QUOTED) -> tuple[list[Quote], int]:
        """Return claims in their sentences, first those that are told first-hand, and how many are left out."""
        only = frozenset(carried)
        reports = [found for one in dict.fromkeys(ids) if (found := self.report(one)) is not None]
        reports.sort(key=lambda one: (one.claim.document_id in only, one.arrival, one.claim.start))
        chosen = reports[:most]
        self.load(chosen)
        return [self.quote(one, carried=one.claim.document_id in only) for one in chosen], len(reports) - len(chosen)

    def quote(self, report: Report, *, carried: bool = False) -> Quote:
        """Return a claim in its sentence."""
        claim = report.claim
        document = self.texts.get(claim.document_id)
        same = document is not None and document.version == claim.version
        text = document.text if document is not None and same else ""
        first, last = around(text, claim.start, claim.end) if same else (claim.start, claim.end)
        return Quote(
            claim_id=claim.id,
            document_id=claim.document_id,
            before=shown(text[first : claim.start]),
            words=self._words(claim, text[claim.start : claim.end] if same else claim.text),
            after=shown(text[claim.end : last]),
            language=claim.language,
            told=sentence(self.reader, [claim]).text,
            icon=ICONS.get(standing_of(claim), "●"),
            key=standing_of(claim),
            standing=receipts.standing(self.reader, claim.status, negated=claim.negated),
            source=report.source,
            published=report.published,
            confidence=self.confidence(claim),
            carried=carried,
            state=self.state(claim.id),
        )

    def confidence(self, claim: Claim) -> str:
        """Return the confidence of the coding in a word and a number."""
        word = next(word for least, word in CONFIDENCE if claim.confidence >= least)
        return self.reader.say("{word} confidence ({value})", word=self.reader.say(word), value=f"{claim.confidence:.2f}")

    def state(self, claim_id: str) -> str:
        """Return what persons made of a claim: "machine", "confirmed", "amended", "rejected"."""
        judged = self.picture.shown.found.judged
        if claim_id in judged.amended:
            return "amended"
        if claim_id in judged.confirmed:
            return "confirmed"
        return "rejected" if any(one.claim.id == claim_id for one in judged.rejected) else "machine"

    def outlet(self, end: str) -> str:
        """Return the outlet of a document's id, or the name itself where it is no id."""
        return self.picture.shown.document_names.get(end, (end, None))[0]

    def document(self, document_id: str, note: str = "") -> Item:
        """Return a line that leads to a document."""
        source, published = self.picture.shown.document_names.get(document_id, (document_id, None))
        day = self.reader.date(published) if published else self.reader.say("undated")
        return Item(f"{source}, {day}", note, href=f"/documents/{document_id}")

    def link(self, one: Link) -> Item:
        """Return a line on who carries whom and why."""
        say = self.reader.say
        told = say("{carrier} ← {source}", carrier=self.outlet(one.carrier), source=self.outlet(one.source))
        return Item(f"{told} ({say(REASONS[one.reason])}, {one.score:.2f})", one.why, href=f"/documents/{one.carrier}")

    def origins(self, found: Sequence[Origin]) -> Part:
        """Return the independent origins behind something, each with who tells it and who only carries it."""
        say, count = self.reader.say, self.reader.count
        items: list[Item] = []
        for one in found:
            told = count("told in {n} text", "told in {n} texts", len(one.documents)) if one.documents else ""
            copies = count("{n} only carries it", "{n} only carry it", len(one.carriers)) if one.carriers else ""
            items.append(Item(one.name, " · ".join(filter(None, (told, copies))), "origin", one.id))
            items += [self.link(link) for link in one.links if link.carrier in one.carriers]
        about = say("Texts that go back to one first-hand source count once, however many carry it.")
        return Part(count("{n} independent origin", "{n} independent origins", len(found)), items, about)

    def decided(self, *subjects: str) -> Part | None:
        """Return what persons decided of some ids or names; None where nobody did."""
        wanted = set(subjects)
        rows = [one for one in self.judgements if wanted & set(one.subjects)]
        held = self.picture.shown.discretion
        items = []
        for bare in rows:
            report = next((found for name in bare.subjects if (found := self.report(name))), None)
            one = held.judgement(bare, [report.claim.document_id] if report else [])
            changed = "; ".join(f"{name} = {value}" for name, value in one.changes)
            told = self.reader.say("{who}: {verdict}", who=one.by, verdict=self.reader.say(one.verdict))
            items.append(Item(told, " · ".join(filter(None, (one.at[:16].replace("T", " "), one.why, changed)))))
        return Part(self.reader.say("What persons decided"), items) if items else None

    def _words(self, claim: Claim, text: str) -> Markup:
        """Return the words of a claim with their damage marked."""
        damage = {f"damage {n}": one for n, one in enumerate(claim.damage)}
        spans = {name: [(one.start, one.end)] for name, one in damage.items()}
        told = []
        for one in segments(claim.start, claim.end, spans):
            piece = shown(text[one.start - claim.start : one.end - claim.start])
            if one.names:
                hurt = damage[one.names[0]]
                piece = Markup('<abbr class="damage {}" title="{}">{}</abbr>').format(
                    "lost" if hurt.kind in LOST else "doubt", note_of(self.reader, hurt), piece
                )
            told.append(piece)
        return Markup("").join(told)


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence begins and ends in which some words stand, as far as that can be told from stops and lines.

    >>> around("One. Two three four. Five.", 9, 14)
    (5, 20)
    """
    first = max(0, start - AROUND)
    before = [stop.end() for stop in _END.finditer(text, first, start)]
    opened = before[-1] if before else first
    behind = _END.search(text, max(start, end - 1), min(len(text), end + AROUND))
    closed = max(end, behind.end()) if behind else min(len(text), end + AROUND)
    return opened, closed - (len(text[end:closed]) - len(text[end:closed].rstrip()))
