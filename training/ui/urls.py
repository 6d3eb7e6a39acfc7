"""Addresses of the look: the gallery"""

from django.urls import path

from training.ui import views

urlpatterns = [path("", views.gallery, name="ui-gallery")]
