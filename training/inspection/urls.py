"""Addresses of packs and of audits."""

from django.urls import path

from .views import foi

urlpatterns = [
    path("board/<str:code>/foi/", foi.foi_pack, name="foi-pack"),
    path("board/<str:code>/foi/ask/", foi.foi_pack_ask, name="foi-pack-ask"),
    path("board/<str:code>/foi/pack.zip", foi.foi_pack_file, name="foi-pack-file"),
]
