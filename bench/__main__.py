"""Runs every measurement, each in a process of its own with a database of its own, and prints the tables."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
SIZES = (1_000, 10_000)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES), help="numbers of visits")
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--one", type=int, help="measure one size on the database of the environment")
    options = parser.parse_args()
    if options.one:
        return measure_here(options.one)
    print("## The engine\n")
    run([sys.executable, "-m", "bench.engine"], {})
    for database in ["sqlite", "postgresql"] if options.database == "both" else [options.database]:
        for size in options.sizes:
            measure_in_a_scratch_place(database, size)
    return 0


def measure_in_a_scratch_place(database: str, size: int) -> None:
    """One size on one database, in a folder that is removed afterwards."""
    folder = tempfile.mkdtemp(prefix="wellplaced-bench-")
    command = [sys.executable, "-m", "bench", "--one", str(size)]
    if database == "postgresql":
        command = [str(PROJECT / "scripts" / "with-postgresql"), *command]
    print(f"\n## {size:,} visits, {database}\n", flush=True)
    try:
        run(command, {"WELLPLACED_DATA": folder, "WELLPLACED_DATABASE_URL": "", "WELLPLACED_LOG_LEVEL": "ERROR"})
    finally:
        shutil.rmtree(folder)


def run(command: list[str], more: dict[str, str]) -> None:
    subprocess.run(command, cwd=PROJECT, env={**os.environ, **more}, check=True)


def measure_here(size: int) -> int:
    """Prepare, fill and measure the database that the environment names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    import django

    django.setup()
    from bench import importing, pages, server
    from bench.fill import fill

    print(fill(size), flush=True)
    pages.measure()
    server.measure()
    if size == max(SIZES):
        importing.measure()
    return 0


if __name__ == "__main__":
    sys.exit(main())
