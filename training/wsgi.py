"""The door for production servers."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "training.settings.base")
application = get_wsgi_application()
# What has been imported stays for good: to look through it again for rubbish holds a page up now and then.
gc.collect()
gc.freeze()
