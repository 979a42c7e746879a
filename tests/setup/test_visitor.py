from launch.visitor import Form, Page

PAGE = b"""
<a href="/a/file?x=1">file</a> <a href="more/">more</a>
<form action="/sign-out/"><input type="hidden" name="token" value="t1"></form>
<form action="">
  <input name="title" value="A trip"> <input name="empty"> <input value="nameless">
  <input type="radio" name="size" value="A4"> <input type="radio" name="size" value="A3" checked>
  <input type="checkbox" name="grey" value="yes">
  <select name="language"><option value="en">English</option><option value="sv">Svenska</option></select>
  <select name="level"><option value="1">1</option><option value="2" selected>2</option></select>
</form>
"""


def test_page_gives_its_links_as_paths():
    assert Page("http://127.0.0.1:8000/here/", PAGE).paths == ["/a/file", "/here/more/"]


def test_page_gives_what_its_forms_would_send_as_they_are():
    assert Page("http://127.0.0.1:8000/here/", PAGE).forms == [
        Form("/sign-out/", {"token": "t1"}),
        Form("/here/", {"title": "A trip", "empty": "", "size": "A3", "language": "en", "level": "2"}),
    ]
