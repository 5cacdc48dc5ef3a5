"""The messages in `fixtures/trainer`, which the studio's own tests read as well."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from veripo_trainer import contract
from veripo_trainer.service import messages
from veripo_trainer.service.openapi import openapi_text

TRAINER = Path(__file__).parents[2]
FIXTURES = TRAINER.parent / "fixtures" / "trainer"
Case = dict[str, Any]


def cases(file: str, group: str) -> list[Any]:
    found = json.loads((FIXTURES / file).read_text(encoding="utf-8"))[group]
    return [pytest.param(file, case, id=f"{file}: {case['name']}") for case in found]


def adapter(file: str, case: Case) -> TypeAdapter[Any]:
    match file:
        case "jobs.json":
            return contract.job_adapter
        case "events.json":
            return contract.event_adapter
        case "lines.json":
            return TypeAdapter(getattr(contract, case["model"]))
    return TypeAdapter(getattr(messages, case["model"]))


@pytest.mark.parametrize(
    ("file", "case"),
    [*cases("jobs.json", "accepted"), *cases("lines.json", "accepted")],
)
def test_what_is_sent_is_understood(file: str, case: Case) -> None:
    message = adapter(file, case).validate_json(json.dumps(case["value"]))
    told = json.loads(message.model_dump_json(by_alias=True))
    assert_contains(told, case["value"])


@pytest.mark.parametrize(("file", "case"), [*cases("events.json", "accepted"), *cases("answers.json", "cases")])
def test_what_is_told_is_told_whole(file: str, case: Case) -> None:
    """Every field is in the fixture, so that a new one is added there, where the studio sees it."""
    message = adapter(file, case).validate_json(json.dumps(case["value"]))
    assert json.loads(message.model_dump_json(by_alias=True)) == case["value"]


@pytest.mark.parametrize(
    ("file", "case"),
    [*cases("jobs.json", "refused"), *cases("events.json", "refused"), *cases("lines.json", "refused")],
)
def test_what_is_wrong_is_refused_by_name(file: str, case: Case) -> None:
    with pytest.raises(ValidationError) as caught:
        adapter(file, case).validate_json(json.dumps(case["value"]))
    assert case["error"] in str(caught.value)


def test_the_openapi_document_is_current() -> None:
    """After a change: `python -m veripo_trainer.service.openapi > openapi.json`."""
    assert (TRAINER / "openapi.json").read_text(encoding="utf-8") == openapi_text()


def test_every_reference_of_the_document_leads_somewhere() -> None:
    document = json.loads(openapi_text())
    schemas = document["components"]["schemas"]
    references = [part.split('"')[0] for part in openapi_text().split('"$ref": "')[1:]]
    assert {reference.rpartition("/")[2] for reference in references} <= set(schemas)
    assert {"Event", "RolloutEvent", "Question", "Demonstration", "Pair", "GrpoSettings", "Failure"} <= set(schemas)


def assert_contains(told: object, sent: object) -> None:
    """What was sent is in what was understood; secrets are starred and defaults are added."""
    if isinstance(sent, dict):
        assert isinstance(told, dict)
        for name, value in sent.items():
            if name == "token":
                assert told[name] == "**********"
            else:
                assert_contains(told[name], value)
    else:
        assert told == sent
