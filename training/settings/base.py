"""Safe for production; what differs by place is read from the environment (.env.example lists it)."""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from . import environment as env
from .database import database
from .logs import logging_config
from .media import media_origin, media_storage

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(env.text("VAR_DIR", str(ROOT / "var")))

DEBUG = False
IS_DEMO = False
SECRET_KEY = env.text("SECRET_KEY")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
BASE_URL = env.text("BASE_URL").rstrip("/")
# Another host than the site's, for packages written by others; empty: launching them is off.
CONTENT_HOST = env.text("CONTENT_HOST", "").lower()
if CONTENT_HOST:
    ALLOWED_HOSTS = [*ALLOWED_HOSTS, CONTENT_HOST]

ROOMS = [
    "home",
    "courses",
    "certificates",
    "champions",
    "training.inspection",
    "training.evidence",
    "training.boards",
    "training.rules",
    "training.strategy",
    "training.returns",
    "training.ledger",
    "training.pledges",
    "training.pathways",
    "training.notices",
    "training.sso",
    "training.people",
    "training.access",
    "training.audit",
    "training.press",
    "training.privacy",
    "training.ui",
]
INSTALLED_APPS = [
    *ROOMS,
    "allauth",
    "allauth.account",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "ninja",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
]

MIDDLEWARE = [
    "training.access.middleware.RequestLog",
    "training.people.problems.SpeakProblems",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "courses.packages.middleware.ContentHost",
    "training.access.middleware.ContentPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "training.people.middleware.AttachAccess",
    "training.inspection.middleware.AuditorsViews",
    "training.access.middleware.DeclaredAccess",
    "courses.middleware.EditorsGate",
    "training.access.middleware.NoStore",
    "training.access.middleware.NotFoundBySearch",
]

ROOT_URLCONF = "training.urls"
WSGI_APPLICATION = "training.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "csp.context_processors.nonce",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.navigation.navigation",
            ],
        },
    },
]
FORM_RENDERER = "training.ui.forms.GovukRenderer"

DATABASES = {"default": database(env.text("DATABASE_URL", ""), VAR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Tries at signing in are counted here: with Django's 300, the crowd of a morning would wipe the counts.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "local"},
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "ENQUEUE_ON_COMMIT": False}}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
BUILT_STATIC = ROOT / "build" / "static"  # the compiled styles, made by `make setup`
BUILT_STATIC.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BUILT_STATIC]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
CERTIFICATE_ROOT = VAR / "certificates"
EVIDENCE_ROOT = VAR / "evidence"
PACKAGE_ROOT = VAR / "packages"
# What seals learners' notes: keys, the newest first, or a file with one a line. Neither: notes are switched off.
NOTES_KEYS = env.words("NOTES_KEYS", "")
NOTES_KEY_FILE = Path(env.text("NOTES_KEY_FILE", str(VAR / "notes.keys")))
# What signs badges: keys, the newest first, or a file with one a line. Neither: badges are switched off.
BADGE_KEYS = env.words("BADGE_KEYS", "")
BADGE_KEY_FILE = Path(env.text("BADGE_KEY_FILE", str(VAR / "badge.keys")))
# The key that certificates' PDFs are signed with as they are fetched, and its certificate; no such file: unsigned.
SIGNING_KEY_FILE = Path(env.text("SIGNING_KEY_FILE", str(VAR / "signing.pem")))
STORAGES = {
    "default": media_storage(),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Signing in
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["training.sso.backend.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "learning"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "training.sso.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "request_login_code": "training.sso.forms.RequestCodeForm",
    "confirm_login_code": "training.sso.forms.CodeForm",
    "login": "training.sso.forms.PasswordSignInForm",
    "reset_password": "training.sso.forms.ResetPasswordForm",
    "confirm_password_reset_code": "training.sso.forms.CodeForm",
    "reset_password_from_key": "training.sso.forms.NewPasswordForm",
    "set_password": "training.sso.forms.SetPasswordForm",
    "change_password": "training.sso.forms.ChangePasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody can sign up: this gives the sign-in form its password
ACCOUNT_EMAIL_VERIFICATION = "none"  # a code proves the address
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
# Counted in the cache. By address of the network generously: a whole hospital may share one.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "request_login_code": "60/m/ip,5/m/key,20/h/key",
    "reset_password": "60/m/ip,5/m/key,20/h/key",
}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 0)

# Mail leaves by the worker, from the outbox
EMAIL_BACKEND = "training.notices.backend.OutboxBackend"
DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_TIMEOUT = 10
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.switch("EMAIL_USE_TLS", False)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "learning@localhost")

# The browser's side of safety
USES_TLS = env.switch("USES_TLS", True)
SECURE_SSL_REDIRECT = USES_TLS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if USES_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = USES_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.number("TRUSTED_PROXIES", 0) else None
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = USES_TLS
SESSION_COOKIE_NAME = "__Host-session" if USES_TLS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if USES_TLS else "csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "training.sso.sessions"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *media_origin(STORAGES["default"])],
        "font-src": [SELF],
        "media-src": [SELF, *media_origin(STORAGES["default"])],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    },
}
# Wagtail's own pages still need inline scripts and styles: relaxed on the content editors' path alone.
CMS_PATH = "/cms/"
CMS_SECURITY_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:", *media_origin(STORAGES["default"])],
    "media-src": [SELF, *media_origin(STORAGES["default"])],
    "font-src": [SELF],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
    "form-action": [SELF],
    "base-uri": [SELF],
    "object-src": [NONE],
}

# Content
WAGTAIL_SITE_NAME = "Training Pathway"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_FRONTEND_LOGIN_URL = "/account/login/"
WAGTAILADMIN_LOGIN_URL = "/account/login/"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "courses.uploads.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "courses.uploads.DocumentForm"
WAGTAILDOCS_SERVE_METHOD = "direct"  # through our own gate: courses/views/files.py
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

DATA_UPLOAD_MAX_MEMORY_SIZE = 8_000_000  # a roster of 20,000 posts, sent by an agency's program
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
ROSTER_MAX_BYTES = 20_000_000

LOGGING = logging_config(env.text("LOG_LEVEL", "INFO"))
