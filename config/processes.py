"""How the product's processes are started, in one place for bin/run, the containers and the tests.

Signal a worker itself, not its process group: on SIGTERM it ends what it is at and leaves, at once when idle.
"""

import sys

MANAGE = (sys.executable, "manage.py")

# One job at a time a worker; start more workers for more. Gossip, mingle and heartbeats are talk between workers that
# nobody listens to, and in the folder broker each is a queue that is polled ten times a second.
WORKER = (
    *(sys.executable, "-m", "celery", "--app", "config", "worker", "--pool", "prefork", "--concurrency", "1"),
    *("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "INFO"),
)
SWEEPER = (*MANAGE, "sweep")
