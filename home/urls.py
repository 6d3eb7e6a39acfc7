"""Addresses of the front door."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.front, name="home"),
    path("support/", views.support, name="support"),
    path("pathway/", views.pathway, name="pathway"),
]
