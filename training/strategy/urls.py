"""Addresses of the strategies."""

from django.urls import path

from . import views

urlpatterns = [
    path("strategy/", views.strategies, name="strategies"),
    path("strategy/<slug:pack_id>/", views.strategy, name="strategy"),
]
