"""`python -m habeas` is the `habeas` command."""

from __future__ import annotations

import sys

from habeas.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
