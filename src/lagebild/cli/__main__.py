"""Runs the command line with `python -m lagebild.cli`."""

import sys

from lagebild.cli.app import main

sys.exit(main())
