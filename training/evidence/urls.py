"""Addresses of training done elsewhere."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
