"""Texts that would like to be more than text, put into every field of a print that somebody can fill."""

from __future__ import annotations

import json
from typing import Any

from tests.reports.poster_inputs import inputs_of
from tests.reports.print_inputs import print_inputs
from tests.reports.report_inputs import leader_inputs, portfolio_inputs
from tests.reports.story_inputs import certificate_inputs, wall_inputs

SECRET = "canary-in-a-coal-mine"
"""The content of a file on this machine that no print may show."""

OURS = {"address", "audience", "channel", "closed_on", "closes_on", "code", "customer_language", "decision", "icon"}
OURS |= {"inputs", "kind", "language", "level", "made_on", "nonce", "on", "opened_on", "paper", "position", "privacy"}
OURS |= {"release", "size", "source", "tiles", "version", "view", "views"}
"""Keys whose texts we choose, not people."""


def addresses(host: str, file: str) -> list[str]:
    """Ways to ask for a host that listens and for a file that stands here."""
    return [
        f'<img src="{host}/a.png"><img src="file://{file}">',
        f'<link rel="stylesheet" href="{host}/a.css"><link rel="attachment" href="file://{file}">',
        f"<style>@import url({host}/b.css); @font-face {{ font-family: Inter; src: url({host}/f.woff2) }}</style>",
        f"</p><p style=\"background: url('{host}/c.png'); content: url(file://{file})\">",
        f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{host}/d.png"/><use href="file://{file}#x"/></svg>',
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{file}">]><x>&e;</x>',
        f'<object data="{host}/e.pdf"></object><embed src="file://{file}"><iframe src="{host}/f"></iframe>',
        f'<a href="{host}/g">press</a><meta http-equiv="refresh" content="0; url={host}/h">',
        f"\\\\{host.removeprefix('http://')}\\share {host}/plain data:text/html,<script>alert(1)</script>",
        f"<?xml-stylesheet href='{host}/i.xsl'?><xi:include href='file://{file}' parse='text'/>",
    ]


TEXTS = [
    "</title></style></script>--></textarea>]]>",
    "<h1>50</h1><script>alert(1)</script>",
    "{{ settings.SECRET_KEY }} {% debug %} ${7*7} #{7*7} %(x)s %s {0}",
    '" onmouseover="x" \' onload=\'y',
    "&lt;b&gt; &#65; &amp;amp; &nosuch; &#0; &#xD800;",
    "*{display:none} @page { size: 1mm } \\22 \\3c",
    "(BT /F1 12 Tf ET) endstream endobj << /JS (app.alert) /OpenAction 1 0 R >>",
    "\u202etxt.exe\u202c \u200b\u200d\ufeff",
    "נוצר مرحبا Привет Ελλάδα Łódź 日本語 🎉",
    "Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮",
    "\ud800 half a pair",
    "half a pair \udfff",
    "nul \0 bell \x07 escape \x1b[31m",
    "tab\tnew\nline\r\nreturn",
    "x" * 1_500,
    "x" * 100_000,
    "word " * 5_000,
    "line\n" * 900,
    "line\n" * 20_000,
    "<div>" * 150 + "deep" + "</div>" * 150,
    "<b><i>" * 3_000,
    "[" * 5_000 + "]" * 5_000,
    "",
    "   \n\t ",
    "=HYPERLINK(1)",
    "../../../etc/passwd",
]

KINDS: dict[str, dict[str, Any]] = {
    "poster": inputs_of(3),
    "form": print_inputs(2),
    "table_card": print_inputs(2, kind="table_card", paper="A6"),
    "leader": leader_inputs(),
    "portfolio": portfolio_inputs(),
    "story_wall": wall_inputs(3, title="Ours"),
    "certificate": certificate_inputs(),
}


def texts_for(kind: str) -> list[str]:
    """Each by itself or, as a report takes seconds, the short ones together."""
    if kind not in ("leader", "portfolio"):
        return TEXTS
    short = [text for text in TEXTS if len(text) < 200]
    return [" ".join(short), *(text for text in TEXTS if len(text) >= 200)]


def filled(value: Any, text: str, key: str = "") -> Any:
    """The inputs with the text in every field that people fill."""
    if isinstance(value, dict):
        return {name: filled(inner, text, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, text, key) for inner in value]
    return text if isinstance(value, str) and key not in OURS else value


def frozen(inputs: dict[str, Any]) -> dict[str, Any]:
    """As the database gives them back."""
    kept: dict[str, Any] = json.loads(json.dumps(inputs))
    return kept
