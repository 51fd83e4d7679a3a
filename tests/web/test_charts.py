"""Charts at the desk are those of the brief, with the table behind them, and nothing is sent twice."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from foreshock.briefs.charts import charts_of
from foreshock.web.ask import Ask
from foreshock.web.data import mark_of
from foreshock.web.desk import Desk
from foreshock.web.locale import reader
from foreshock.web.telling import told_of
from foreshock.web.templating import environment

pytest.importorskip("altair")


def _brief(desk: Desk, language="en"):
    brief = told_of(desk, desk.pictures.of(Ask()), language).brief
    assert brief is not None
    return brief


def test_the_specification_is_that_of_the_brief(client, desk):
    specs = charts_of(_brief(desk), theme="dark", width=480)
    assert set(specs) >= {"timeline", "tallies", "coverage"}
    for name, spec in specs.items():
        answer = client.get(f"/data/charts/{name}.json", params={"theme": "dark", "width": 480})
        assert answer.status_code == 200
        assert answer.json() == spec


def test_a_specification_leads_nowhere(client):
    text = client.get("/data/charts/timeline.json").text
    schema = "https://vega.github.io/schema/"
    assert '"url"' not in text
    assert not re.findall(r"https?://", text.replace(schema, ""))


def test_what_is_known_is_not_sent_again(client):
    first = client.get("/data/charts/timeline.json")
    assert first.headers["etag"] == mark_of(first.content)
    assert first.headers["cache-control"] == "private, no-store"
    again = client.get("/data/charts/timeline.json", headers={"If-None-Match": f'"other", W/{first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/data/charts/timeline.json", params={"theme": "dark"}).headers["etag"] != first.headers["etag"]


def test_a_scope_has_its_own_chart(client):
    whole = client.get("/data/charts/coverage.json").json()
    early = client.get("/data/charts/coverage.json", params={"as_of": "2022-01-03"}).json()
    assert whole != early


def test_what_is_not_there_is_said(client):
    assert client.get("/data/charts/pie.json").status_code == 422
    assert client.get("/data/charts/timeline.json", params={"width": 155}).status_code == 422
    empty = client.get("/data/charts/timeline.json", params={"as_of": "1999"})
    assert empty.status_code == 404
    assert "no chart" in empty.text


def test_without_scripts_a_chart_is_a_drawing(client):
    answer = client.get("/data/charts/coverage.svg")
    assert answer.headers["content-type"] == "image/svg+xml"
    drawn = ElementTree.fromstring(answer.content)
    assert drawn.tag.endswith("svg")
    assert not [one for one in drawn.iter() if one.tag.endswith(("script", "style", "image", "foreignObject"))]


def _figure(desk, name, language="ja"):
    told = reader(language)
    source = '{% from "chart.html.j2" import chart with context %}{{ chart(brief, name) }}'
    return environment().from_string(source).render(
        brief=_brief(desk, language), name=name, reader=told, say=told.say, theme="auto", link=lambda path, **_: path
    )  # fmt: skip


@pytest.mark.parametrize("name", ["timeline", "tallies", "paths", "coverage"])
def test_the_table_behind_a_chart_has_all_of_it(desk, name):
    chart = next((one for one in _brief(desk, "ja").charts if one.id == name), None)
    shown = ElementTree.fromstring(re.sub(r"<(img|source)([^>]*)>", r"<\1\2/>", _figure(desk, name)) or "<none/>")
    rows = [[("".join(cell.itertext())).strip() for cell in row] for row in shown.iter("tr")]
    if chart is None:
        assert rows == []
        return
    assert rows[0] == [one.label for one in chart.columns]
    assert len(rows) == 1 + len(chart.rows)
    words = [n for n, one in enumerate(chart.columns) if one.sort == "word"]
    assert [[row[n] for n in words] for row in rows[1:]] == [[row.values[n] or "" for n in words] for row in chart.rows]
    for row, told in zip(rows[1:], chart.rows, strict=True):
        assert [cell == "" for cell in row] == [value in (None, "") for value in told.values]
