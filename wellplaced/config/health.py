"""Whether the service is alive, and whether it is ready to answer: asked by whoever runs it."""

import os

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from wellplaced.bankholidays import england
from wellplaced.people.access import open_to_all


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
        if cache.get("migrated"):
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            return ""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "the database's migrations are not done: run 'wellplaced migrate'"
        cache.set("migrated", "yes", timeout=60)
    except DatabaseError:
        return "the database does not answer"
    return ""


def _folder_problem() -> str:
    return "" if os.access(settings.DATA_FOLDER, os.W_OK) else "the data folder cannot be written to"
