"""Django's settings. What differs between places comes from the environment (`environment.py`)."""

from typing import Any

import dj_database_url
from csp.constants import NONCE, NONE, SELF

from wellplaced.config.environment import PROJECT, read

ENVIRONMENT = read()
PACKAGE = PROJECT / "wellplaced"
DATA_FOLDER = ENVIRONMENT.data_folder

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.flag("WELLPLACED_DEBUG")
ALLOWED_HOSTS = ENVIRONMENT.words("WELLPLACED_HOSTS")
CSRF_TRUSTED_ORIGINS = ENVIRONMENT.words("WELLPLACED_ORIGINS")

ROOMS = [
    "history",
    "sheets",
    "design",
    "people",
    "register",
    "placements",
    "monitoring",
    "reports",
    "insight",
    "desk",
    "demonstration",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "axes",
    "wellplaced.config",
    "allauth",
    "allauth.account",
    "django_tasks",
    "django_tasks_db",
    *(f"wellplaced.{room}" for room in ROOMS),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "wellplaced.config.logs.RequestLog",
    "wellplaced.config.limits.RefuseHuge",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "wellplaced.people.idleness.SignOutWhenIdle",
    "wellplaced.people.access.SignedInPerson",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "wellplaced.config.urls"
WSGI_APPLICATION = "wellplaced.config.wsgi.application"
FORM_RENDERER = "wellplaced.design.rendering.FormRenderer"

CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.messages.context_processors.messages",
    "wellplaced.design.rendering.page_context",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / room / "templates" for room in ROOMS],
        "OPTIONS": {
            "environment": "wellplaced.design.rendering.environment",
            "context_processors": CONTEXT_PROCESSORS,
        },
    },
    {  # allauth's emails are Django templates
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    },
]


def database() -> dict[str, Any]:
    """PostgreSQL with a pool where a URL is given, else SQLite in the data folder."""
    url = ENVIRONMENT.text("WELLPLACED_DATABASE_URL")
    if url:
        settings: dict[str, Any] = dict(dj_database_url.parse(url))
        pool = {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}}
        settings |= {"CONN_MAX_AGE": 0, "OPTIONS": settings.get("OPTIONS", {}) | pool}  # such as ?sslmode=require
        return settings
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_FOLDER / "wellplaced.sqlite3",
        "CONN_MAX_AGE": None,  # each thread keeps its connection: opening one costs more than most pages' queries
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",  # a writer waits its turn instead of failing half-way
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# Rooms above history that act on what was recorded, in this order, in the same transaction.
HISTORY_LISTENERS = [
    "wellplaced.monitoring.deadlines.refresh",
    "wellplaced.monitoring.notices.give",
    "wellplaced.reports.tasks_done.complete_rounds",
    "wellplaced.reports.tasks_agreed.open_uploads",
    "wellplaced.insight.leavers.revoke_links",
]

NAVIGATION = "wellplaced.desk.navigation.items"  # where one may go from every page
# The function that tells the list of provisions where a person's authority has somebody placed on a day.
PROVISIONS_IN_USE = "wellplaced.placements.in_use.provisions_in_use"
# Functions that add what rooms above know to the page of a young person, of a colleague, in this order.
YOUNG_PERSON_PANELS = ["wellplaced.desk.pages.young_person.panel"]
PERSON_PANELS = ["wellplaced.desk.pages.colleague.panel"]
# Functions that say of an address which form it is, and of which provision: for a form that was sent after signing out.
SENT_LATE = ["wellplaced.desk.pages.sent_late.said"]
# Functions that say what follows from a placement that was just recorded.
PLACEMENT_RECORDED = ["wellplaced.desk.pages.after_placement.said"]

# The tables that an authority loads from CSV files, in the order of going live.
TABLE_LOADS = [
    "wellplaced.placements.loading.placements.PLACEMENTS",
    "wellplaced.monitoring.loading.CONTRACTS",
    "wellplaced.monitoring.loading.VISITS",
    "wellplaced.monitoring.loading.TASKS",
]

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "wellplaced.people.sign_in.Backend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_ADAPTER = "wellplaced.people.sign_in.Adapter"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "wellplaced.people.sign_in_forms.SignIn",
    "reset_password": "wellplaced.people.sign_in_forms.AskForReset",
    "reset_password_from_key": "wellplaced.people.sign_in_forms.NewPassword",
    "change_password": "wellplaced.people.sign_in_forms.ChangePassword",
}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENVIRONMENT.flag("WELLPLACED_PROXY") else 0
ACCOUNT_RATE_LIMITS = {  # of the whole office behind one address; axes counts failures by person and address
    "login": "120/m/ip",
    "login_failed": "60/m/ip,50/h/key",  # by key: of one person, from wherever they are tried
    "reset_password": "20/m/ip,5/m/key",
}
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "wellplaced.people.sign_in.address_of"
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "wellplaced.people.sign_in.username"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "wellplaced.people.sign_in.locked_out"
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["login", "password", "username", "email"]

SESSION_ENGINE = "django.contrib.sessions.backends.db"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # they go with the sign-out: a cookie stays
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = False
IDLE_MINUTES = ENVIRONMENT.number("WELLPLACED_IDLE_MINUTES")
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "wellplaced.people.idleness.csrf_failure"

SECURE = ENVIRONMENT.production and ENVIRONMENT.flag("WELLPLACED_HTTPS")
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.flag("WELLPLACED_PROXY") else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

EMAIL_FROM = ENVIRONMENT.text("WELLPLACED_EMAIL_FROM")
DEFAULT_FROM_EMAIL = EMAIL_FROM


def email() -> dict[str, Any]:
    """Django's mail settings from one URL; without one, messages are files in the data folder."""
    from urllib.parse import unquote, urlsplit

    url = urlsplit(ENVIRONMENT.text("WELLPLACED_EMAIL_URL"))
    if not url.hostname:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(DATA_FOLDER / "emails"),
        }
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": url.hostname,
        "EMAIL_PORT": url.port or 587,
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_TLS": url.scheme == "smtp" and url.username is not None,
    }


globals().update(email())

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False
FORMAT_MODULE_PATH = None

STATIC_URL = "static/"
STATIC_ROOT = PROJECT / "build" / "static"
STATICFILES_DIRS = [PACKAGE / "design" / "static"]
STATICFILES_STORAGE_BACKEND = (
    "whitenoise.storage.CompressedManifestStaticFilesStorage"
    if ENVIRONMENT.production
    else "django.contrib.staticfiles.storage.StaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATICFILES_STORAGE_BACKEND},
}
WHITENOISE_USE_FINDERS = not ENVIRONMENT.production
MEDIA_ROOT = DATA_FOLDER / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_PERMISSIONS = 0o600
LARGEST_DOCUMENT = ENVIRONMENT.number("WELLPLACED_LARGEST_DOCUMENT") * 1_000_000  # bytes of an uploaded report
# Bytes of a whole request: room for a form to say itself that its file is too large (Ofsted's may have 30 MB)
LARGEST_REQUEST = 2 * max(LARGEST_DOCUMENT, 30_000_000)

SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "wellplaced.config.logs.Lines",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": ENVIRONMENT.text("WELLPLACED_LOG_LEVEL")},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
        "axes": {"level": "ERROR"},  # its lines name who tried to sign in
        "allauth": {"level": "ERROR"},
    },
}
