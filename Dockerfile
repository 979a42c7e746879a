# The same installation as bin/run, on the same Debian, run as an ordinary user.
FROM debian:12-slim

RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates python3 \
    && rm -rf /var/lib/apt/lists/*

ENV DATA_DIR=/data \
    HOST=0.0.0.0 \
    PATH=/app/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1

WORKDIR /app
COPY bin/install bin/_python.sh bin/
COPY launch launch
COPY locks locks
RUN UV_COMPILE_BYTECODE=1 UV_NO_CACHE=1 PIP_NO_CACHE_DIR=1 bin/install app \
    && rm -rf /var/lib/apt/lists/*

COPY . .
RUN useradd --uid 10001 --no-create-home --home-dir /data moments \
    && install -d -o moments -g moments -m 0750 /data

USER moments
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s CMD ["python", "-m", "launch.health", "web"]
CMD ["python", "-m", "launch.processes", "web"]
