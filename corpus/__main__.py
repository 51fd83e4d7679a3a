"""Check, count, convert and damage the corpus."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from corpus import HERE, SECOND, TEXTS, read_all
from corpus.agreement import FLOOR, Agreement, compare, share
from corpus.balance import lopsided
from corpus.checks import check
from corpus.convert.brat import brat
from corpus.convert.claims import claims_of, document_id
from corpus.convert.conll import conll
from corpus.marking import Row, apply_rows
from corpus.markup import Fault
from corpus.records import LANGUAGES, MiniDocument
from corpus.sample import sampled, write_bare
from corpus.split import part_of
from corpus.spread import cells, countries
from corpus.statistics import lacking, plots, report
from corpus.wreck.wreck import wreck_row, wrecks
from foreshock.model import to_json

STATISTICS = HERE / "STATISTICS.md"
CARD = HERE / "README.md"
COUNTRIES = 40
SHARE = 0.08
SEED = 8
Option = Callable[[Callable[..., None]], Callable[..., None]]
LANGUAGE: Option = click.option("--language", "-l", multiple=True, type=click.Choice(LANGUAGES), help="Only these languages.")
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
OUT: Option = click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder that it is written to.")


@click.group(help=__doc__)
def main() -> None:
    """Group the commands."""


@main.command("check")
@LANGUAGE
@click.option("--missing", is_flag=True, help="Also print what the tables lack, and fail if they lack anything.")
@click.option("--texts", type=FOLDER, default=TEXTS, help="Another folder of texts.")
def check_(language: tuple[str, ...], missing: bool, texts: Path) -> None:
    """Parse all texts and print every fault with its line; exit 1 if there is one."""
    codes = language or LANGUAGES
    documents, faults = read_all(texts, languages=codes)
    faults += check(documents)
    for fault in faults:
        click.echo(str(fault))
    wrong = bool(faults)
    for code in codes:
        _tell_size(code, documents)
        if missing:
            wrong |= _tell_lacking(code, documents)
    if missing:
        wrong |= _tell_countries(documents, whole=not language)
    sys.exit(wrong)


def _tell_size(code: str, documents: list[MiniDocument]) -> None:
    mine = [document for document in documents if document.language == code]
    sentences = sum(len(document.sentences) for document in mine)
    bare = sum(len(document.bare()) for document in mine)
    claims = sum(len(document.claims) for document in mine)
    click.echo(f"{code}: {len(mine)} documents, {sentences} sentences ({bare} without a claim), {claims} claims")


def _tell_lacking(code: str, documents: list[MiniDocument]) -> bool:
    found = [cell for cell in cells(code, documents) if not cell.full]
    for table in dict.fromkeys(cell.table for cell in found):
        told = ", ".join(f"{cell.name} {cell.found}/{cell.least}" for cell in found if cell.table == table)
        click.echo(f"  {table}: {told}")
    return bool(found)


def _tell_countries(documents: list[MiniDocument], *, whole: bool) -> bool:
    told = countries(documents)
    total = max(1, sum(told.values()))
    most = ", ".join(f"{code} {number / total:.1%}" for code, number in told.most_common(4))
    click.echo(f"{len(told)} countries; most: {most}")
    return whole and (len(told) < COUNTRIES or max(told.values(), default=0) / total > SHARE)


@main.command("statistics")
@click.option("--check", "compare_only", is_flag=True, help="Write nothing; exit 1 where the file is not what it would be.")
def statistics(compare_only: bool) -> None:
    """Write STATISTICS.md and its plots from the texts."""
    documents, faults = read_all()
    _refuse(faults)
    made = report(documents)
    if compare_only:
        sys.exit(STATISTICS.read_text(encoding="utf-8") != made)
    STATISTICS.write_text(made, encoding="utf-8")
    for path in plots(documents, HERE / "plots"):
        click.echo(str(path.relative_to(HERE.parent)))
    click.echo(f"{len(lacking(documents))} cells are not full")


@main.command("mark")
@click.argument("table", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--texts", type=FOLDER, default=TEXTS, help="Another folder of texts.")
def mark(table: Path, texts: Path) -> None:
    """Add marks and slots by a table: file, document, claim, role, words, slot; exit 1 if a row is refused."""
    rows = [
        Row.read(line) for line in table.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")
    ]
    refused = apply_rows(rows, texts)
    for one in refused:
        click.echo(one)
    click.echo(f"{len(rows) - len(refused)} of {len(rows)} rows done")
    sys.exit(bool(refused))


@main.command("balance")
def balance() -> None:
    """Print every country that means one kind and every actor who does almost nothing but wrong; exit 1 if there is one."""
    documents, faults = read_all()
    _refuse(faults)
    found = lopsided(documents)
    for one in found:
        click.echo(one)
    click.echo(f"{len(found)} of the corpus's countries, sectors and states are told one-sidedly")
    sys.exit(bool(found))


@main.command("convert")
@click.option("--to", "form", required=True, type=click.Choice(["claims", "conll", "brat"]), help="The form.")
@OUT
@LANGUAGE
def convert(form: str, out: Path, language: tuple[str, ...]) -> None:
    """Write the corpus as claims (JSONL, with the texts), CoNLL-U Plus or brat, a folder for each part of the split."""
    documents, faults = read_all(languages=language or LANGUAGES)
    _refuse(faults)
    written: Counter[Path] = Counter()
    for document in documents:
        folder = out / part_of(document) / document.language
        folder.mkdir(parents=True, exist_ok=True)
        if form == "brat":
            (folder / f"{document.id}.txt").write_text(document.text, encoding="utf-8")
            (folder / f"{document.id}.ann").write_text(brat(document), encoding="utf-8")
            written[folder] += 1
            continue
        path = folder / ("documents.jsonl" if form == "claims" else f"{document.register}.conllup")
        with path.open("a" if written[path] else "w", encoding="utf-8") as stream:
            if form == "conll":
                stream.writelines(f"{line}\n" for line in conll(document))
            else:
                stream.write(_line(document_row(document)))
                claims = folder / "claims.jsonl"
                with claims.open("a" if written[path] else "w", encoding="utf-8") as other:
                    other.writelines(_line(to_json(claim)) for claim in claims_of(document))
        written[path] += 1
    for path, number in sorted(written.items()):
        click.echo(f"{path}: {number} documents")


def document_row(document: MiniDocument) -> dict[str, Any]:
    """Return what is known of a document beside its claims, as JSON values."""
    return {
        "id": document_id(document),
        "name": f"{document.language}/{document.id}",
        "language": document.language,
        "register": document.register,
        "published": document.published,
        "town": document.town,
        "country": document.country,
        "source": document.outlet,
        "group": document.group,
        "topic": document.topic,
        "part": part_of(document),
        "text": document.text,
        "sentences": document.sentences,
    }


@main.command("wreck")
@OUT
@click.option("--seed", default=SEED, show_default=True, help="Seed of the dice; one seed, one result.")
@LANGUAGE
def wreck(out: Path, seed: int, language: tuple[str, ...]) -> None:
    """Damage every document as machine translation and crawlers do, and write texts, damage and gold as JSONL by language."""
    documents, faults = read_all(languages=language or LANGUAGES)
    _refuse(faults)
    out.mkdir(parents=True, exist_ok=True)
    told: Counter[str] = Counter()
    for code in language or LANGUAGES:
        with (out / f"{code}.jsonl").open("w", encoding="utf-8") as stream:
            for name, made in wrecks([document for document in documents if document.language == code], seed=seed):
                told[name] += 1
                stream.write(_line(wreck_row(name, made)))
    click.echo(", ".join(f"{name} {number}" for name, number in told.most_common()))


@main.command("sample")
@LANGUAGE
@click.option("--out", type=click.Path(path_type=Path), default=SECOND, help="Folder that it is written to.")
def sample(language: tuple[str, ...], out: Path) -> None:
    """Write a twentieth of the texts bare of marks, for a second annotator who has not seen the first."""
    documents, faults = read_all(languages=language or LANGUAGES)
    _refuse(faults)
    chosen = sampled(documents)
    for path in write_bare(chosen, out):
        click.echo(str(path))
    click.echo(f"{len(chosen)} documents, {sum(len(document.sentences) for document in chosen)} sentences")


@main.command("agreement")
@LANGUAGE
@click.option("--second", type=FOLDER, default=SECOND, help="Folder of the second annotation.")
@click.option("--differences", is_flag=True, help="Also print where the two differ.")
@click.option("--card", is_flag=True, help="Write the table into the card.")
def agreement(language: tuple[str, ...], second: Path, differences: bool, card: bool) -> None:
    """Print how far two annotators agree, by slot; exit 1 where a slot is below .75."""
    codes = language or LANGUAGES
    (first, faults), (other, more) = read_all(languages=codes), read_all(second, languages=codes)
    _refuse(faults + more)
    found = compare(first, other)
    for line in found.differences if differences else []:
        click.echo(line)
    click.echo(f"{found.sentences} sentences annotated twice")
    table = found.table()
    if card:
        _write_card(found, table)
    for slot, value in table.items():
        click.echo(f"{slot:18} {value:.3f}{'' if value >= FLOOR else '  below ' + str(FLOOR)}")
    sys.exit(any(value < FLOOR for value in table.values()))


def _write_card(found: Agreement, table: dict[str, float]) -> None:
    every = {f"{slot} F1": f"{share(counts):.2f}" for slot, counts in found.all.items()}
    rows = "\n".join(f"| {slot} | {value:.2f} | {every.get(slot, '')} |" for slot, value in table.items())
    head = "| slot | in claims that both marked | over all claims |\n|---|---|---|"
    made = f"{found.sentences} sentences of all languages were annotated twice.\n\n{head}\n{rows}\n"
    before, mark, rest = CARD.read_text(encoding="utf-8").partition("<!-- agreement -->\n")
    _, end, after = rest.partition("<!-- end -->")
    CARD.write_text(f"{before}{mark}{made}{end}{after}", encoding="utf-8")


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise click.ClickException(f"{faults[0]} ({len(faults)} faults; run python -m corpus check)")


if __name__ == "__main__":
    main()
