"""The URLs of staff, approvals, cover, authorities and one's own account; and of allauth's pages, only those needed."""

from allauth.account import views as account
from django.urls import path, re_path

from wellplaced.people import views
from wellplaced.people.access import open_to_all, signed_in

app_name = "people"

urlpatterns = [
    path("account", views.account, name="account"),
    path("account/who-may-do-what", views.rights, name="rights"),
    path("account/typed", views.typed, name="typed"),
    path("account/typed/<str:key>/discard", views.discard_typed, name="discard_typed"),
]

# allauth finds its pages by these names; signing up, changing the email and everything else of it stays closed
account_urlpatterns = [
    path("login/", open_to_all(account.login), name="account_login"),
    path("logout/", open_to_all(account.logout), name="account_logout"),
    path("inactive/", open_to_all(account.account_inactive), name="account_inactive"),
    path("password/change/", signed_in(account.password_change), name="account_change_password"),
    path("password/reset/", open_to_all(account.password_reset), name="account_reset_password"),
    path("password/reset/done/", open_to_all(account.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        open_to_all(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        open_to_all(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
]
