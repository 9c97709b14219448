"""All settings, from the environment: every variable is listed in the README."""

import hmac
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from chatproject import address, data_dir, databases, logs
from chatproject.env import Env, file_ending, masked

BASE_DIR = Path(__file__).resolve().parent.parent
MIB = 1024 * 1024
DAY = 24 * 60 * 60
FOR_EVER = 100 * 365 * DAY
env = Env()

# -- where it runs ---------------------------------------------------------------------------------
DEBUG = env.flag("DEBUG")
HOST = env.parsed("HOST", env.text("HOST", "127.0.0.1"), address.name, "a host's name or an IP address")
PORT = env.number("PORT", 8000, low=1, high=65535)
DATA_DIR = data_dir.prepare(Path(env.text("DATA_DIR", str(BASE_DIR / "data"))).absolute())

SECRET_KEY = env.text("SECRET_KEY") or data_dir.secret_key(DATA_DIR / "secret_key")
SECRET_KEY_FALLBACKS = env.items("SECRET_KEY_FALLBACKS", str, "former keys, separated by commas")

# -- the addresses people type ---------------------------------------------------------------------
PUBLIC_ORIGINS = env.items("PUBLIC_URL", address.origin, "http:// or https:// and a host, without a path")
LOCAL_NAMES = ["localhost", "127.0.0.1", "[::1]"]
# This machine's own names stay allowed: health checks come by them.
ALLOWED_HOSTS = LOCAL_NAMES + ([address.host(url) for url in PUBLIC_ORIGINS] or [address.bracketed(HOST)])
CSRF_TRUSTED_ORIGINS = PUBLIC_ORIGINS

TLS = bool(PUBLIC_ORIGINS) and all(url.startswith("https://") for url in PUBLIC_ORIGINS)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
SECURE_HSTS_SECONDS = 365 * DAY if TLS else 0
# The proxy that ends TLS sets this header, and sends plain HTTP on to TLS by itself.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TLS else None
# Those who may say for whom they ask, by X-Forwarded-For.
TRUSTED_PROXIES = env.items("TRUSTED_PROXIES", address.network, "IP addresses or networks, separated by commas")

# -- the chat --------------------------------------------------------------------------------------
SITE_NAME = env.text("SITE_NAME", "Prosa")
SESSION_COOKIE_AGE = env.number("SESSION_AGE", 14 * DAY, low=1, high=10 * 365 * DAY)
REVALIDATE_SECONDS = env.number("REVALIDATE_SECONDS", 20, low=1, high=3600)
SOCKETS_PER_ADDRESS = env.number("SOCKETS_PER_ADDRESS", 10_000, low=1, high=1_000_000)

# -- files that people send ------------------------------------------------------------------------
UPLOAD_BYTES = env.number("UPLOAD_MB", 100, low=1, high=100_000) * MIB
UNSENT_BYTES = env.number("UPLOAD_UNSENT_MB", 500, low=1, high=1_000_000) * MIB
UPLOAD_TYPES = env.items("UPLOAD_TYPES", file_ending, "endings of file names, separated by commas, as png,jpg,pdf")
UPLOAD_BLOCKED = env.items("UPLOAD_BLOCKED", file_ending, "endings of file names, separated by commas, as exe,bat")

# -- what it is made of ----------------------------------------------------------------------------
INSTALLED_APPS = [
    "daphne",  # first: its runserver replaces Django's
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "servestatic.runserver_nostatic",
    "django.contrib.staticfiles",
    "channels",
    "csp",
    "axes",  # before the chat, which writes down what axes decided
    "chat",
]
MIDDLEWARE = [
    # What browsers are told stands first: it holds for static files and for failures as well.
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "chatproject.middleware.BrowserRules",
    "csp.middleware.CSPMiddleware",
    "servestatic.middleware.ServeStaticMiddleware",
    "chatproject.workers.few_at_once",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "chatproject.middleware.OwnAppearance",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "chatproject.urls"
ASGI_APPLICATION = "chatproject.asgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "chat.views.context.site",
            ],
        },
    },
]

# -- where things are kept -------------------------------------------------------------------------
DATABASE_URL = env.text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'prosa.sqlite3'}")
DATABASE_SHOWN = masked(DATABASE_URL)
DATABASES = {
    "default": env.parsed(
        "DATABASE_URL",
        DATABASE_URL,
        databases.from_url,
        "sqlite:///PATH or postgres://USER:PASSWORD@HOST:PORT/NAME, with PATH in a directory that exists",
    )
}
REDIS_URLS = env.items("REDIS_URL", address.redis, "redis://HOST:PORT/NUMBER, or several, separated by commas")
# Pub/sub knows no database numbers: two installations on one Redis would hear each other's rooms. Which key is in
# use and which a fallback makes no difference, so that processes hear each other while the two are being swapped.
LAYER_KEY = min([SECRET_KEY, *SECRET_KEY_FALLBACKS])
LAYER_PREFIX = f"prosa.{hmac.digest(LAYER_KEY.encode(), b'channel layer', 'sha256').hex()[:12]}"
CHANNEL_LAYERS: dict[str, dict[str, Any]] = {
    "default": (
        {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": REDIS_URLS, "prefix": LAYER_PREFIX},
        }
        if REDIS_URLS
        # By default this layer drops what a busy room sends in one turn, and puts the process out of all
        # its groups after a day, or after a minute's standstill as when a laptop sleeps.
        else {
            "BACKEND": "channels.layers.InMemoryChannelLayer",
            "CONFIG": {"capacity": 10_000, "expiry": FOR_EVER, "group_expiry": FOR_EVER},
        }
    )
}
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "chatproject.storage.HashedStaticFiles"},
}
SERVESTATIC_AUTOREFRESH = SERVESTATIC_USE_FINDERS = DEBUG
SERVESTATIC_USE_MANIFEST = not DEBUG

# -- people ----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "chat.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: it decides whether a sign-in is heard at all
    "django.contrib.auth.backends.ModelBackend",
]
AXES_HANDLER = "chat.sessions.throttle.SignInThrottle"
AXES_DISABLE_ACCESS_LOG = True  # it would keep digests of session keys
AXES_ENABLE_ADMIN = False  # the chat's own shows what its rules make of a row
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"
PASSWORD_HASHERS = [
    "chatproject.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
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
CSRF_FAILURE_VIEW = "chat.views.errors.not_from_here"
SESSION_ENGINE = "chat.sessions.engine"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# -- what browsers may do --------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "connect-src": [SELF],  # the page's own WebSocket as well
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    "axes.W002",  # no middleware of axes: the sign-in page says itself how long to wait
    "security.W005",  # HSTS for other names of the domain, which are not ours to decide about,
    "security.W021",  # let alone for ever, in a list inside of browsers
    "security.W008",  # the proxy that ends TLS sends plain HTTP on to it: here, health checks come by plain HTTP
]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# -- language and time -----------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("pt-br", "Português (Brasil)")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

# -- one line an event -----------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": logs.formatter(debug=DEBUG)},
    "filters": {
        "without_traceback": {"()": "chatproject.logs.WithoutTraceback"},
        "request_refused": {"()": "chatproject.logs.RequestRefused"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "chat": {"level": "DEBUG" if DEBUG else "INFO"},
        "django": {"handlers": ["console"], "level": "INFO" if DEBUG else "WARNING", "propagate": False},
        "channels_redis.pubsub": {"filters": ["without_traceback"]},
        # What clients asked for in vain is no event here, and its path may hold a one-time link.
        "django.request": {"level": "ERROR", "filters": ["request_refused"]},
        "django.security": {"level": "CRITICAL"},
    },
}
