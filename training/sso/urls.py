"""Addresses of signing in: those of allauth's pages that somebody needs, under the names allauth knows."""

from allauth.account import views as allauth
from django.urls import path

from . import views

urlpatterns = [
    # One page under two of allauth's names: signing in begins with a code
    path("login/", allauth.request_login_code, name="account_login"),
    path("login/", allauth.request_login_code, name="account_request_login_code"),
    path("login/code/", views.enter_code, name="account_confirm_login_code"),
    path("login/password/", allauth.login, name="account_login_by_password"),
    path("logout/", allauth.logout, name="account_logout"),
    path("signup/", allauth.signup, name="account_signup"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("password/change/", allauth.password_change, name="account_change_password"),
    path("password/set/", allauth.password_set, name="account_set_password"),
    path("password/reset/", allauth.password_reset, name="account_reset_password"),
    path("password/reset/code/", allauth.confirm_password_reset_code, name="account_confirm_password_reset_code"),
    path("password/reset/new/", allauth.complete_password_reset, name="account_complete_password_reset"),
    path("password/reset/done/", allauth.password_reset_from_key_done, name="account_password_reset_completed"),
    path("address/", views.change_address, name="change_address"),
    path("address/code/", views.change_address_code, name="change_address_code"),
    path("connect/", views.connect, name="connect"),
    path("connect/code/", views.connect_code, name="connect_code"),
]
