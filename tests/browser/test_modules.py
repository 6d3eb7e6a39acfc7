"""`make screens`: every lesson of every packaged module, unfolded, without barriers and in pictures."""

import re

import pytest

from courses.content.schema import read_course
from tests.browser.conftest import fits
from tests.browser.pages import LENA
from tests.browser.test_screens import take
from tests.courses.test_packaged_courses import NAMES

pytestmark = pytest.mark.screens
UNFOLD = "document.querySelectorAll('main details').forEach(folded => folded.open = true)"


@pytest.mark.parametrize("name", NAMES)
def test_every_lesson_can_be_read_by_everyone(sign_in, no_barriers, name):
    course = read_course(name)
    page = sign_in(LENA)
    page.goto(f"/learning/{course.slug}/")
    page.get_by_role("button", name=re.compile("^(Start|Go on)")).first.click()
    for lesson in course.lessons:
        page.goto(f"/learning/{course.slug}/{lesson.slug}/")
        page.evaluate(UNFOLD)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert fits(page), f"{page.url} scrolls sideways at {width} px"
            no_barriers(page)
        take(page, f"{name}-{lesson.slug}")
