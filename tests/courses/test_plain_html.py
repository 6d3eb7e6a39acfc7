"""The HTML of a course: nothing that a browser reads otherwise than we do."""

import pytest

from courses.content.plain_html import plain_html


@pytest.mark.parametrize(
    "html",
    [
        "<p>x</p><!--><script>alert(1)</script>-->",
        "<p>x</p><!DOCTYPE html>",
        "<p>x</p><?php echo 1 ?>",
        "<p onclick=x>x</p>",
        '<a href="javascript:alert(1)">x</a>',
    ],
)
def test_what_could_run_is_refused(html):
    with pytest.raises(ValueError, match="not allowed|must begin"):
        plain_html(html)


def test_plain_words_pass():
    assert plain_html('<p>See <a href="https://example.org">this</a>.</p>')
