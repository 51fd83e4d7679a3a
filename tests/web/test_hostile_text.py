"""One desk full of hostile words: on every page, in every download and every answer they are text, and nothing else."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args
from urllib.parse import quote, urlsplit

import pytest
from lxml import etree
from lxml import html as markup
from starlette.testclient import TestClient

from foreshock import pipeline
from foreshock.briefs import render
from foreshock.briefs.brief import ChartId
from foreshock.ledger import Ledger
from foreshock.ledger.watches import Watches
from foreshock.web import Desk, api, live, pages
from foreshock.web.app import _routers
from foreshock.web.ask import Ask
from foreshock.web.pages.exporting import Form, Format
from foreshock.web.pages.receipts import Kind
from foreshock.web.receipts.ids import tally_id
from foreshock.web.telling import told_of
from tests.web import hostile
from tests.web.conftest import _browsing

# What none of our pages has, whoever writes it.
FORBIDDEN = {"iframe", "object", "embed", "base", "frame", "applet", "marquee", "math", "foreignobject", "animate", "set"}
LEADING = {"href", "src", "action", "formaction", "{http://www.w3.org/1999/xlink}href", "xlink:href", "poster", "data", "srcset"}
NAMES = {"title", "aria-label", "label", "alt"}  # are read; a value goes back to the desk as it came
# Characters that are not seen, repaint a terminal or turn what follows.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u2066\ufeff\U000e0000-\U000e007f\ud800-\udfff]"
)
FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
# Asked elsewhere: a stream without an end, sign-in by another server (none is set up), and MCP, which is asked below.
APART = {"/live", "/login/oidc", "/login/oidc/back", "/mcp"}

COUNTRY = {"/api/v1/weighing", "/api/v1/precedents"}  # must be named


@pytest.fixture(scope="module")
def desk(bench: pipeline.Workbench, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with Ledger(tmp_path_factory.mktemp("hostile") / "desk.sqlite") as kept:
        assert hostile.fill(kept, bench)
        made = Desk(kept, bench, now=lambda: hostile.NOW)
        yield made
        made.close()


@pytest.fixture(scope="module")
def client(desk: Desk) -> Iterator[TestClient]:
    yield from _browsing(desk)


@pytest.fixture(scope="module")
def addresses(desk: Desk) -> list[str]:
    """Every address of the desk that answers GET, with every id in it."""
    picture = desk.pictures.of(Ask())
    shown = picture.shown
    ids = {
        "claim": list(shown.reports), "incident": [one.id for one in shown.incidents],
        "dispute": [one.id for one in shown.disputes],
        "condition": [one.id for one in shown.conditions], "tally": [tally_id(one) for one in shown.tallies], "estimate": [],
        "origin": [one.id for it in shown.incidents for one in it.origins], "grade": [one.source for one in shown.grades],
        "document": list(shown.document_names),
    }  # fmt: skip
    assert set(ids) == set(get_args(Kind))
    assert all(ids[kind] for kind in ids if kind != "estimate")
    values = {
        "/data/charts/{name}.json": get_args(ChartId), "/data/charts/{name}.svg": get_args(ChartId),
        "/export/brief.{form}": get_args(Form), "/export/{format}": get_args(Format), "/incidents/{name}": ids["incident"],
        "/watches/alerts/{alert_id}.cap.xml": [one.id for one in Watches(desk.ledger).alerts()],
    }  # fmt: skip
    found = []
    for router in [live.router, *_routers(pages.__name__, pages.__path__), *_routers(api.__name__, api.__path__)]:
        for route in router.routes:
            path = getattr(route, "path", "")
            if "GET" not in (getattr(route, "methods", None) or ()) or path in APART:
                continue
            if path.startswith(("/receipts/", "/api/v1/receipts/")):
                base, kinds = (
                    path.partition("{")[0],
                    set(get_args(Kind)) - (set() if path[1] == "r" else {"origin", "grade", "document"}),
                )
                found += [f"{base}{kind}/{_quoted(one)}" for kind in kinds for one in ids[kind]]
            elif name := re.search(r"\{(\w+)\}", path):
                known = values.get(path) or ids[name[1].removesuffix("_id")]
                found += [path.replace(name[0], _quoted(one)) for one in known]
            else:
                found.append(f"{path}?country=KAZ" if path in COUNTRY else path)
    return found


def _quoted(value: str) -> str:
    return quote(value, safe="")


def check_page(text: str, where: str) -> str:
    """Check that the elements, attributes and addresses of a page are our own; return the text that is read."""
    root = markup.fromstring(text)
    for one in root.iter():
        if not isinstance(one.tag, str):
            assert hostile.NAME not in (one.text or ""), where
            continue
        tag = one.tag.lower()
        assert tag not in FORBIDDEN, (where, tag)
        if tag == "script":
            assert one.get("src", "").startswith("/static/"), where
            assert not (one.text or "").strip(), where
        assert tag != "img" or one.get("src", "").startswith("/data/"), where
        for name, value in one.attrib.items():
            assert hostile.NAME not in name, (where, tag, name)
            assert not name.startswith(("on", "hx-on")), (where, tag, name)
            assert name != "srcdoc", (where, tag)
            if name in LEADING:
                check_address(value, where)
            assert name not in NAMES or not UNSEEN.search(value), (where, tag, name, value[:200])
    told = "".join(root.itertext("*"))
    assert not UNSEEN.search(told), (where, [told[max(0, it.start() - 30) : it.end() + 30] for it in UNSEEN.finditer(told)][:4])
    return told


def check_address(value: str, where: str) -> None:
    """Check that a link leads to this desk or to the web, and what a browser strips from it hides no other."""
    bare = re.sub(r"[\x00-\x20]", "", value)
    assert urlsplit(bare).scheme.casefold() in {"", "http", "https"} or bare.startswith("data:image/svg+xml"), (where, value)
    assert not bare.startswith(("//", "\\")), (where, value)


def check_xml(data: bytes, where: str) -> None:
    """Check that a file of XML is well-formed, has our elements only, and leads to the web only."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    for one in root.iter():
        assert isinstance(one.tag, str), where
        assert hostile.NAME not in one.tag, where
        for name, value in one.attrib.items():
            assert hostile.NAME not in name, where
            if name in {"href", "src", "xmlUrl", "htmlUrl"}:
                check_address(value, where)
        if one.get("type") in {"html", "xhtml"}:
            check_page(f"<div>{one.text}</div>", where)
    assert not UNSEEN.search(data.decode("utf-8")), where


def check_table(text: str, where: str) -> None:
    """Check that no cell of a table is a formula."""
    for row in csv.reader(io.StringIO(text)):
        for one in row:
            assert not FORMULA.match(one) or NUMBER.fullmatch(one), (where, one[:80])


def check_calendar(text: str, where: str) -> None:
    """Check that no text begins a line of its own in a calendar."""
    for line in text.replace("\r\n ", "").splitlines():
        assert re.match(r"[A-Z-]+[;:]", line), (where, line[:80])
        assert not UNSEEN.search(line), (where, line[:80])


def check_lines(data: bytes, where: str) -> None:
    """Check that each line is one record."""
    lines = data.split(b"\n")
    assert lines.pop() == b"", where
    assert all(isinstance(json.loads(line), dict) for line in lines), where


def check_file(name: str, data: bytes, where: str) -> None:
    """Check a file of a download by what its name says that it is."""
    where, form = f"{where} {name}", name.rpartition(".")[2]
    if form == "csv":
        check_table(data.decode("utf-8"), where)
    elif form in {"json", "geojson"}:
        json.loads(data)
    elif form == "jsonl":
        check_lines(data, where)
    elif form == "atom":
        check_xml(data, where)
    elif form == "ics":
        check_calendar(data.decode("utf-8"), where)
    elif form == "md":
        check_markdown(data.decode("utf-8"), where)
    else:
        assert (form, data[:4]) == ("parquet", b"PAR1"), where


def check_markdown(text: str, where: str) -> None:
    """Check what a reader of Markdown that lets HTML through makes of it."""
    from markdown_it import MarkdownIt

    check_page(f"<div>{MarkdownIt('commonmark', {'html': True}).enable('table').render(text)}</div>", where)


def check_answer(answer: Any, where: str) -> None:
    """Check an answer of the desk by its type; a browser must not guess another."""
    assert answer.headers["x-content-type-options"] == "nosniff", where
    assert "script-src 'self'" in answer.headers["content-security-policy"] or where.startswith("/export/brief"), where
    form = answer.headers.get("content-type", "").partition(";")[0]
    if form == "text/html":
        check_page(answer.text, where)
    elif form.endswith("json"):
        json.loads(answer.content)
    elif form == "application/x-ndjson":
        check_lines(answer.content, where)
    elif form.endswith(("xml", "opml")):
        check_xml(answer.content, where)
    elif form == "application/zip":
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            for name in archive.namelist():
                check_file(name, archive.read(name), where)
    elif form == "application/pdf":
        check_pdf(answer.content, where)
    elif form == "text/markdown":
        check_markdown(answer.text, where)
    else:
        assert form == "text/plain" or (form == "" and not answer.content), (where, form)


def check_pdf(data: bytes, where: str) -> None:
    """Check that a PDF does nothing when it is opened, and leads to the web or within itself."""
    import pypdfium2

    assert not re.search(rb"/(JavaScript|JS|Launch|EmbeddedFile|OpenAction)\b", data), where
    assert all(one.startswith((b"http://", b"https://")) for one in re.findall(rb"/URI\s*\((.*?)\)", data)), where
    text = "".join(one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(data))
    assert "oops" in text, where
    assert not UNSEEN.search(text.replace("\ufffe", "")), where


def test_names_of_the_claims_are_hostile(desk: Desk) -> None:
    """The rest would show nothing where the coder had read none of it."""
    claims = list(desk.ledger.claims())
    names = {one.name for claim in claims for one in (*claim.holders, claim.actor, claim.recipient) if one}
    for words in (
        hostile.SCRIPT,
        hostile.IMAGE,
        hostile.FORMULA,
        hostile.COMMAND,
        "\u202e",
        "\u200b",
        "\x1b[2J",
        "#let",
        "{{7*7}}",
    ):
        assert any(words in name for name in names), words
    assert {"asserted", "denied", "ordered"} <= {one.status for one in claims}


def test_every_address_answers_with_text(client: TestClient, addresses: list[str]) -> None:
    assert len(addresses) > 150
    for where in addresses:
        answer = client.get(where)
        assert answer.status_code in {200, 303, 307, 404, 409}, (where, answer.status_code, answer.text[:300])
        check_answer(answer, where)


def test_pages_show_what_would_not_be_seen(client: TestClient, desk: Desk) -> None:
    names = {source: one for one, (source, _) in desk.pictures.of(Ask()).shown.document_names.items()}
    page = check_page(client.get("/documents").text, "documents")
    for words in (hostile.SCRIPT, hostile.FORMULA, hostile.COMMAND, hostile.TEMPLATE, "U+202E", "U+001B"):
        assert words in page
    page = check_page(client.get(f"/documents/{names[f'{hostile.TURNED} {hostile.UNSEEN}']}").text, "document")
    for words in ("U+202E", "U+200B", "U+FEFF", "U+E0041", hostile.IMAGE):
        assert words in page


def test_scripts_get_the_very_words_as_data(client: TestClient) -> None:
    answer = client.get("/api/v1/claims", params={"format": "ndjson"})
    check_lines(answer.content, "ndjson")
    names = {one["name"] for line in answer.text.split("\n") if line for one in json.loads(line)["holders"]}
    assert {hostile.FORMULA, hostile.COMMAND, f"{hostile.SCRIPT} ministry"} <= names


def test_parts_and_errors_are_text_too(client: TestClient, addresses: list[str]) -> None:
    for where in [one for one in addresses if one.startswith(("/receipts/claim", "/receipts/dispute", "/claims/"))]:
        check_answer(client.get(where, headers={"hx-request": "true"}), where)
    for words in (hostile.BREAK, hostile.SCREEN, hostile.TURNED, hostile.TEMPLATE):
        for path in ("/documents", "/incidents", "/disputes", "/map", "/silence", "/"):
            asked = {"q": words, "crisis": words, "kind": words, "place": words, "source": words}
            check_answer(client.get(path, params=asked), path)
        check_answer(client.get(f"/{_quoted(words)}"), "nowhere")
        check_answer(client.get(f"/receipts/claim/{_quoted(words)}"), "no receipt")
        check_answer(client.get(f"/api/v1/claims/{_quoted(words)}"), "no claim")


def test_a_crisis_of_a_hostile_name_is_a_scope_as_any(client: TestClient, desk: Desk) -> None:
    (name,) = [one.name for one in desk.ledger.crises()]
    for path in ("/", "/documents", "/incidents", "/scenarios", "/map", "/export/brief.html"):
        answer = client.get(path, params={"crisis": name})
        assert answer.status_code == 200
        check_answer(answer, path)


def test_a_terminal_is_not_painted(desk: Desk) -> None:
    brief = told_of(desk, desk.pictures.of(Ask()), "en").brief
    assert brief
    text = render(brief, format="terminal")
    assert not UNSEEN.search(text.replace("\n", ""))
    assert hostile.SCRIPT in " ".join(text.split())


def test_models_are_told_nothing_unseen(desk: Desk) -> None:
    from mcp import Client

    from foreshock.web.mcp.server import make_server

    lists = (
        "search_claims",
        "search_documents",
        "list_incidents",
        "list_disputes",
        "conditions_in_force",
        "tallies",
        "sources",
        "brief",
    )
    found: dict[str, str] = {}

    async def main() -> None:
        async with Client(make_server(desk)) as client:
            for tool in lists:
                answer = await client.call_tool(tool, {})
                assert not answer.is_error, (tool, answer.content)
                found[tool] = "".join(one.text for one in answer.content)

    asyncio.run(main())
    for tool, text in found.items():
        json.loads(text)
        assert not UNSEEN.search("".join(_strings(json.loads(text)))), tool
    assert "⟨U+202E⟩" in found["search_claims"]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


@pytest.mark.parametrize("form", ["table", "csv", "jsonl", "json"])
def test_commands_print_text(desk: Desk, form: str, tmp_path: Path) -> None:
    from foreshock.cli.tables import write_claims

    out = io.StringIO()
    write_claims(desk.ledger.claims(), form, out)
    if form == "csv":
        check_table(out.getvalue(), form)
    elif form == "table":
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", out.getvalue().replace("\r\n", "\n"))
    elif form == "jsonl":
        check_lines(out.getvalue().encode(), form)
    else:
        assert json.loads(out.getvalue())
