"""How long an import of a register of real size takes, and how long somebody else's save waits meanwhile."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from django.urls import reverse

from bench.pages import a_concern, a_provision, client_of, saved
from bench.register_of_real_size import a_file
from wellplaced.register.models import Provision


def measure() -> None:
    """Import 5,600 providers by the command, while somebody raises one concern after another; print the longest wait.

    The file tells of a new judgement of each provision that is monitored.
    """
    known = list(Provision.objects.exclude(urn=None).order_by("pk").values_list("urn", "type"))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "register.csv"
        file.write_bytes(a_file(5_600, known))
        officer = client_of("officer2")
        concern = reverse("monitoring:raise_concern", args=[a_provision().pk])
        started, waits = time.perf_counter(), []
        loading = subprocess.Popen(
            [sys.executable, "-m", "wellplaced", "import-register", str(file)], stdout=subprocess.DEVNULL
        )
        while loading.poll() is None:
            before = time.perf_counter()
            saved(officer.post(concern, a_concern()))
            waits.append(time.perf_counter() - before)
        taken = time.perf_counter() - started
    if loading.returncode:
        raise SystemExit("the register was not imported")
    print(f"An import of 5,600 providers, with judgements of {len(known)} monitored ones, took {taken:.1f} s; ", end="")
    print(f"meanwhile {len(waits)} saves by somebody else waited {max(waits):.2f} s at most.")
