"""Addresses of the front door."""

from django.urls import path

from . import health, views

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", views.front, name="home"),
    path("support/", views.support, name="support"),
    path("pathway/", views.pathway, name="pathway"),
]
