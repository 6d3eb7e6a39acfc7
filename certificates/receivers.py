"""News from the ledger: a completion was recorded, so its certificate is issued. And who may make designs."""

from typing import Any

from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from certificates import services
from training.ledger.models import Completion
from training.ledger.signals import completion_recorded

REVIEWERS = "Content reviewers"  # the group that the room of courses keeps (courses/editors.py)
DESIGNS = ("add_design", "view_design")


@receiver(completion_recorded, dispatch_uid="certificates.issue")
def issue_certificate(sender: type[Completion], completion: Completion, **more: Any) -> None:
    """Issue it, once however often the news comes; nothing of what was voided in the meantime."""
    services.issue_all([completion])


@receiver(post_migrate, dispatch_uid="certificates.designs")
def let_reviewers_make_designs(sender: Any, **more: Any) -> None:
    """Those who publish content add designs and look at them. Each version is frozen: nobody changes or deletes one."""
    if sender.name == "certificates":
        create_permissions(sender, verbosity=0)  # Django makes them after us
        designs = Permission.objects.filter(content_type__app_label="certificates", codename__in=DESIGNS)
        for group in Group.objects.filter(name=REVIEWERS):
            group.permissions.add(*designs)
