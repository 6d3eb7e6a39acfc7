"""Every template compiles, and none carries an inline script, style or handler."""

import re
from pathlib import Path

import pytest
from django.template import engines

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(
    path
    for room in ("training", "courses", "certificates", "champions", "home")
    for path in (ROOT / room).rglob("templates/**/*.html")
)
# Documents that are printed, not served as pages, bring their own style.
PRINTED = {"certificates/print"}
INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_compiles_and_has_nothing_inline(path):
    source = path.read_text()
    engines["django"].from_string(source)
    if not any(str(path.parent).endswith(part) for part in PRINTED):
        assert INLINE.findall(source) == []


def test_a_template_stays_a_whole_thought():
    assert [(path.name, count) for path in TEMPLATES if (count := path.read_text().count("\n")) > 200] == []
