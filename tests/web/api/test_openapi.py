"""What OpenAPI says of the API is so: by its own answers, and by what schemathesis makes up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from foreshock.model import Claim, Damage, Document, Figure, Holder, Incident
from foreshock.web.api.openapi import openapi

SPEC = openapi()
OPERATIONS = [
    (method, path, operation) for path, methods in SPEC["paths"].items() for method, operation in methods.items()
]  # fmt: skip
GETS = [path for method, path, _ in OPERATIONS if method == "get"]
ASKED = {"/api/v1/weighing": "?country=KAZ", "/api/v1/precedents": "?country=KAZ", "/api/v1/brief": "?as_of=2022-01-03"}


def refs(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (one for key, one in value.items() if key == "$ref")
        for one in value.values():
            yield from refs(one)
    elif isinstance(value, list):
        for one in value:
            yield from refs(one)


def test_it_is_openapi_31_and_whole(client: TestClient) -> None:
    answer = client.get("/api/openapi.json")
    assert answer.json() == SPEC
    assert SPEC["openapi"].startswith("3.1")
    known = {f"#/components/schemas/{name}" for name in SPEC["components"]["schemas"]}
    assert set(refs(SPEC)) <= known
    names = [operation["operationId"] for _, _, operation in OPERATIONS]
    assert len(set(names)) == len(names) >= 27


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=[one["operationId"] for *_, one in OPERATIONS])
def test_every_operation_is_described(method: str, path: str, operation: dict[str, Any]) -> None:
    assert operation["description"]
    assert path.startswith("/api/v1/")
    good = operation["responses"]["201" if method == "post" else "200"]
    assert good["content"]
    for status, one in operation["responses"].items():
        if int(status) >= 400:
            assert list(one["content"]) == ["application/problem+json"]
    for one in operation.get("parameters", ()):
        assert one["name"].isidentifier()


@pytest.mark.parametrize("record", [Claim, Document, Figure, Holder, Incident, Damage])
def test_a_schema_has_the_fields_of_its_record(record: Any) -> None:
    schema = SPEC["components"]["schemas"]["DocumentWithText" if record is Document else record.__name__]
    own = set(record.__dataclass_fields__)
    beside = {"length", "claim_ids"} if record is Document else set()
    assert set(schema["properties"]) == own | beside == set(schema["required"])


def validated(path: str, value: Any) -> None:
    from jsonschema import Draft202012Validator

    content = SPEC["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    Draft202012Validator({**content, "components": SPEC["components"]}).validate(value)


@pytest.mark.parametrize("path", [path for path in GETS if "{" not in path])
def test_a_list_is_as_it_is_described(client: TestClient, path: str) -> None:
    answer = client.get(path + ASKED.get(path, ""))
    assert answer.status_code == 200, answer.text
    validated(path, answer.json())
    assert "unofficial" in (answer.json().get("notice") or answer.json()["item"]["notice"])


@pytest.mark.parametrize("path", [path for path in GETS if "{" in path and not path.endswith("/text")])
def test_one_record_is_as_it_is_described(client: TestClient, path: str, first: Callable[[str], str]) -> None:
    kinds = ("claim", "incident", "dispute", "condition") if "{kind}" in path else ("",)
    for kind in kinds:
        name = kind or next(part for part in path.split("/") if part.startswith("{")).strip("{}").removesuffix("_id")
        own = first("document" if name == "document" else name)
        address = path.replace("{kind}", kind).replace("{record_id}", own).replace(f"{{{name}_id}}", own)
        answer = client.get(address)
        assert answer.status_code == 200, answer.text
        validated(path, answer.json())


def test_the_page_for_people_tells_every_operation(client: TestClient) -> None:
    page = client.get("/api").text
    assert all(f"{path}</code>" in page for path in SPEC["paths"])
    assert "<script>" not in page


@pytest.mark.parametrize("fits", [True, False], ids=["what fits", "what does not fit"])
def test_nothing_that_is_made_up_breaks_the_api(client: TestClient, fits: bool) -> None:
    import schemathesis
    from hypothesis import HealthCheck, Phase, given, seed, settings
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi import checks

    kept = [not_a_server_error, checks.status_code_conformance, checks.content_type_conformance]
    kept += [checks.response_schema_conformance, checks.response_headers_conformance]
    kept += [] if fits else [checks.negative_data_rejection]
    mode = schemathesis.GenerationMode.POSITIVE if fits else schemathesis.GenerationMode.NEGATIVE
    # A brief, a weighing and precedents of a made-up moment cost seconds each; they are asked by hand above.
    schema = schemathesis.openapi.from_dict(SPEC).exclude(path_regex="brief|weighing|precedents")
    statuses: Counter[int] = Counter()
    for found in schema.get_all_operations():
        operation = found.ok()
        if not fits and not DECLARED[operation.path] and operation.body.items == []:
            continue  # nothing can be wrong where nothing is asked

        @seed(7)
        @settings(max_examples=3, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(mode))
        def ask(case: Any) -> None:
            if fits and "as_of" in DECLARED[case.operation.path]:
                case.query["as_of"] = "2022-01-03"  # of each made-up moment a picture would be made
            sent = case.as_transport_kwargs(base_url="http://127.0.0.1:8642")
            sent = {key: value for key, value in sent.items() if key in USED}
            answer = client.request(**sent)
            statuses[answer.status_code] += 1
            case.validate_response(answer, checks=kept)

        ask()
    assert statuses.total() > 50
    assert statuses[200 if fits else 422] > 20, statuses


USED = frozenset({"method", "url", "params", "headers", "json", "content"})
DECLARED = {path: {one["name"] for one in operation.get("parameters", ())} for _, path, operation in OPERATIONS}
