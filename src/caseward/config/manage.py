"""Django's own commands, with Caseward's settings: `python -m caseward.config.manage migrate`."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run the Django command that the command line names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caseward.config.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
