"""Tables that an authority loads from CSV files, at going live and afterwards: each kind compares rows and applies them.

A kind is a `LoadKind`, named in the settings (`TABLE_LOADS`, in the order in which they are loaded), so that a room above
brings its own. `compare` reads the database and writes nothing; what it says is shown before anybody applies it. A file is
compared once more when it is applied, and shown again where the outcome differs (`placements.actions.apply_load`).
"""

from wellplaced.placements.loading.kinds import Change, Comparison, Line, LoadKind, kind_of, kinds, next_kind, said
from wellplaced.placements.loading.lookups import PROVISION, Provisions, rows_at

__all__ = [
    "PROVISION",
    "Change",
    "Comparison",
    "Line",
    "LoadKind",
    "Provisions",
    "kind_of",
    "kinds",
    "next_kind",
    "rows_at",
    "said",
]
