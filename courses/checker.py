"""Wagtail's accessibility checker with the rules that our own pages are held to."""

from typing import ClassVar

from wagtail.admin.userbar import ContentCheckerItem


class OurChecker(ContentCheckerItem):
    """All of WCAG 2.2 AA that a program can see, and good practice: what `make check` asks of every page of ours."""

    axe_run_only: ClassVar = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
