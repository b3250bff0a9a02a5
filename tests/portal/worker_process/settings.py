"""The test settings in another process: the tests' own database, and this folder's jobs besides the portal's."""

import os

from portal.settings.test import *  # noqa: F403
from portal.settings.test import DATABASES, INSTALLED_APPS

DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE"]
INSTALLED_APPS = [*INSTALLED_APPS, "tests.portal.worker_process"]
