"""Prints the OpenAPI document: `python -m veripo_trainer.service.openapi > openapi.json`.

What travels as NDJSON (events, and the lines of data files) is in the components too, so that the studio's types of them
come from here and nowhere else.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pydantic.json_schema import models_json_schema

from veripo_trainer.contract import Demonstration, Pair, Question, event_adapter
from veripo_trainer.service.app import create_app
from veripo_trainer.service.config import Config
from veripo_trainer.service.trainer import Trainer

_REFERENCE = "#/components/schemas/{model}"


def openapi_text() -> str:
    """The document as it is committed."""
    nowhere = Path("/nonexistent")
    document: dict[str, Any] = create_app(Trainer(Config(data=nowhere, token="-", models=nowhere))).openapi()
    event = event_adapter.json_schema(ref_template=_REFERENCE, mode="serialization")
    lines = [(model, "validation") for model in (Question, Demonstration, Pair)]
    _, data = models_json_schema(lines, ref_template=_REFERENCE)  # type: ignore[arg-type]
    schemas = document["components"]["schemas"]
    schemas |= data["$defs"] | event.pop("$defs") | {"Event": event}
    for schema in schemas.values():
        # A tag has a default in Python only; without it nobody can tell the members of a union apart.
        tags = [name for name, field in schema.get("properties", {}).items() if "const" in field]
        if tags:
            schema["required"] = sorted({*schema.get("required", []), *tags})
    stream = document["paths"]["/v1/jobs/{job_id}/events"]["get"]["responses"]["200"]
    stream["content"] = {"application/x-ndjson": {"schema": {"$ref": _REFERENCE.format(model="Event")}}}
    document["components"]["schemas"] = dict(sorted(schemas.items()))
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(openapi_text())
