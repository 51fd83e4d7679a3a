"""From a text to a page and an export: the names of private persons in invented articles are in neither."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from foreshock.briefs import compile_brief, compose, render
from foreshock.briefs.discretion import Discretion, mask_reading
from foreshock.briefs.exports import Notice, Tables, export
from foreshock.coding.persons import private_persons
from foreshock.model import Coding, Incident, Origin, Report
from foreshock.reading.languages import load

NOW = datetime(2022, 3, 1, tzinfo=UTC)
ARTICLES = {
    "en": (
        "Funeral of Hollis Greave in Lower Marl",
        "Hollis Greave, 19, was shot dead near the town hall on Friday. His aunt, Tamsin Oake, accused the police of "
        "firing without warning. Deputy Prime Minister Dorian Feld promised an inquiry. Police arrested the photographer "
        "Pavel Dorn on Saturday. Dorn had been covering the strike, Oake said.",
        ("Hollis", "Greave", "Tamsin", "Oake", "Pavel", "Dorn"),
        "Dorian Feld",
    ),
    "ja": (
        "早瀬真帆さんを悼む",
        "銃撃で大学生の早瀬真帆さん(20)が死亡した。桐谷昭夫国防相は調査を約束した。警察は写真家のホリス・グリーブさんを拘束した。早瀬さんは帰宅途中だった。",
        ("早瀬", "真帆", "ホリス", "グリーブ"),
        "桐谷昭夫",
    ),
    "ru": (
        "Прощание с Тамарой Оуковой",
        "При обстреле погибла 34-летняя Тамара Оукова. Полиция задержала фотографа Павла Дорнина. Вице-премьер Дориан "
        "Фельд пообещал расследование. Дорнина увезли в неизвестном направлении, сообщили соседи Оуковой.",
        ("Тамар", "Оуков", "Павл", "Дорнин"),
        "Дориан Фельд",
    ),
}


def coded(desk, gazetteer, language):
    title, text, _, _ = ARTICLES[language]
    reading, claims = desk.coded(text, language, published="2022-01-08")
    url = f"https://wire.example/{title.lower().replace(' ', '-')}"
    reading = replace(reading, document=replace(reading.document, title=title, url=url))
    persons = private_persons(
        reading, load(language).parse(reading.sentences), claims, catalogue=desk.catalogue, gazetteer=gazetteer
    )
    assert claims
    return reading, Coding(reading.document, claims, "rules", 1, 1, "2022-01-08T08:00:00Z", persons)


@pytest.mark.parametrize("language", sorted(ARTICLES))
@pytest.mark.parametrize("form", ["terminal", "html", "markdown", "json"])
def test_no_page_names_a_private_person(desk, gazetteer, language, form):
    reading, coding = coded(desk, gazetteer, language)
    _, _, secrets, public = ARTICLES[language]
    masked, claims = mask_reading(reading, coding.claims, Discretion.of([coding], now=NOW, sites=False))
    brief = compose([masked], claims, now=NOW, as_of=None, title="Lower Marl", language="en", codebook=desk.codebook)
    page = render(compile_brief(brief, claims, [masked]), format=form)
    page = re.sub(r"\\u([0-9a-fA-F]{4})", lambda hit: chr(int(hit[1], 16)), page)
    assert not [one for one in secrets if one.lower() in page.lower()]
    assert public in " ".join(page.split())


@pytest.mark.parametrize("language", sorted(ARTICLES))
def test_no_export_names_a_private_person(desk, gazetteer, language, tmp_path):
    pq = pytest.importorskip("pyarrow.parquet")
    _, coding = coded(desk, gazetteer, language)
    _, _, secrets, public = ARTICLES[language]
    incidents = [
        Incident(one.id, (one.id,), one.kind, one.mode, one.place, one.when,
                 (Origin("o", one.holders[-1].name, (one.document_id,), (), (one.id,)),), (), (), 6, one.text)
        for one in coding.claims
    ]  # fmt: skip
    reports = [Report(one, coding.document.source, "2022-01-08", coding.known_at, 1) for one in coding.claims]
    notice = Notice("Lower Marl", "2022-03-01T00:00:00Z")
    tables = Tables([coding.document], reports, incidents)
    export(tables, tmp_path, formats=["all"], notice=notice, discretion=Discretion.of([coding], now=NOW))
    told = [str(pq.read_table(path).to_pylist()) for path in tmp_path.glob("*.parquet")]
    told += [path.read_bytes().decode("utf-8", "ignore").replace("\r\n ", "") for path in tmp_path.iterdir()]
    everything = re.sub(r"\\u([0-9a-fA-F]{4})", lambda hit: chr(int(hit[1], 16)), "\n".join(told))
    assert not [one for one in secrets if one.lower() in everything.lower()]
    assert public in everything
