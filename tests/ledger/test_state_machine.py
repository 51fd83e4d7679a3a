"""The ledger against a plain model: whatever is done in whatever order, every read at every moment is what the model says."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from foreshock.dates import utc_stamp
from foreshock.ledger import Batch, Ledger, Query
from foreshock.model import Claim, Crisis, Reading
from tests.ledger.records import DAY, claim, judgement, reading

KEY = b"sixteen or more bytes"
NAME = "Marta Iwanek"
WORDS = ("calm", "bridge", "мост", NAME, "Iwanek", "market", "1500")
NAMES = ("a", "b", "c")
CODERS = ("rules@1", "encoder@1")
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
hours = st.integers(-2, 5)  # a clock may be set back


@dataclass(frozen=True)
class Coded:
    """One coding as the model remembers it."""

    reading: Reading
    claims: tuple[Claim, ...]
    coder: str
    known_at: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        document = self.reading.document
        return (document.id, document.version, self.coder, document.published or "")


@dataclass
class Model:
    """What was done, in the order in which it was done."""

    codings: list[Coded] = field(default_factory=list)
    judgements: list[tuple[str, str]] = field(default_factory=list)
    crises: list[tuple[str, str, Crisis | None]] = field(default_factory=list)
    blurred: set[str] = field(default_factory=set)  # documents that a name was taken out of
    closed: set[tuple[str, str]] = field(default_factory=set)  # versions that words were taken out of
    gone: set[str] = field(default_factory=set)  # documents whose words were all taken out
    nameless: bool = False

    def latest(self, as_of: str | None = None) -> list[Coded]:
        """Return the coding in force of each document, in order of ids."""
        known = {one.reading.document.id: one for one in self.codings if as_of is None or one.known_at <= as_of}
        return [known[key] for key in sorted(known)]

    def versions(self, as_of: str | None = None) -> list[tuple[str, str]]:
        """Return document versions in the order in which they became known."""
        first: dict[tuple[str, str], str] = {}
        for one in self.codings:
            key = (one.reading.document.id, one.reading.document.version)
            if as_of is None or one.known_at <= as_of:
                first.setdefault(key, one.known_at)
        return [key for key, _ in sorted(first.items(), key=lambda item: (item[1], item[0]))]


class LedgerMachine(RuleBasedStateMachine):
    """Does what can be done with a ledger, and asks it what it knows."""

    def __init__(self, new: Callable[[Path], Path | str]) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="machine-"))
        self.new, self.model, self.now, self.copies = new, Model(), DAY, 0
        self.address = new(self.folder)
        self.ledger = Ledger(self.address)

    def teardown(self) -> None:
        self.ledger.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    @initialize(text=texts)
    def begin(self, text: str) -> None:
        self.add("a", text, CODERS[0], 2, 0)

    def coding(self, name: str, text: str, coder: str, many: int, later: int, day: str | None = "2022-01-08") -> Coded:
        self.now = max(DAY, self.now + timedelta(hours=later))
        one = reading(name, text, published=day, published_by="given" if day else None)
        starts = range(0, len(text), 4)[:many]
        claims = tuple(replace(claim(one, start, coder=coder), text=text[start : start + 4], holders=()) for start in starts)
        last = self.model.codings[-1].known_at if self.model.codings else ""
        return Coded(one, claims, coder, max(utc_stamp(self.now), last))

    def keep(self, one: Coded) -> tuple[int, int]:
        """Return what an addition should count, and remember it."""
        version = one.key[:2]
        new = version not in {other.key[:2] for other in self.model.codings}
        if one.key in {other.key for other in self.model.codings} or version in self.model.closed:
            return 0, 0
        self.model.codings.append(one)
        # A name that was taken out comes back where others write it again.
        self.model.nameless = self.model.nameless and NAME not in one.reading.document.text
        return int(new), len(one.claims)

    @rule(
        name=st.sampled_from(NAMES), text=texts, coder=st.sampled_from(CODERS), many=st.integers(0, 3), later=hours,
        day=st.sampled_from(["2022-01-08", "2022-01", None]),
    )  # fmt: skip
    def add(self, name: str, text: str, coder: str, many: int, later: int, day: str | None = "2022-01-08") -> None:
        one = self.coding(name, text, coder, many, later, day)
        known = one.key in {other.key for other in self.model.codings} or one.key[:2] in self.model.closed
        assert self.ledger.knows(one.reading.document, coder) == known
        kept = self.ledger.add(one.reading, one.claims, coder=coder, now=self.now, contents=text.encode())
        assert (kept.documents, kept.claims) == self.keep(one)
        assert self.ledger.last_arrival() == len(self.model.codings)

    @rule(some=st.lists(st.tuples(st.sampled_from(NAMES), texts, st.sampled_from(CODERS)), min_size=2, max_size=4))
    def add_many(self, some: list[tuple[str, str, str]]) -> None:
        made = [self.coding(name, text, coder, 1, 0) for name, text, coder in some]
        kept = self.ledger.add_many([Batch(one.reading, one.claims, one.coder, self.now) for one in made])
        counted = [self.keep(one) for one in made]
        assert (kept.documents, kept.claims) == (sum(one for one, _ in counted), sum(one for _, one in counted))

    @rule(number=st.integers(0, 4), later=hours)
    def judge(self, number: int, later: int) -> None:
        at = utc_stamp(self.now + timedelta(hours=later))
        one = judgement(number, at=at, subjects=(f"c{number}",))
        assert self.ledger.judge(one) == (one.id not in {known for known, _ in self.model.judgements})
        if one.id not in {known for known, _ in self.model.judgements}:
            self.model.judgements.append((one.id, at))

    @rule(name=st.sampled_from(["north", "south"]), country=st.sampled_from(["KAZ", "JPN", None]), later=st.integers(0, 3))
    def crisis(self, name: str, country: str | None, later: int) -> None:
        self.now += timedelta(hours=later)
        one = Crisis(name, (country,)) if country else None
        before = self.crises(None).get(name)
        done = self.ledger.keep_crisis(one, self.now) if one else self.ledger.drop_crisis(name, self.now)
        assert done == (before != one)
        if before != one:
            self.model.crises.append((utc_stamp(self.now), name, one))

    def crises(self, as_of: str | None) -> dict[str, Crisis]:
        latest = {name: one for at, name, one in self.model.crises if as_of is None or at <= as_of}
        return {name: one for name, one in latest.items() if one is not None}

    @rule()
    @precondition(lambda self: any(NAME in one.reading.document.text for one in self.model.codings))
    def redact_name(self) -> None:
        self.ledger.redact(name=NAME, by="ana", why="at risk", now=self.now, key=KEY)
        named = [one.key for one in self.model.codings if NAME in one.reading.document.text]
        self.model.blurred |= {key[0] for key in named}
        self.model.closed |= {key[:2] for key in named}
        self.model.nameless = True
        self.closed_too()

    @rule(data=st.data())
    @precondition(lambda self: self.model.codings)
    def redact_document(self, data: st.DataObject) -> None:
        gone = data.draw(st.sampled_from(sorted({one.key[0] for one in self.model.codings})))
        self.ledger.redact(document_id=gone, by="ana", why="asked", now=self.now, key=KEY)
        self.model.gone.add(gone)
        self.model.closed |= {one.key[:2] for one in self.model.codings if one.key[0] == gone}

    def closed_too(self) -> None:
        """Remember which further versions of a document lost a word of the name: those are known for good as well."""
        for document in self.ledger.documents():
            if "█" in document.text:
                self.model.closed.add((document.id, document.version))

    @rule()
    def reopen(self) -> None:
        self.ledger.close()
        self.ledger = Ledger(self.address)
        assert [one for one in self.ledger.verify() if one.state == "hurt"] == []

    @rule()
    def restore(self) -> None:
        """Go on with a copy of a copy."""
        self.copies += 1
        backup = self.folder / f"backup-{self.copies}.sqlite"
        self.ledger.backup(backup)
        address = self.new(self.folder)
        assert [one for one in Ledger.restore(backup, address) if one.state == "hurt"] == []
        self.ledger.close()
        self.address, self.ledger = address, Ledger(address)

    @invariant()
    def what_is_known_now(self) -> None:
        self.check(None)

    @rule(back=st.integers(0, 20))
    def what_was_known(self, back: int) -> None:
        self.check(utc_stamp(self.now - timedelta(hours=back)))

    def check(self, as_of: str | None) -> None:
        """Compare every read with the model."""
        latest = self.model.latest(as_of)
        wanted = [one for coded in latest for one in sorted(coded.claims, key=lambda one: (one.start, one.id))]
        found = list(self.ledger.claims(Query(as_of=as_of)))
        assert [one.id for one in found] == [one.id for one in wanted]
        whole = self.model.blurred | self.model.gone
        assert [one for one in found if one.document_id not in whole] == [one for one in wanted if one.document_id not in whole]
        documents = list(self.ledger.documents(as_of=as_of))
        assert [(one.id, one.version) for one in documents] == self.model.versions(as_of)
        said = {one.key[:2]: one.reading.document.text for one in self.model.codings}
        for one in documents:
            assert len(one.text) == len(said[one.id, one.version])
            assert one.id in whole or one.text == said[one.id, one.version]
            assert one.id not in self.model.gone or (one.id, one.version) not in self.model.closed or set(one.text) <= set("█ ")
            assert not self.model.nameless or NAME not in one.text
        now = self.ledger.latest_documents(as_of=as_of)
        assert [(one.id, one.version, one.published) for one in now] == [(*one.key[:2], one.key[3] or None) for one in latest]
        judged = [one for one, at in self.model.judgements if as_of is None or at <= as_of]
        assert [one.id for one in self.ledger.judgements(as_of)] == judged
        assert self.ledger.crises(as_of) == [one for _, one in sorted(self.crises(as_of).items())]
        self.searched(latest, as_of)

    def searched(self, latest: list[Coded], as_of: str | None) -> None:
        for word in ("bridge", "мост", "1500"):
            answers = {one.key[0] for one in latest if word in one.reading.document.text and one.key[:2] not in self.model.closed}
            found = {one.document.id for one in self.ledger.search(word, as_of=as_of)}
            unsure = {one.key[0] for one in latest if one.key[:2] in self.model.closed}
            assert found - unsure == answers - unsure
            assert not found & {one.key[0] for one in latest if one.key[0] in self.model.gone and one.key[0] in unsure}


def run(new: Callable[[Path], Path | str], *, examples: int, steps: int) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        lambda: LedgerMachine(new),
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_a_file_is_what_the_model_says() -> None:
    made: list[datetime] = []

    def new(folder: Path) -> Path:
        made.append(DAY)
        return folder / f"ledger-{len(made)}.sqlite"

    run(new, examples=10, steps=18)


def test_a_server_is_what_the_model_says(new_schema: Callable[[], str]) -> None:
    run(lambda _: new_schema(), examples=2, steps=12)
