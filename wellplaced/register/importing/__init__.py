"""Ofsted's files into the register: read, compare, look, apply. Contract: `contracts/register.md`.

A worker or the command reads a file (`register.reading`), calls `compare` (which reads the register and writes nothing),
shows `preview`, and calls `apply`, which makes the whole of it true in one short transaction or raises
`RegisterChanged`; then compare again. `import_file` does both, as often as it takes.
"""

from wellplaced.register.importing.actions import RegisterChanged, apply, import_file
from wellplaced.register.importing.comparison import Comparison, compare
from wellplaced.register.importing.preview import preview, result

__all__ = ["Comparison", "RegisterChanged", "apply", "compare", "import_file", "preview", "result"]
