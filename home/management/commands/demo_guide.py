"""manage.py demo_guide: who can sign in to the demo, and what to open first."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from home.demo.build import world

PAGES = (
    ("/", "the public front door"),
    ("/severnshire/", "what anybody may read of the partnership; Pat edits it under 'Public pages'"),
    ("/learning/", "Amira's learning: finish DA-A1 and open the certificate"),
    ("/agency/SHT/", "Bea's view: who is in date at the hospitals"),
    ("/board/severnshire/", "Col's view: how far the strategy's outcomes are met"),
    ("/mailbox/", "every mail the demo sends, sign-in codes among them"),
)


class Command(BaseCommand):
    """Printed by `make demo` before it serves."""

    help = "Print the cast's logins and the pages to open first."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the guide."""
        out = self.stdout.write
        out("")
        out(f"Training Pathway is at {settings.BASE_URL} (Ctrl+C stops it)")
        out("")
        out("Sign in with one of these addresses; the code arrives in the demo's mailbox page:")
        for member in world()["cast"]:
            out(f"  {member['email']:<52} {member['says']}")
        out("")
        out("Open first:")
        for address, says in PAGES:
            out(f"  {settings.BASE_URL + address:<52} {says}")
        out("")
