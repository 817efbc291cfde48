"""`wellplaced serve`: prepares the database, then runs the web server and the worker until told to stop."""

import os
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from contextlib import suppress
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

Process = subprocess.Popen[bytes]


class Command(BaseCommand):
    help = "Serve Wellplaced: web and worker processes, on the address and port of the environment."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demonstration", action="store_true", help="fill an empty database")
        parser.add_argument("--web-only", action="store_true", help="no worker here: another machine runs 'work'")

    def handle(self, *args: Any, **options: Any) -> None:
        address, port = settings.ENVIRONMENT.text("WELLPLACED_BIND"), settings.ENVIRONMENT.number("PORT")
        refuse_taken(address, port)
        call_command("prepare", demonstration=options["demonstration"], stdout=self.stdout)
        connections.close_all()
        processes = [start_web(address, port)]
        if not options["web_only"]:
            processes.append(start([sys.executable, "-m", "wellplaced", "work"]))
        signal.signal(signal.SIGTERM, _stop)
        try:
            wait_for(address, port, processes[0])
            self.stdout.write(self.welcome(address, port))
            self.stdout.flush()
            watch(processes)
        except KeyboardInterrupt:
            self.stdout.write("Stopping.")
        finally:
            stop(processes)

    def welcome(self, address: str, port: int) -> str:
        from wellplaced.demonstration.people import sign_ins  # only where the demonstration is in the database

        where = f"Wellplaced is at http://{'localhost' if address == '127.0.0.1' else address}:{port}/"
        return f"{where}  {sign_ins()}".rstrip()


def refuse_taken(address: str, port: int) -> None:
    """Say so where another program has the port already."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((address, port))
        except OSError as error:
            raise CommandError(f"Port {port} on {address} is taken: stop what uses it or set PORT.") from error


def start(command: list[str]) -> Process:
    """Start a process as the head of a group of its own, so that its children can be stopped with it."""
    return subprocess.Popen(command, start_new_session=True)  # noqa: S603


def start_web(address: str, port: int) -> Process:
    """Granian with the environment's number of processes, each with four threads."""
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", address, "--port", str(port)]
    size = ["--workers", str(settings.ENVIRONMENT.number("WELLPLACED_WORKERS")), "--blocking-threads", "4"]
    quiet = ["--log-level", "warning", "--respawn-failed-workers"]
    return start([*granian, *size, *quiet, "wellplaced.config.wsgi:application"])


def wait_for(address: str, port: int, process: Process) -> None:
    """Until the port answers; the server must not be stopped before that, or it hangs."""
    for _ in range(600):
        if process.poll() is not None:
            raise CommandError("The web server stopped at once; its message stands above.")
        with socket.socket() as trial:
            trial.settimeout(1)
            if trial.connect_ex((address, port)) == 0:
                return
        time.sleep(0.1)
    raise CommandError("The web server did not answer within a minute.")


def watch(processes: list[Process]) -> None:
    """Until one of them ends: then all of them are stopped, so that whoever runs the service sees it."""
    while all(process.poll() is None for process in processes):
        time.sleep(1)
    raise CommandError("A process of the service ended; its message stands above.")


def stop(processes: list[Process]) -> None:
    """Ask each to end, wait, then insist. Asked twice is no error."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for process in processes:
        send(process, signal.SIGTERM)
    for process in processes:
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=15)
        send(process, signal.SIGKILL)  # whatever of the group is left


def send(process: Process, number: signal.Signals) -> None:
    """Send a signal to a process and its children; those that have ended need none."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def _stop(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
