"""The URLs of staff, approvals, cover, authorities and one's own account; and of allauth's pages, only those needed."""

from allauth.account import views as account
from django.urls import path, re_path

from wellplaced.people import views
from wellplaced.people.access import open_to_all

app_name = "people"

urlpatterns = [
    path("staff", views.staff, name="staff"),
    path("staff/add", views.add_person, name="add_person"),
    path("staff/<int:person_id>", views.person, name="person"),
    path("staff/<int:person_id>/change", views.change_person, name="change_person"),
    path("staff/<int:person_id>/roles", views.set_roles, name="set_roles"),
    path("staff/<int:person_id>/end-access", views.deactivate_person, name="deactivate_person"),
    path("staff/<int:person_id>/give-access-back", views.reactivate_person, name="reactivate_person"),
    path("staff/<int:person_id>/send-link", views.send_link, name="send_link"),
    path("staff/<int:person_id>/approve", views.approve, name="approve"),
    path("staff/approvals/<int:approval_id>/correct", views.correct_approval, name="correct_approval"),
    path("staff/approvals/<int:approval_id>/end", views.end_approval, name="end_approval"),
    path("staff/cover", views.cover, name="cover"),
    path("staff/cover/add", views.arrange_cover, name="arrange_cover"),
    path("staff/cover/<int:cover_id>/end", views.end_cover, name="end_cover"),
    path("staff/closure-days", views.closure_days, name="closure_days"),
    path("staff/closure-days/add", views.add_closure_day, name="add_closure_day"),
    path("staff/closure-days/<int:closure_day_id>/remove", views.remove_closure_day, name="remove_closure_day"),
    path("authorities", views.authorities, name="authorities"),
    path("authorities/add", views.add_authority, name="add_authority"),
    path("authorities/<int:authority_id>", views.change_authority, name="change_authority"),
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
    path("password/change/", views.change_password, name="account_change_password"),
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
