"""The API as OpenAPI, in the text that is kept beside the code."""

import json
from pathlib import Path

from . import api

SNAPSHOT = Path(__file__).parent / "openapi.json"


def snapshot() -> str:
    """The schema of all doors, in a stable order."""
    schema = api.get_openapi_schema(path_prefix="/api/v1")
    return json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
