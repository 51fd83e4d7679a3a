"""Words and names that are statements to a database are words and names, on both engines, wherever they go in."""

from __future__ import annotations

from contextlib import suppress

import pytest

from foreshock.errors import LedgerError
from foreshock.ledger import Query
from foreshock.ledger.audit import AuditLog, Doer
from foreshock.ledger.feeds import Feeds
from foreshock.model import Crisis, Feed
from tests.ledger.records import CODER, DAY, claim, judgement, reading

STATEMENTS = [
    "'; DROP TABLE claims; --", "' OR '1'='1", "x') UNION SELECT password FROM accounts --", '"; DELETE FROM documents; --',
    "%' OR 1=1 --", "\\'; DROP TABLE claims; --", "$$; DROP TABLE claims; $$", ":name %(name)s ?1 {0}",
    "claim_words MATCH 'a' NEAR b*", "a & !b | (c <-> d)",
]  # fmt: skip


@pytest.mark.parametrize("said", STATEMENTS)
def test_statements_in_words_and_names_are_words_and_names(ledger, said):
    one = reading(said, f"Calm. {said}", title=said, source=said)
    ledger.add(one, [claim(one, 0)], coder=CODER, now=DAY, contents=one.document.text.encode())
    ledger.judge(judgement(by=said, why=said, subjects=(said,)))
    ledger.keep_crisis(Crisis(said, words=(said,)), DAY)
    Feeds(ledger).add(Feed("f", "feed", f"https://x.example/{said}", said), now=DAY)
    AuditLog(ledger).add(Doer(said, said, said), said, said, DAY, {said: said})
    for fields in ({"words": said}, {"holder": said}, {"document": said}, {"country": said}, {"kind": said}, {"source": said}):
        try:
            found = list(ledger.claims(Query(**fields)))
        except (LedgerError, TypeError):  # a word of minus signs only, or no such filter
            continue
        assert found in ([], [claim(one, 0)])
    with suppress(LedgerError):
        assert [it.document.id for it in ledger.search(said)] in ([], [one.document.id])
    assert AuditLog(ledger).deeds(who=said, did=said)[0].subject == said
    assert [it.name for it in ledger.crises()] == [said]
    assert Feeds(ledger).find(said).name == said
    assert list(ledger.claims()) == [claim(one, 0)]
    assert list(ledger.verify()) == []
