"""Addresses that need no account.

Below tell/ one tells a story or takes one's name out of one, below do/ one answers a mail about actions, below said/
one reads what was said and done, below rate/ one rates what an organisation sends, below w/ and wall/ a screen shows
its slides.
"""

from django.urls import URLPattern, URLResolver, path, re_path

from improvements.views import (
    answer_opening,
    answering,
    communication_rating,
    said_public,
    story_opening,
    story_public,
    wall,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("tell/lost/", story_opening.story_lost, name="story_lost"),
    re_path(r"^tell/(?P<telling>s\d{1,18})/$", story_public.story_tell_open, name="story_tell_open"),
    re_path(r"^tell/(?P<telling>s\d{1,18})/moments/$", story_public.story_open_moments, name="story_open_moments"),
    re_path(r"^tell/(?P<telling>s\d{1,18})/thanks/(?P<told>[\w:.-]+)/$", story_public.story_told, name="story_told"),
    re_path(r"^tell/(?P<naming>n\d{1,18})/$", story_public.story_name, name="story_name"),
    re_path(r"^tell/(?P<words>[^/]{12,})/?$", story_opening.story_open, name="story_open"),
    re_path(r"^answer/(?P<way>[klr]\d{1,18})/tell/$", story_opening.story_after, name="story_after"),
    path("do/gone/", answer_opening.do_gone, name="do_gone"),
    path("do/mails/<int:mail_id>/", answering.do_page, name="do_page"),
    path("do/mails/<int:mail_id>/<int:action_id>/", answering.do_answer, name="do_answer"),
    path("do/mails/<int:mail_id>/stop/", answering.do_stop, name="do_stop"),
    re_path(r"^do/(?P<token>[\w-]{43})/$", answer_opening.do_open, name="do_open"),
    path("said/gone/", said_public.said_gone, name="said_gone"),
    path("said/pages/<int:said_link_id>/", said_public.said_public, name="said_public"),
    re_path(r"^said/(?P<token>[\w-]{43})/$", said_public.said_open, name="said_open"),
    path("rate/lost/", communication_rating.rate_lost, name="rate_lost"),
    re_path(r"^rate/(?P<survey>c\d{1,18})/$", communication_rating.rate_page, name="rate_page"),
    re_path(r"^rate/(?P<words>[^/]{12,})/?$", communication_rating.rate_open, name="rate_open"),
    path("wall/gone/", wall.wall_gone, name="wall_gone"),
    path("wall/wait/", wall.wall_wait, name="wall_wait"),
    path("wall/<int:display_id>/", wall.wall_page, name="wall_page"),
    path("wall/<int:display_id>/slides/", wall.wall_content, name="wall_content"),
    re_path(r"^w/(?P<token>[\w-]{43}|\w{4}-?\w{4}-?\w{4})/?$", wall.wall_open, name="wall_open"),
]
