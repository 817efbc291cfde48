"""What this room loads from CSV files at going live: provisions under contract, past visits, open tasks.

So that the first morning is not a wall of red: a past visit that counts (R5) keeps initial visits from being owed (R7) and
starts the 12 months (C5), and it discharges what has been owed since before it.
"""

from wellplaced.monitoring.loading.contracts import CONTRACTS
from wellplaced.monitoring.loading.tasks import TASKS
from wellplaced.monitoring.loading.visits import VISITS

__all__ = ["CONTRACTS", "TASKS", "VISITS"]
