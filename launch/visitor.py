"""A visitor without a browser: opens pages, fills in the forms found there, keeps cookies."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

PATIENCE_SECONDS = 30


@dataclass
class Form:
    """A form's address and what it would send if left as it is."""

    action: str
    values: dict[str, str] = field(default_factory=dict)


class Page(HTMLParser):
    """The forms and links of one page."""

    def __init__(self, url: str, body: bytes) -> None:
        super().__init__()
        self.url, self.body = url, body
        self.forms: list[Form] = []
        self.paths: list[str] = []
        self._select = ""
        self.feed(body.decode(errors="replace"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.paths.append(urlsplit(urljoin(self.url, given.get("href", ""))).path)
        elif tag == "form":
            self.forms.append(Form(urlsplit(urljoin(self.url, given.get("action", ""))).path))
        elif self.forms:
            self._read_field(tag, given, self.forms[-1].values)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""

    def _read_field(self, tag: str, given: dict[str, str], values: dict[str, str]) -> None:
        """A control's value; the first or the selected one of several."""
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in given or self._select not in values):
            values[self._select] = value
        elif tag == "input" and name and (given.get("type") not in ("radio", "checkbox") or "checked" in given):
            values[name] = value


class Visitor:
    """Talks to one host, and raises urllib's HTTPError where the answer is not a good one."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))

    def open(self, path: str, values: dict[str, str] | None = None) -> Page:
        url = urljoin(self.address, path)
        body = urlencode(values).encode() if values is not None else None
        request = Request(url, body, {"Referer": url})  # noqa: S310  (the address is bin/run's own)
        with self.opener.open(request, timeout=PATIENCE_SECONDS) as answer:
            return Page(answer.url, answer.read())

    def submit(self, page: Page, **values: str) -> Page:
        """Send the page's form that asks for these values, with them put in. Raises LookupError where none does."""
        form = next((form for form in page.forms if values.keys() <= form.values.keys()), None)
        if form is None:
            raise LookupError(f"{page.url} has no form that asks for {', '.join(values)}")
        return self.open(form.action, {**form.values, **values})
