from django.urls import URLPattern, URLResolver, path

from improvements.views import displays

urlpatterns: list[URLPattern | URLResolver] = [
    path("displays/", displays.display_list, name="display_list"),
    path("displays/new/", displays.display_create, name="display_create"),
    path("displays/<int:display_id>/", displays.display_edit, name="display_edit"),
    path("displays/<int:display_id>/look/", displays.display_look, name="display_look"),
    path("displays/<int:display_id>/revoke/", displays.display_revoke, name="display_revoke"),
]
