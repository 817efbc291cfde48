"""`python -m wellplaced`: the same as the command."""

import sys

from wellplaced.cli import main

sys.exit(main())
