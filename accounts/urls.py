from django.urls import path, re_path

from accounts.views import home, invitations, notifications, organisations

urlpatterns = [
    path("", home.home, name="home"),
    path("accounts/profile/", home.profile_edit, name="profile_edit"),
    path("accounts/notifications/", notifications.notification_list, name="notification_list"),
    path("organisations/new/", organisations.organisation_create, name="organisation_create"),
    path("invitations/accept/", invitations.invitation_accept, name="invitation_accept"),
    re_path(r"^invitations/(?P<token>[\w-]{43})/$", invitations.invitation_open, name="invitation_open"),
]
