"""Annotated claims as the Claim records of the package, and as rows of gold for ``tools/score_claims.py``."""

from __future__ import annotations

from typing import Any

from corpus.records import AnnotatedClaim, Count, MiniDocument, Party, Time, Where
from foreshock.model import Actor, Claim, Figure, Holder, Place, When, record_id
from foreshock.model.claim import claim_id
from foreshock.model.values import HolderRole, Span, Status, WhenPrecision

CODER = "corpus@1"
# Articles that stand before a name and are no part of it.
ARTICLES: dict[str, tuple[str, ...]] = {
    "en": ("the ", "a ", "an "),
    "fr": ("le ", "la ", "les ", "l'", "l’", "un ", "une ", "des "),
    "es": ("el ", "la ", "los ", "las ", "un ", "una ", "unos ", "unas "),
    "it": ("il ", "lo ", "la ", "i ", "gli ", "le ", "l'", "l’", "un ", "uno ", "una "),
    "de": ("der ", "die ", "das ", "den ", "dem ", "des ", "ein ", "eine ", "einen ", "einem ", "einer ", "eines "),
    "pt": ("o ", "a ", "os ", "as ", "um ", "uma "),
}


def document_id(document: MiniDocument) -> str:
    """Return the id of a document of the corpus."""
    return record_id("corpus", document.language, document.id)


def claims_of(document: MiniDocument) -> list[Claim]:
    """Return the claims of a document, in the order of its claims. They were annotated, so their confidence is 1."""
    return [_claim(claim, document) for claim in document.claims]


def _claim(claim: AnnotatedClaim, document: MiniDocument) -> Claim:
    start, end = claim.around("c") or (0, 0)
    name, version = document_id(document), record_id(document.text)
    text = document.text
    return Claim(
        id=claim_id(name, version, start, end, claim.kind, CODER),
        document_id=name,
        version=version,
        language=document.language,
        start=start,
        end=end,
        text=text[start:end],
        kind=claim.kind,
        mode=claim.mode,
        status=claim.status,
        negated=claim.negated,
        certainty=claim.certainty,
        phase=claim.phase,
        basis=claim.basis,
        holders=holders_of(claim, document),
        actor=_actor(claim, "a", text),
        recipient=_actor(claim, "r", text),
        place=_place(claim, text),
        when=_when(claim.time, claim.spans("w"), text),
        figures=tuple(_figure(count, span, text) for count, span in zip(claim.counts, claim.spans("n"), strict=True)),
        damage=(),
        confidence=1.0,
        coder=CODER,
    )


def holders_of(claim: AnnotatedClaim, document: MiniDocument) -> tuple[Holder, ...]:
    """Return the chain of holders, outermost first; the innermost has the claim's status."""
    content = tuple(claim.spans("k") or claim.spans("c"))
    named = dict(zip(("h", "hh"), claim.holder_names, strict=False))
    found: list[tuple[HolderRole, str, Span, str]] = []
    if span := claim.around("o"):
        found.append(("outlet", document.text[slice(*span)], span, "qo" if claim.spans("h") else "q"))
    for role, cue in (("h", "q"), ("hh", "qq")):
        if spans := claim.spans(role):
            found.append(("speaker", named.get(role, document.text[slice(*spans[0])]), spans[0], cue))
    chain = [Holder(document.outlet, "document", "", "asserted" if found else claim.status)]
    for number, (kind, name, span, cue) in enumerate(found):
        # The innermost has the claim's standing, the one around it what the line says of it.
        standing: dict[int, Status] = {len(found) - 1: claim.status, len(found) - 2: claim.outer}
        status = standing.get(number, "asserted")
        cues = tuple(claim.spans(cue))
        chain.append(Holder(name, kind, document.text[slice(*span)], status, *span, cues, content, None))
    return tuple(chain)


def _actor(claim: AnnotatedClaim, role: str, text: str) -> Actor | None:
    party: Party | None = claim.parties.get(role)
    if party is None:
        return None
    raw = text[slice(*claim.spans(role)[0])]
    return Actor(party.name or raw, raw, party.country, party.sector)


def _place(claim: AnnotatedClaim, text: str) -> Place | None:
    made = {role: _one(where, text[slice(*claim.spans(role)[0])]) for role, where in claim.places.items()}
    if not made:
        return None
    base = made.get("p") or made.get("pt") or made["pf"]
    return Place(base.name, base.raw, base.country, None, None, base.precision, base.claimed_by, made.get("pf"), made.get("pt"))


def _one(where: Where, raw: str) -> Place:
    return Place(where.name or raw, raw, where.country, None, None, where.precision, where.claimed_by)


def _when(time: Time | None, spans: list[Span], text: str) -> When | None:
    if time is None:
        return None
    raw = text[spans[0][0] : spans[-1][1]] if len(spans) == 1 else " ".join(text[slice(*span)] for span in spans)
    precision: WhenPrecision = "day"
    if time.part:
        precision = "part_of_day"
    elif time.start != time.end:
        precision = "range"
    elif time.start is not None and len(time.start) < 10:
        precision = "month" if len(time.start) == 7 else "year"
    return When(time.start, time.end, precision, raw)


def _figure(count: Count, span: Span, text: str) -> Figure:
    people = count.what in ("killed", "injured", "missing", "displaced", "detained", "deployed", "participants")
    return Figure(
        what=count.what,
        of=count.of,
        unit=count.unit or ("person" if people else None),
        low=count.low,
        best=count.best,
        high=count.high,
        bound=count.bound,
        counting=count.counting,
        scope=count.scope,
        as_of=count.as_of,
        state=count.state,
        candidates=(),
        raw=text[slice(*span)],
        start=span[0],
        end=span[1],
    )


def bare(name: str, language: str) -> str:
    """Return a name without the article before it.

    >>> bare("The interior ministry", "en")
    'interior ministry'
    """
    for article in ARTICLES.get(language, ()):
        if name.casefold().startswith(article):
            return name[len(article) :]
    return name


def gold_row(claim: AnnotatedClaim, document: MiniDocument) -> dict[str, Any]:
    """Return a row of gold as the scorer reads it: what is acceptable, "" for the document's own voice.

    Names are accepted as they stand in the text and as they are resolved, without their article. A date is asked only where
    the text bears one that can be reckoned; a figure only where it is lost or suspect.
    """
    made = _claim(claim, document)
    speakers = made.holders[1:]
    row: dict[str, Any] = {
        "id": f"{document.language}/{document.id}/{claim.number}",
        "start": made.start,
        "end": made.end,
        "kinds": [made.kind],
        "statuses": [made.status],
        "negated": made.negated,
        "holders": sorted({bare(one, document.language) for holder in speakers[-1:] for one in (holder.name, holder.raw)})
        or [""],
    }
    for slot in ("place", "actor", "recipient"):
        if (found := getattr(made, slot)) is not None:
            row[slot] = sorted({bare(found.name, document.language), bare(found.raw, document.language)})
    if made.when is not None and made.when.start is not None:
        row["date"] = made.when.start
    if marked := next((figure for figure in made.figures if figure.state != "read"), None):
        row["figure"], row["figure_span"] = marked.state, [marked.start, marked.end]
    return row
