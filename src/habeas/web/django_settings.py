"""A site's facts as Django's settings: one place, no environment."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from habeas.web.site import LANGUAGES, OpenIdProvider, Site

HERE = Path(__file__).parent
SMTP_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
APPS = ("base", "accounts", "register", "screening", "audits", "gate", "explore", "pages", "api")


def django_settings(site: Site) -> dict[str, Any]:
    """Every setting that Django, allauth, ninja and csp read."""
    return {
        **_apps(),
        **_store(site),
        **_safety(site),
        **_accounts(site),
        **_factors(site),
        **_letters(site),
        **_logs(),
        **_words(),
        "SITE": site,
    }


def _apps() -> dict[str, Any]:
    return {
        **_around(),
        **_templates(),
        "INSTALLED_APPS": [
            *(f"habeas.web.{app}" for app in APPS),
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "django.contrib.staticfiles",
            "django.forms",
            "allauth",
            "allauth.account",
            "allauth.mfa",
            "allauth.socialaccount",
            "allauth.socialaccount.providers.openid_connect",
            "allauth.usersessions",
            "ninja",
            "csp",
        ],
        "ROOT_URLCONF": "habeas.web.urls",
        "WSGI_APPLICATION": "habeas.web.wsgi.application",
        "FORM_RENDERER": "django.forms.renderers.TemplatesSetting",
        "STATIC_URL": "/static/",
    }


def _around() -> dict[str, Any]:
    """What happens around every view, in this order."""
    return {
        "MIDDLEWARE": [
            "habeas.web.base.watching.logs.requests",
            "django.middleware.security.SecurityMiddleware",
            "csp.middleware.CSPMiddleware",
            "habeas.web.base.middleware.headers",
            "whitenoise.middleware.WhiteNoiseMiddleware",  # inside of these, so that files have the same headers as pages
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.locale.LocaleMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "habeas.web.accounts.middleware.acting",
            "habeas.web.base.middleware.errors",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
    }


def _templates() -> dict[str, Any]:
    return {
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [HERE / "base" / "templates"],  # before the apps', so that our own forms and account pages come first
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.template.context_processors.i18n",
                        "django.contrib.messages.context_processors.messages",
                        "habeas.web.base.looks.site",
                    ]
                },
            }
        ],
    }


def _store(site: Site) -> dict[str, Any]:
    return {
        "DATABASES": {"default": _database(site)},
        "STATIC_ROOT": site.folder / "static",
        "STORAGES": {
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "habeas.web.keeping.static_files.StaticFiles"},
        },
        "WHITENOISE_SKIP_COMPRESS_EXTENSIONS": ("map", "png", "woff2", "gz"),
        "MEDIA_ROOT": site.uploads,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 2_000_000,
        "FILE_UPLOAD_HANDLERS": ["habeas.web.base.files.small.Small"],  # Django's own would store whatever anybody sends
    }


CONNECTION_AGE_S = 60
"""So long a process keeps a connection from one answer to the next. Opening one, SQLite reads every table and trigger anew: 2 ms."""


SQLITE_BEGINS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON"
"""The last one: without it, whoever inserts a row in the place of another (INSERT OR REPLACE) removes it without asking its triggers."""


def _database(site: Site) -> dict[str, Any]:
    if site.database == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": site.folder / "site.sqlite",
            "CONN_MAX_AGE": CONNECTION_AGE_S,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 10,
                "init_command": SQLITE_BEGINS,
            },
        }
    import psycopg.conninfo

    given = psycopg.conninfo.conninfo_to_dict(site.database)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": given.get("dbname", ""),
        "USER": given.get("user", ""),
        "PASSWORD": given.get("password", ""),
        "HOST": given.get("host", ""),
        "PORT": str(given.get("port", "")),
        "CONN_MAX_AGE": CONNECTION_AGE_S,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {key: value for key, value in given.items() if key not in {"dbname", "user", "password", "host", "port"}},
    }


def _safety(site: Site) -> dict[str, Any]:
    secure = not site.unsafe_plain_http
    return {
        "SECRET_KEY": site.secret_key,
        "DEBUG": False,
        "ALLOWED_HOSTS": [f"[{site.host}]" if ":" in site.host else site.host],
        "CSRF_TRUSTED_ORIGINS": [site.address],
        "SESSION_COOKIE_SECURE": secure,
        "CSRF_COOKIE_SECURE": secure,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_HTTPONLY": True,
        "SECURE_SSL_REDIRECT": secure,
        "SECURE_REDIRECT_EXEMPT": ["^health/$"],  # asked on this machine, behind what ends TLS
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
        "SECURE_HSTS_SECONDS": 31_536_000 if secure else 0,
        "SILENCED_SYSTEM_CHECKS": ["security.W005", "security.W021"],  # what else lives under the site's domain isn't ours to decide
        "SECURE_REFERRER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "DENY",
        "CONTENT_SECURITY_POLICY": {
            "DIRECTIVES": {
                "default-src": ["'none'"],
                "script-src": ["'self'"],
                "style-src": ["'self'"],
                "img-src": ["'self'"],
                "connect-src": ["'self'"],  # signing in with a passkey asks for a challenge
                # a form that leads on to an organisation's own sign-in page
                "form-action": ["'self'", *sorted({_origin(one.server) for one in site.oidc})],
                "frame-ancestors": ["'none'"],
                "base-uri": ["'none'"],
            }
        },
    }


def _origin(address: str) -> str:
    return "/".join(address.split("/", 3)[:3])


def _accounts(site: Site) -> dict[str, Any]:
    """How staff sign in. Nobody signs up: an administrator invites. One way of checking passwords, so that each try is hashed once."""
    return {
        "AUTH_USER_MODEL": "accounts.User",
        "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.Argon2PasswordHasher"],
        "AUTH_PASSWORD_VALIDATORS": [
            {
                "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
                "OPTIONS": {"user_attributes": ("email", "name")},
            },
            {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
            {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
        ],
        "LOGIN_REDIRECT_URL": "desk_home",
        "LOGIN_URL": "account_login",
        "SESSION_COOKIE_AGE": 12 * 60 * 60,
        "MESSAGE_STORAGE": "django.contrib.messages.storage.session.SessionStorage",  # no cookie of its own
        # what limits tries is counted in files, so that every process of the site counts together
        "CACHES": {
            "default": {
                "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
                "LOCATION": site.folder / "counted",
                "KEY_FUNCTION": "habeas.web.accounts.counting.key_of",
            }
        },
        "ALLAUTH_TRUSTED_PROXY_COUNT": site.proxies,
        "ACCOUNT_ADAPTER": "habeas.web.accounts.adapters.AccountAdapter",
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL": site.address.partition(":")[0],
        "ACCOUNT_EMAIL_NOTIFICATIONS": True,
        "ACCOUNT_EMAIL_SUBJECT_PREFIX": f"{site.name}: ",
        "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS": False,
        "ACCOUNT_EMAIL_VERIFICATION": "mandatory",
        "ACCOUNT_LOGIN_METHODS": {"email"},
        "ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE": True,
        "ACCOUNT_REAUTHENTICATION_REQUIRED": True,
        "ACCOUNT_SESSION_REMEMBER": False,
        "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*", "password2*"],
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
    }


def _factors(site: Site) -> dict[str, Any]:
    """What is asked for beside a password, and who else may vouch for somebody."""
    return {
        "MFA_ADAPTER": "habeas.web.accounts.adapters.SecondFactorAdapter",
        "MFA_FORMS": {"add_webauthn": "habeas.web.accounts.forms.PasskeyForm"},
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_TOTP_ISSUER": site.name,
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": site.unsafe_plain_http,
        "SOCIALACCOUNT_ADAPTER": "habeas.web.accounts.adapters.OpenIdAdapter",
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION": True,  # whom an administrator invited, and the provider vouches for
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT": True,
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [_openid(one) for one in site.oidc]}},
    }


def _openid(provider: OpenIdProvider) -> dict[str, Any]:
    return {
        "provider_id": provider.id,
        "name": provider.name,
        "client_id": provider.client_id,
        "secret": provider.secret,
        "settings": {"server_url": provider.server, "domains": list(provider.domains)},
    }


def _letters(site: Site) -> dict[str, Any]:
    """Letters leave by SMTP, or are kept in the folder for whoever reads them there."""
    sender = {"DEFAULT_FROM_EMAIL": site.letters_from, "SERVER_EMAIL": site.letters_from}
    if site.email == "file":
        return {
            **sender,
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": site.folder / "letters",
        }
    server = urlsplit(site.email)
    return {
        **sender,
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": server.hostname or "",
        "EMAIL_PORT": server.port or SMTP_PORTS[server.scheme],
        "EMAIL_HOST_USER": unquote(server.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(server.password or ""),
        "EMAIL_USE_SSL": server.scheme == "smtps",
        "EMAIL_USE_TLS": server.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 20,
    }


def _logs() -> dict[str, Any]:
    """One handler for all: what other libraries log goes through ours, which leaves out what they fill in."""
    return {
        "LOGGING": {
            "version": 1,
            "disable_existing_loggers": False,
            "handlers": {"ours": {"class": "habeas.web.base.watching.logs.Foreign"}},
            "root": {"handlers": ["ours"], "level": "WARNING"},
            "loggers": {
                "django": {"handlers": [], "level": "INFO", "propagate": True},
                "django.request": {"level": "ERROR"},  # what visitors ask for wrongly stands in the line of the request
                "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
            },
        },
    }


def _words() -> dict[str, Any]:
    return {
        "USE_I18N": True,
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "LANGUAGE_CODE": "en",
        "LANGUAGES": [(code, _LANGUAGE_NAMES[code]) for code in LANGUAGES],
        "LOCALE_PATHS": [HERE / "base" / "locale"],
        "FORMAT_MODULE_PATH": "habeas.web.base.formats",
    }


_LANGUAGE_NAMES = {"en": "English", "fr": "français", "nl": "Nederlands", "cy": "Cymraeg", "ar": "العربية"}
