"""Two procedures, editions or authorities held beside each other, in plain words.

Steps are paired where they are known to answer each other (`pairing`); of each pair every number,
role, paper and condition that differs is told (`differences`). Nothing here judges which is better.
"""

from caseward.rules.engine.comparing.differences import compare
from caseward.rules.engine.comparing.values import Comparison

__all__ = ["Comparison", "compare"]
