from django.urls import URLPattern, URLResolver, path, re_path

from improvements.views import wall

urlpatterns: list[URLPattern | URLResolver] = [
    path("wall/gone/", wall.wall_gone, name="wall_gone"),
    path("wall/wait/", wall.wall_wait, name="wall_wait"),
    path("wall/<int:display_id>/", wall.wall_page, name="wall_page"),
    path("wall/<int:display_id>/slides/", wall.wall_content, name="wall_content"),
    re_path(r"^w/(?P<token>[\w-]{43}|\w{4}-?\w{4}-?\w{4})/?$", wall.wall_open, name="wall_open"),
]
