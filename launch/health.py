"""python -m launch.health web | database | broker | sweeper ...: exit code 0 where each named part is well.

For containers and process managers. `web` is asked over the network; the others are looked at from here.
"""

import os
import sys
from urllib.parse import urlsplit

from launch.announcement import web_answers
from launch.options import reachable_address


def web() -> bool:
    address = reachable_address(os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000")))
    return web_answers(address, urlsplit(os.environ.get("PUBLIC_URL") or address).netloc)


def look_at(parts: list[str]) -> bool:
    """Parts as health_ready names them. Says what is wrong."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from jobs.health import check_all

    states = check_all()
    sick = [f"{part}: {states[part].words}" for part in parts if not states[part].is_ok]
    print("\n".join(sick) or "ok")
    return not sick


def main(parts: list[str]) -> int:
    return int(not (web() if parts == ["web"] else look_at(parts)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
