from django.urls import URLPattern, URLResolver, path

from improvements.views import action_board, action_form, action_page, action_pictures, owner_mails, said

urlpatterns: list[URLPattern | URLResolver] = [
    path("actions/", action_board.action_board, name="action_board"),
    path("actions/owners/", action_board.action_list, name="action_list"),
    path("actions/picture/", action_pictures.action_picture, name="action_picture"),
    path("actions/export/", action_pictures.actions_export, name="actions_export"),
    path("actions/mails/", owner_mails.action_mails, name="action_mails"),
    path("actions/new/", action_form.action_create, name="action_create"),
    path("actions/<int:action_id>/", action_page.action_page, name="action_page"),
    path("actions/<int:action_id>/edit/", action_form.action_edit, name="action_edit"),
    path("actions/<int:action_id>/move/", action_board.action_move, name="action_move"),
    path("actions/<int:action_id>/done/", action_page.action_done, name="action_done"),
    path("actions/<int:action_id>/drop/", action_page.action_drop, name="action_drop"),
    path("actions/<int:action_id>/delete/", action_page.action_delete, name="action_delete"),
    path("actions/<int:action_id>/tell/", said.said_tell, name="said_tell"),
    path("actions/steps/<int:action_event_id>/undo/", action_board.action_undo, name="action_undo"),
    path("said-and-done/", said.said_page, name="said_page"),
    path("said-and-done/links/", said.said_link_make, name="said_link_make"),
    path("said-and-done/links/<int:said_link_id>/revoke/", said.said_link_revoke, name="said_link_revoke"),
]
