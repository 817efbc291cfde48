"""How long an import of a register of real size takes, and how long somebody else's save waits meanwhile."""

import threading
import time

from django.db import connection
from django.urls import reverse

from bench.pages import a_concern, a_provision, client_of, saved
from bench.register_of_real_size import a_file
from wellplaced.history import clock
from wellplaced.people import actions as people
from wellplaced.register.importing import import_file
from wellplaced.register.reading import read_bytes


def measure() -> None:
    """Import 5,600 providers while somebody raises one concern after another; print the longest wait."""
    operator = people.add_operator(name="Opal", email="operator@bench.example", by=None)
    content = a_file(5_600)
    done = threading.Event()
    seconds: list[float] = []

    def load() -> None:
        started = time.perf_counter()
        try:
            import_file(read_bytes(content), by=operator, on=clock.today())
            seconds.append(time.perf_counter() - started)
        finally:
            connection.close()
            done.set()

    officer = client_of("officer2")
    concern = reverse("monitoring:raise_concern", args=[a_provision().pk])
    thread = threading.Thread(target=load)
    thread.start()
    waits = []
    while not done.is_set():
        started = time.perf_counter()
        saved(officer.post(concern, a_concern()))
        waits.append(time.perf_counter() - started)
    thread.join()
    print(f"An import of 5,600 providers took {seconds[0]:.1f} s; ", end="")
    print(f"meanwhile {len(waits)} saves by somebody else waited {max(waits):.2f} s at most.")
