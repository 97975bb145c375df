"""Which links Telegram takes, and how it writes them."""

import re
from urllib.parse import urlsplit

_USER_LINK = re.compile(r"tg:(?://)?user\?id=([1-9]\d*)$", re.IGNORECASE)
_EMOJI_LINK = re.compile(r"tg:(?://)?emoji\?id=(-?\d+)$", re.IGNORECASE)
_INTERNAL = ("tg:", "ton:", "tonsite:")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+\.?$|\[[0-9a-f:.]+\]$", re.IGNORECASE)


def mentioned_user(url: str) -> int | None:
    """The user a `tg://user?id=` link names."""
    found = _USER_LINK.match(url)
    return int(found.group(1)) if found else None


def custom_emoji(url: str) -> str | None:
    """The identifier in a `tg://emoji?id=` link."""
    found = _EMOJI_LINK.match(url)
    return found.group(1) if found else None


def checked_link(url: str) -> str | None:
    """The link as Telegram stores it, or None for one it does not take.

    Only http, https, ftp and Telegram's own schemes, and only hosts with a dot.
    """
    url = url.strip()
    if not url or re.search(r"\s", url):
        return None
    if url.lower().startswith(_INTERNAL):
        return url
    return _http_link(url if _SCHEME.match(url) else f"http://{url}")


def _http_link(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    host = (parts.netloc.rpartition("@")[2]).removesuffix(f":{port}")
    if parts.scheme.lower() not in ("http", "https", "ftp") or not _HOST.match(host):
        return None
    return parts._replace(
        scheme=parts.scheme.lower(), netloc=parts.netloc.lower(), path=parts.path or "/"
    ).geturl()
