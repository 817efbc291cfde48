"""What the real server gives: requests a second on my work, and the memory of its processes."""

import http.client
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from django.conf import settings

from bench.pages import client_of

PORT = 8997
SECONDS = 8
CALLERS = 8


def measure() -> None:
    """Start the server, ask it from several threads for some seconds, stop it; print the outcome."""
    cookie = _session()
    command = [sys.executable, "-m", "wellplaced", "serve", "--web-only"]
    environment = {**os.environ, "PORT": str(PORT), "DJANGO_SETTINGS_MODULE": "wellplaced.config.settings"}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        for line in server.stdout:
            if "Wellplaced is at" in line:
                break
        served = _ask(cookie)
        print(f"Through the server ({CALLERS} callers): my work {served / SECONDS:.0f} requests/s, ", end="")
        print(f"{_memory(server.pid) / 1024:.0f} MB in all its processes.\n", flush=True)
    finally:
        server.terminate()
        server.wait(timeout=30)


def _session() -> str:
    client = client_of("officer1")
    client.get("/")
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def _ask(cookie: str) -> int:
    counts = [0] * CALLERS
    until = time.monotonic() + SECONDS

    def call(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        while time.monotonic() < until:
            connection.request("GET", "/", headers={"Cookie": cookie})
            response = connection.getresponse()
            response.read()
            if response.status != 200:
                raise SystemExit(f"the server answered {response.status}")
            counts[number] += 1

    threads = [threading.Thread(target=call, args=(number,)) for number in range(CALLERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts)


def _memory(pid: int) -> int:
    """Proportional memory in kB of a process and its children (Linux)."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) + sum(_memory(int(child)) for child in children)
    return 0
