"""Whether the service is alive, and whether it is ready to answer: asked by whoever runs it."""

import os
import shutil
import threading

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from wellplaced.bankholidays import england
from wellplaced.people.access import open_to_all

LEAST_FREE = 50_000_000  # bytes


@open_to_all
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("alive\n", content_type="text/plain")


@open_to_all
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers, its migrations are done, the data folder can be written; 503 says what is wrong.

    It also says until when bank holidays are known: an authority that counts in working days is refused dates beyond.
    """
    problems = [problem for problem in (_database_problem(), _folder_problem()) if problem]
    answer = {"ready": not problems, "problems": problems, "bank_holidays_known_until": england().known_until}
    return JsonResponse(answer, status=503 if problems else 200)


def _database_problem() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not _migrated():
            return "the database's migrations are not done: run 'wellplaced migrate'"
    except DatabaseError:
        return "the database does not answer"
    return ""


_seen_migrated = threading.Event()  # by this process: what is done stays done


def _migrated() -> bool:
    if not _seen_migrated.is_set():
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _seen_migrated.set()
    return True


def _folder_problem() -> str:
    if not os.access(settings.DATA_FOLDER, os.W_OK):
        return "the data folder cannot be written to"
    if shutil.disk_usage(settings.DATA_FOLDER).free < LEAST_FREE:
        return f"the data folder's disk is full: less than {LEAST_FREE // 1_000_000} MB are free"
    return ""
