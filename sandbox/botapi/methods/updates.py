"""How a bot takes its updates: asking for them, or having them brought."""

import re
from datetime import timedelta

from sandbox.botapi.asking import Ask, Reply, speaks
from sandbox.botapi.bots import Webhook
from sandbox.botapi.chats import Json
from sandbox.botapi.errors import ApiError, FormError, conflict, too_many_requests
from sandbox.botapi.text.links import checked_link

WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active;"
    " use deleteWebhook to delete the webhook first"
)
_PORTS = (80, 88, 443, 8443)


@speaks("getUpdates", "offset limit timeout allowed_updates")
def get_updates(ask: Ask) -> Reply:
    """What is there now; the waiting is done by `polling.Polls`."""
    if ask.bot.webhook.url:
        raise conflict(WEBHOOK_ACTIVE)
    allow_updates(ask)
    ask.bot.updates.confirm(ask.parameters.integer("offset"))
    return read_updates(ask, ask.parameters.clamped("limit", 100, 1, 100))


def read_updates(ask: Ask, limit: int) -> Reply:
    """The oldest updates, confirming nothing."""
    waiting = ask.bot.updates.read(limit, ask.telegram.clock.now())
    return Reply([update.as_json() for update in waiting])


def allow_updates(ask: Ask) -> None:
    """Remember `allowed_updates`; what is not a JSON array is ignored."""
    try:
        kinds = ask.parameters.json("allowed_updates", "")
    except FormError:
        return
    if isinstance(kinds, list):
        ask.bot.updates.allow(kinds)


@speaks("setWebhook", "url max_connections allowed_updates drop_pending_updates secret_token")
def set_webhook(ask: Ask) -> Reply:
    """Have updates brought to a URL; an empty one removes the webhook."""
    url = ask.parameters.text("url").strip()
    if not url:
        return delete_webhook(ask)
    if "://" not in url:
        url = f"https://{url}"
    secret = ask.parameters.text("secret_token")
    _check_webhook(ask, url, secret)
    unchanged = (ask.bot.webhook.url, ask.bot.webhook.secret) == (url, secret)
    allow_updates(ask)
    _drop_pending(ask)
    connections = ask.parameters.clamped("max_connections", 40, 1, 100)
    ask.bot.webhook = Webhook(url, secret, connections, set_at=ask.telegram.clock.now())
    ask.telegram.bell.ring()
    return Reply(True, "Webhook is already set" if unchanged else "Webhook was set")


def _check_webhook(ask: Ask, url: str, secret: str) -> None:
    if len(secret) > 256:
        raise FormError("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise FormError("secret token contains unallowed characters")
    found = re.match(r"(https?)://([^/:]+)(?::(\d+))?(?:/|$)", url)
    if not found:
        raise FormError("invalid webhook URL specified")
    if ask.telegram.settings.webhook_needs_https:
        _check_cloud_webhook(found, url)
    set_at, now = ask.bot.webhook.set_at, ask.telegram.clock.now()
    if set_at and timedelta(0) <= now - set_at < timedelta(seconds=1):
        raise too_many_requests(1)


def _check_cloud_webhook(found: re.Match[str], url: str) -> None:
    scheme, host, port = found.groups()
    if scheme != "https":
        raise ApiError(400, "bad webhook: An HTTPS URL must be provided for webhook")
    if int(port or 443) not in _PORTS:
        raise ApiError(400, "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if re.match(r"(127|10|192\.168)\.", host):
        raise ApiError(400, f"bad webhook: IP address {host} is reserved")
    if not checked_link(url):
        raise FormError("invalid webhook URL specified")


@speaks("deleteWebhook", "drop_pending_updates")
def delete_webhook(ask: Ask) -> Reply:
    """Go back to getUpdates."""
    had = bool(ask.bot.webhook.url)
    ask.bot.webhook = Webhook()
    _drop_pending(ask)
    ask.telegram.bell.ring()
    return Reply(True, "Webhook was deleted" if had else "Webhook is already deleted")


@speaks("getWebhookInfo")
def get_webhook_info(ask: Ask) -> Reply:
    """Where updates go, how many wait, what went wrong last."""
    webhook = ask.bot.webhook
    waiting = ask.bot.updates.read(100_000, ask.telegram.clock.now())
    info: Json = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(waiting),
    }
    if webhook.url:
        info["max_connections"] = webhook.max_connections
    if webhook.last_error_at:
        info["last_error_date"] = int(webhook.last_error_at.timestamp())
        info["last_error_message"] = webhook.last_error
    return Reply(info)


def _drop_pending(ask: Ask) -> None:
    if ask.parameters.boolean("drop_pending_updates"):
        ask.bot.updates.clear()
