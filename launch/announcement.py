"""When the web process answers, and what the person at the terminal is told then."""

import asyncio
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from launch import SetupError
from launch.options import Options, is_private, public_url

READY_SECONDS = 60
ASK_SECONDS = 0.1
DEMO_RECORD = "demo_loaded"


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


def announcement(options: Options) -> str:
    lines = ["", f"Moments of truth is ready at {public_url(options)}"]
    record = options.data / DEMO_RECORD
    if options.demo and is_private(options) and record.exists() and record.read_text():
        lines += ["The demo organisation's people:", record.read_text()]
    return "\n".join([*lines, "Ctrl-C ends it.", ""])
