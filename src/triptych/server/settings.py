"""Django's settings, all from the environment; docs name every variable, `server.checks` checks them at start."""

from . import environment as env

DATA_DIR = env.data_directory()
SECRET_KEY = env.secret_key(DATA_DIR)
DEBUG = env.switch("TRIPTYCH_DEBUG")
ALLOWED_HOSTS = env.words("TRIPTYCH_HOSTS", "localhost,127.0.0.1,[::1]")
HTTPS = env.switch("TRIPTYCH_HTTPS")
MAX_UPLOAD_MB = env.whole_number("TRIPTYCH_MAX_UPLOAD_MB", 32)

DATABASES = {"default": env.database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "triptych.apps.people",
    "triptych.apps.history",
    "triptych.apps.project",
    "triptych.apps.control",
    "triptych.apps.product",
    "triptych.apps.program",
    "triptych.server",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
ROOT_URLCONF = "triptych.server.urls"
APPEND_SLASH = False
TEMPLATES: list[dict[str, object]] = []

AUTH_USER_MODEL = "people.User"
# Memory-hard, and a sixth of PBKDF2's time at Django's settings.
PASSWORD_HASHERS = [
    f"django.contrib.auth.hashers.{name}" for name in ("ScryptPasswordHasher", "PBKDF2PasswordHasher")
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_TRUSTED_ORIGINS = env.words("TRIPTYCH_TRUSTED_ORIGINS", "")
CSRF_FAILURE_VIEW = "triptych.server.faults.forbidden"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# The dispatcher in front of Django sets the security headers for every answer, static files included.
SECURE_CONTENT_TYPE_NOSNIFF = False
SECURE_REFERRER_POLICY = None
SECURE_CROSS_ORIGIN_OPENER_POLICY = None

DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2**20

USE_TZ = True
TIME_ZONE = env.text("TRIPTYCH_TIME_ZONE", "UTC")
LANGUAGE_CODE = "en"
USE_I18N = False

globals().update(env.mail())

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "triptych": {"handlers": ["console"], "level": "INFO"},
    },
}

SILENCED_SYSTEM_CHECKS = [
    # Answered by the dispatcher's headers, or by TRIPTYCH_HTTPS, for which triptych.W001 speaks.
    "security.W002",
    "security.W006",
    "security.W022",
]
