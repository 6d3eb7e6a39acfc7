"""The API's document in docs/ is the one the code makes."""

import json
from pathlib import Path

from training.api import api

ROOT = Path(__file__).resolve().parents[2]


def test_the_openapi_document_is_up_to_date():
    made = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    assert json.loads((ROOT / "docs/openapi.json").read_text()) == made, "run `make schema`"
