from django.urls import path

from accounts.views import organisations, people

urlpatterns = [
    path("settings/", organisations.organisation_edit, name="organisation_edit"),
    path("people/", people.member_list, name="member_list"),
    path("people/leave/", people.member_leave, name="member_leave"),
    path("people/<int:membership_id>/role/", people.member_change, name="member_change"),
    path("people/<int:membership_id>/remove/", people.member_remove, name="member_remove"),
    path("people/invite/", people.invitation_add, name="invitation_add"),
    path("people/invitations/<int:invitation_id>/resend/", people.invitation_resend, name="invitation_resend"),
    path("people/invitations/<int:invitation_id>/withdraw/", people.invitation_withdraw, name="invitation_withdraw"),
]
