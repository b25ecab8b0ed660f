"""`python -m caseward.interfaces.cli` is the same as `caseward`."""

import sys

from caseward.interfaces.cli.program import main

sys.exit(main())
