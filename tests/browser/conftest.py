"""The whole product as a person starts it, and a browser in front of it that reports every complaint."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from time import sleep

import psutil
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, expect

from launch.preflight import free_port
from launch.programs import find_chromium

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 240  # beside much other work; a start that fails ends at once
PASSWORD, HOME, LANDING = "moments-of-truth", "/northern-air/journeys/", "/northern-air/"
SIGNED_IN_BY_HAND: set[str] = set()  # roles
expect.set_options(timeout=15_000)  # two browsers share a small machine; what has to be quicker says so itself
CSP_REPORTER = """
window.cspReports = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.cspReports.push(`${event.effectiveDirective}: ${event.blockedURI}`));
"""


@dataclass
class Product:
    """A running product with the demo organisation. `said`: its words so far."""

    address: str
    process: subprocess.Popen
    said: list[str] = field(default_factory=list)

    @contextmanager
    def resting_workers(self) -> Iterator[None]:
        """Nothing is taken off the queue meanwhile."""
        processes = psutil.Process(self.process.pid).children(recursive=True)
        workers = [process for process in processes if process.cmdline()[-2:] == ["manage.py", "work"]]
        assert workers
        for worker in workers:
            worker.suspend()
        try:
            yield
        finally:
            for worker in workers:
                worker.resume()


@pytest.fixture(scope="session")
def product(tmp_path_factory) -> Iterator[Product]:
    """bin/run's own start with an empty data folder; ended by SIGTERM, after which no process may be left."""
    port, data = free_port(), tmp_path_factory.mktemp("data")
    command = [sys.executable, "-P", "-m", "launch", "--port", str(port), "--data", str(data)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "DATA_DIR"))}
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    running = Product(f"http://127.0.0.1:{port}", process)
    Thread(target=_listen, args=(running,), daemon=True).start()
    try:
        _wait_for(running, "Ctrl-C ends it.")
        yield running
    finally:
        children = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        process.stdout.close()
        _, left = psutil.wait_procs(children, timeout=10)
        assert left == []


def _listen(running: Product) -> None:
    with suppress(ValueError):  # closed at the end
        for line in running.process.stdout:
            running.said.append(line.rstrip())


def _wait_for(running: Product, words: str) -> None:
    for _ in range(START_SECONDS * 10):
        if any(words in line for line in running.said):
            return
        if running.process.poll() is not None:
            break
        sleep(0.1)
    raise AssertionError("The product did not start:\n" + "\n".join(running.said))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    return {
        "executable_path": os.environ.get("CHROMIUM") or find_chromium(),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args(product: Product) -> dict:
    return {"base_url": product.address, "viewport": {"width": 1440, "height": 900}, "locale": "en-US"}


@dataclass
class Complaints:
    """What the browser had to say against a page: script errors, console errors, blocked contents."""

    page: Page
    expected: tuple[str, ...] = ()
    heard: list[str] = field(default_factory=list)

    def hear(self, message: ConsoleMessage) -> None:
        is_expected = any(words in message.text for words in self.expected)
        if message.type == "error" and not is_expected:
            self.heard.append(f"{self.page.url}: {message.text}")

    def all(self) -> list[str]:
        return self.heard + [f"{self.page.url}: {report}" for report in self.page.evaluate("window.cspReports")]


def listen_to(page: Page, expected: tuple[str, ...] = ()) -> Complaints:
    """From now on every complaint about this page is written down; one that says an `expected` word is none."""
    complaints = Complaints(page, expected)
    page.add_init_script(CSP_REPORTER)
    page.on("console", complaints.hear)
    page.on("pageerror", lambda error: complaints.heard.append(f"{page.url}: {error}"))
    return complaints


@pytest.fixture
def page(page: Page, request) -> Iterator[Page]:
    """A page that fails its test where the browser complained about it."""
    marker = request.node.get_closest_marker("expects_complaint")
    complaints = listen_to(page, marker.args if marker else ())
    yield page
    assert complaints.all() == []


def sign_in(page: Page, role: str) -> None:
    """As one of the demo organisation's people: by hand the first time in a run, then without opening the form."""
    if role not in SIGNED_IN_BY_HAND:
        SIGNED_IN_BY_HAND.add(role)
        _sign_in_by_hand(page, role)
    else:
        request, address = page.context.request, "/accounts/login/"
        request.get(address)
        token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "csrf")
        form = {"login": f"{role}@demo.example", "password": PASSWORD, "csrfmiddlewaretoken": token}
        assert request.post(address, form=form).url.endswith(LANDING)
        page.goto(HOME)


def _sign_in_by_hand(page: Page, role: str) -> None:
    page.goto("/accounts/login/")
    assert_accessible(page)
    page.get_by_label("E-mail").fill(f"{role}@demo.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**{LANDING}")
    page.goto(HOME)


def assert_accessible(page: Page, *, has_menu_open: bool = False) -> None:
    """axe finds nothing on the page as it stands. has_menu_open: what it covers may be too small to click meanwhile."""
    page.wait_for_load_state()
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
    if has_menu_open:
        options["rules"] = {"target-size": {"enabled": False}}
    found = Axe().run(page, options=options)
    problems = [
        f"{rule['id']}: {node['html'][:160]} {node['failureSummary']}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]
    assert problems == [], f"{page.url}: " + "\n".join(problems)
