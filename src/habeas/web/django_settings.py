"""A site's facts as Django's settings: one place, no environment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from habeas.web.site import LANGUAGES, Site

HERE = Path(__file__).parent
APPS = ("base", "accounts", "register", "screening", "audits", "gate", "explore", "pages", "api")


def django_settings(site: Site) -> dict[str, Any]:
    """Every setting that Django, allauth, ninja and csp read."""
    return {**_apps(), **_store(site), **_safety(site), **_words(), "SITE": site}


def _apps() -> dict[str, Any]:
    return {
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
        "MIDDLEWARE": [
            "django.middleware.security.SecurityMiddleware",
            "whitenoise.middleware.WhiteNoiseMiddleware",
            "csp.middleware.CSPMiddleware",
            "habeas.web.base.middleware.headers",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.locale.LocaleMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "habeas.web.accounts.middleware.acting",
            "habeas.web.base.middleware.errors",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        "ROOT_URLCONF": "habeas.web.urls",
        "WSGI_APPLICATION": "habeas.web.wsgi.application",
        "FORM_RENDERER": "django.forms.renderers.TemplatesSetting",
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
        "STATIC_URL": "/static/",
        "AUTH_USER_MODEL": "accounts.User",
        "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.Argon2PasswordHasher"],
        "LOGIN_REDIRECT_URL": "/desk/",
        "LOGIN_URL": "account_login",
    }


def _store(site: Site) -> dict[str, Any]:
    return {
        "DATABASES": {"default": _database(site)},
        "STATIC_ROOT": site.folder / "static",
        "MEDIA_ROOT": site.uploads,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 2_000_000,
        "FILE_UPLOAD_MAX_MEMORY_SIZE": 1_000_000,
    }


def _database(site: Site) -> dict[str, Any]:
    if site.database == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": site.folder / "site.sqlite",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 10,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON",
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
        "CONN_MAX_AGE": 60,
    }


def _safety(site: Site) -> dict[str, Any]:
    secure = not site.unsafe_plain_http
    host = site.address.split("://", 1)[1].split("/", 1)[0]
    return {
        "SECRET_KEY": site.secret_key,
        "DEBUG": False,
        "ALLOWED_HOSTS": [host.rsplit(":", 1)[0]],
        "CSRF_TRUSTED_ORIGINS": [site.address],
        "SESSION_COOKIE_SECURE": secure,
        "CSRF_COOKIE_SECURE": secure,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_HTTPONLY": True,
        "SECURE_SSL_REDIRECT": secure,
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
        "SECURE_HSTS_SECONDS": 31_536_000 if secure else 0,
        "SECURE_REFERRER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "DENY",
        "CONTENT_SECURITY_POLICY": {
            "DIRECTIVES": {
                "default-src": ["'none'"],
                "script-src": ["'self'"],
                "style-src": ["'self'"],
                "img-src": ["'self'"],
                "form-action": ["'self'"],
                "frame-ancestors": ["'none'"],
                "base-uri": ["'none'"],
            }
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
    }


_LANGUAGE_NAMES = {"en": "English", "fr": "français", "nl": "Nederlands", "cy": "Cymraeg", "ar": "العربية"}
