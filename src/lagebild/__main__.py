"""Runs the command line with `python -m lagebild`."""

import sys

from lagebild.cli import main

sys.exit(main())
