"""When the web process answers, and what the person at the terminal is told then."""

import asyncio
import subprocess
import sys
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from launch import ROOT, SetupError
from launch.options import Options, public_url

READY_SECONDS = 60
ASK_SECONDS = 0.1


async def until_web_answers(options: Options) -> None:
    host = urlsplit(public_url(options)).netloc
    for _ in range(int(READY_SECONDS / ASK_SECONDS)):
        if await asyncio.to_thread(web_answers, options.address, host):
            return
        await asyncio.sleep(ASK_SECONDS)
    raise SetupError(f"The web process did not answer within {READY_SECONDS} s; its words above say why.")


def web_answers(address: str, host: str) -> bool:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=2)
    try:
        connection.request("GET", "/health/live/", headers={"Host": host})
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def announcement(options: Options, environment: Mapping[str, str]) -> str:
    lines = ["", f"Moments of truth is ready at {public_url(options)}"]
    if environment["DEMO"] == "1":
        lines += sign_ins(environment)
    return "\n".join([*lines, "Ctrl-C ends it.", ""])


def sign_ins(environment: Mapping[str, str]) -> list[str]:
    command = [sys.executable, "manage.py", "load_demo", "--sign-ins"]
    told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    return ["Sign in to the demo organisation as", *told.stdout.splitlines()] if told.stdout.strip() else []
