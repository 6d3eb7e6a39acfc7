"""Addresses of the notices: the mailbox, in the demo alone."""

from django.conf import settings
from django.urls import path

from . import views

urlpatterns = [path("mailbox/", views.mailbox, name="mailbox")] if settings.IS_DEMO else []
