"""Everything that comes with the program: courses in full, and a page for each module that is not done online."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from courses.content import schema
from courses.content.held import read_held
from training.pathways.models import Module
from training.people.models import Partnership

from .held import load_held
from .loading import Loaded, load_course


def load_packaged(partnership: Partnership, *, at: datetime) -> Iterator[Loaded]:
    """Load what the partnership has modules for, one after another; what is there already is left alone."""
    modules = Module.objects.filter(pathway__partnership=partnership).select_related("pathway__partnership")
    by_code = {module.code: module for module in modules}
    for path in sorted(Path(schema.__file__).parent.glob("*.yaml")):
        text = schema.read_course(path.stem)
        if text.module in by_code:
            yield load_course(text, partnership=partnership, at=at)
    held = read_held()
    for code in held.modules:
        if code in by_code and (loaded := load_held(by_code[code], held, at=at)):
            yield loaded
