"""The reference engine: one child at a time, in plain Python, to be read against the law.

`evaluate` walks through the child's days in order (`walk`, `daily`) under the compiled law
(`compile`, `law`), and makes rows of what it finds (`rows`). What an answer means stands in the
numbers M1–M42, which the modules cite.
"""

from caseward.rules.engine.reference.evaluation import evaluate

__all__ = ["evaluate"]
