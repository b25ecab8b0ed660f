"""What the web server loads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caseward.config.settings")

application = get_wsgi_application()

# What reads the store can be loaded only once the lines above have made it known.
from caseward.interfaces.jobs import once_a_minute  # noqa: E402

once_a_minute.start()
