"""Which documents and sources a document goes back to, found as it arrives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from foreshock.incidents.origins.copies import Credited, credited, one_outlet
from foreshock.incidents.origins.graph import LINKS, link_entry, link_of
from foreshock.incidents.origins.passages import sentences
from foreshock.incidents.origins.policy import policy
from foreshock.incidents.origins.reasons import named_links, rendered_link, word_link
from foreshock.incidents.origins.signature import OUTSIDE, SPACE, Signature, Signatures, signature_of
from foreshock.incidents.origins.topics import common
from foreshock.incidents.origins.translations import Renderings, Told
from foreshock.incidents.store import Store
from foreshock.model import Coding, Entry, Link
from foreshock.model.entry import Ref

Vectors = Callable[[Sequence[str]], Any]
Texts = Callable[[Sequence[str]], Mapping[str, str]]
# What of a text is given to vectors: more is no news, and a text without stops is one sentence.
MOST_SENTENCES, LONGEST_SENTENCE = 60, 400


def link_documents(
    codings: Sequence[Coding],
    store: Store,
    *,
    vectors: Vectors | None = None,
    texts: Texts | None = None,
    told: Renderings | None = None,
    signatures: Signatures | None = None,
) -> list[Link]:
    """Remember the codings' documents and return the links that are new or changed by them, in order.

    Args:
        codings: in order of arrival; earlier ones are in the store.
        store: spaces "signature" (one entry a document), "link" (one a pair and reason) and the counter "shingle".
        vectors: sentences to unit vectors, one row each; without it no translation or rewording is looked for.
        texts: document ids to their texts, for those of earlier calls: a signature keeps no text, so that what is redacted
            stays so. A document whose text is not given is not compared by vectors.
        told: vectors at hand from earlier calls; hand the same one in again, and a document's sentences are asked for once.
        signatures: those at hand from earlier calls with this store.
    """
    known = {one.document.id: one.document.text for one in codings}
    linker = _Linker(store, vectors, texts, known, told or Renderings(), signatures or Signatures())
    return [link for coding in codings for link in linker.link(coding)]


@dataclass
class _Linker:
    store: Store
    vectors: Vectors | None
    texts: Texts | None
    known: dict[str, str]
    told: Renderings
    signatures: Signatures

    def link(self, coding: Coding) -> list[Link]:
        """Keep the signature of a coding and its links; return those that changed."""
        signature = signature_of(coding)
        before = self.store.get(SPACE, [signature.document_id]).get(signature.document_id)
        if before is not None:
            signature = replace(signature, arrival=int(before.value["arrival"]))
        found = [(link, coding.known_at) for link in named_links(signature, coding)]
        if not signature.own:
            found += [(link, max(coding.known_at, known_at)) for link, known_at in self._between(signature)]
        self._remember(signature, coding, before)
        return self._put(coding, found, edited=before is not None and before.value["version"] != signature.version)

    def _between(self, signature: Signature) -> list[tuple[Link, str]]:
        """Return the links to and from other documents, each with the moment from which the other was known."""
        found, rest = [], []
        for other, known_at in self._candidates(signature):
            credit = credited(signature, other)
            link = word_link(signature, other, credit)
            if link is not None:
                found.append((link, known_at))
            if (link is None or link.reason == "quote") and not one_outlet(signature, other):
                rest.append((other, known_at, credit))
        return found + (self._by_vectors(signature, rest) if self.vectors is not None else [])

    def _candidates(self, signature: Signature) -> list[tuple[Signature, str]]:
        """Return the documents that may be one report with this one, and when we knew them; those that share its words first."""
        rules = policy().candidates
        often = self.store.counts("shingle", _sampled(signature))
        keys = [key for key in signature.verbatim() if often.get(key, 0) <= rules.boilerplate]
        refs = self.store.found(SPACE, keys, limit=rules.verbatim) if keys else []
        refs += self._near(signature)
        unique = dict.fromkeys(ref for ref in refs if ref[1] != signature.document_id)
        return self.signatures.whole.of(self.store, unique)

    def _near(self, signature: Signature) -> list[Ref]:
        """Return documents of the days around that credits tie to this one, and those most alike in topics."""
        rules = policy().candidates
        tied = signature.tied()
        found = self.store.found(SPACE, tied, limit=rules.verbatim)
        if self.vectors is not None and signature.topics:
            refs, ours = self.store.found(SPACE, signature.near(), limit=rules.near), frozenset(signature.topics)
            alike = [-common(ours, topics) for topics in self.signatures.topics.of(self.store, refs)]
            found += [refs[at] for at in sorted(range(len(refs)), key=alike.__getitem__)[: rules.looked_at]]
        return found

    def _by_vectors(self, signature: Signature, rest: Sequence[tuple[Signature, str, Credited]]) -> list[tuple[Link, str]]:
        """Return the links of renderings among the candidates that are most alike in topics."""
        rules = policy().candidates
        ranked = []
        for other, known_at, credit in rest:
            alike = common(signature.topics, other.topics)
            if (alike >= rules.least_topics or credit.known) and _enough(signature, other, credit):
                ranked.append((credit.known, alike, other, known_at, credit))
        ranked.sort(key=lambda one: (not one[0], -one[1], one[2].document_id))
        ranked = ranked[: rules.aligned]
        if not ranked:
            return []
        told = self._told([signature, *(one[2] for one in ranked)])
        found = []
        for _, _, other, known_at, credit in ranked:
            if signature.document_id in told and other.document_id in told:
                link = rendered_link(told[signature.document_id], told[other.document_id], credit)
                if link is not None:
                    found.append((link, known_at))
        return found

    def _told(self, signatures: Sequence[Signature]) -> dict[str, Told]:
        """Return the documents with the vectors of their sentences; new ones are asked for in one batch."""
        kept = {one.document_id: self.told.find(one) for one in signatures}
        new = [one for one in signatures if kept[one.document_id] is None]
        missing = [one.document_id for one in new if one.document_id not in self.known]
        if missing and self.texts is not None:
            self.known.update(self.texts(missing))
        split = {one.document_id: self._split(one) for one in new if one.document_id in self.known}
        batch = [sentence for one in new for sentence in split.get(one.document_id, ())]
        rows = self.vectors(batch) if batch and self.vectors is not None else []
        at = 0
        for one in new:
            if found := split.get(one.document_id):
                # A copy of the rows: a part of an array would keep all of it.
                kept[one.document_id] = told = Told(one, found, rows[at : at + len(found)].copy())
                self.told.keep(told)
                at += len(found)
        return {name: told for name, told in kept.items() if told is not None}

    def _split(self, signature: Signature) -> list[str]:
        """Return the sentences of a document that are given to vectors."""
        outside = {mark.line for mark in signature.credits if mark.how in OUTSIDE}
        found = sentences(self.known[signature.document_id], without=outside)[:MOST_SENTENCES]
        return [sentence[:LONGEST_SENTENCE] for sentence in found]

    def _remember(self, signature: Signature, coding: Coding, before: Entry | None) -> None:
        entry = signature.entry(coding.known_at, coding.arrival)
        if before is None or before.value != entry.value:
            self.store.put(SPACE, [entry])
            self.signatures.keep(signature, entry)
        if before is None and _sampled(signature):
            self.store.count("shingle", dict.fromkeys(_sampled(signature), 1))

    def _put(self, coding: Coding, found: Sequence[tuple[Link, str]], *, edited: bool) -> list[Link]:
        """Keep the links that are new or changed; those that an edited text no longer bears out are withdrawn."""
        entries = {one.id: one for one in (link_entry(link, coding.arrival, known_at) for link, known_at in found)}
        known = self.store.get(LINKS, list(entries))
        changed = [entry for entry in entries.values() if entry.id not in known or known[entry.id].value != entry.value]
        if edited:
            stale = [one for one in self.store.under(LINKS, [coding.document.id]) if one.id not in entries and link_of(one)]
            changed += [Entry(one.id, coding.arrival, coding.known_at, {**one.value, "gone": True}, one.keys) for one in stale]
        self.store.put(LINKS, changed)
        return [link for link in map(link_of, changed) if link is not None]


def _enough(one: Signature, other: Signature, credit: Credited) -> bool:
    """Whether two documents have sentences enough to be aligned: most short items have not, and cost nothing then."""
    sizes = one.sentences, other.sentences
    return (max(sizes) if credit.known else min(sizes)) >= policy().alignment.least_sentences


def _sampled(signature: Signature) -> list[str]:
    return [key for key in signature.copies if key.startswith("w:")]
