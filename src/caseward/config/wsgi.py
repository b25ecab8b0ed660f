"""What the web server loads."""

import os

from django.core.wsgi import get_wsgi_application

from caseward.interfaces.jobs import signing_heads

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caseward.config.settings")

application = get_wsgi_application()
signing_heads.start()
