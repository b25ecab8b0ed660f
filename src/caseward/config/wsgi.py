"""What the web server loads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caseward.config.settings")

application = get_wsgi_application()

from caseward.interfaces.jobs import signing_heads  # noqa: E402 -- needs the apps loaded above

signing_heads.start()
