"""Addresses that need no account: below tell/ one tells a story, or takes one's name out of one."""

from django.urls import URLPattern, URLResolver, path, re_path

from improvements.views import story_opening, story_public

urlpatterns: list[URLPattern | URLResolver] = [
    path("tell/lost/", story_opening.story_lost, name="story_lost"),
    path("tell/wait/", story_opening.story_wait, name="story_wait"),
    re_path(r"^tell/(?P<telling>s\d{1,18})/$", story_public.story_tell_open, name="story_tell_open"),
    re_path(r"^tell/(?P<telling>s\d{1,18})/moments/$", story_public.story_open_moments, name="story_open_moments"),
    re_path(r"^tell/(?P<telling>s\d{1,18})/thanks/(?P<told>[\w:.-]+)/$", story_public.story_told, name="story_told"),
    re_path(r"^tell/(?P<naming>n\d{1,18})/$", story_public.story_name, name="story_name"),
    re_path(r"^tell/(?P<words>[^/]{12,})/?$", story_opening.story_open, name="story_open"),
    re_path(r"^answer/(?P<way>[klr]\d{1,18})/tell/$", story_opening.story_after, name="story_after"),
]
