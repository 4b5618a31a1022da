"""The settings of the tests: production's, with a data directory of their own and a quick password hasher."""

import os
import tempfile

os.environ["TRIPTYCH_DATA_DIR"] = tempfile.mkdtemp(prefix="triptych-tests-")

from triptych.server.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
