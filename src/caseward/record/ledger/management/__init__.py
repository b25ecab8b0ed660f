"""What the ledger changes of Django's own commands."""
