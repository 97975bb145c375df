"""The settings, from the environment or `.env`; a wrong one stops the start with one sentence."""

import re
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from domain.vocabulary import Language

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{30,}")
_ADDRESS = re.compile(r"[^:]+:\d{1,5}")


class SettingsError(Exception):
    """A setting is missing or malformed; the message is one clear sentence for the operator."""


class Settings(BaseSettings):
    """Everything the outside can set. Names are stable; see README."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    bot_token: SecretStr
    bot_api_url: str = "https://api.telegram.org"
    database_url: str = "sqlite:///liaison.db"
    timezone: str = "Asia/Shanghai"
    office_language: Language = Language.ZH
    send_rate: Annotated[float, Field(gt=0, le=30)] = 28
    proxy_url: str | None = None
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    webhook_listen: str = "127.0.0.1:8443"
    metrics_listen: str | None = None
    log_format: Literal["text", "json"] = "text"

    @field_validator("bot_token")
    @classmethod
    def _token(cls, value: SecretStr) -> SecretStr:
        if not _TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("it should look like 123456:ABC..., as @BotFather gives it")
        return value

    @field_validator("bot_api_url", "webhook_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is not None and not re.match(r"https?://[^/\s]+", value):
            raise ValueError("it should be an http:// or https:// address")
        return value.rstrip("/") if value else value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        try:
            backend = make_url(value).get_backend_name()
        except ArgumentError as error:
            raise ValueError("it should look like sqlite:///file.db or postgresql://...") from error
        if backend not in ("sqlite", "postgresql", "postgres"):
            raise ValueError("only sqlite:/// and postgresql:// databases are supported")
        return value

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("it should be a time zone name such as Asia/Shanghai")
        return value

    @field_validator("webhook_listen", "metrics_listen")
    @classmethod
    def _listen(cls, value: str | None) -> str | None:
        if value is not None and not _ADDRESS.fullmatch(value):
            raise ValueError("it should be HOST:PORT, such as 127.0.0.1:9100")
        return value

    @model_validator(mode="after")
    def _webhook(self) -> "Settings":
        if self.webhook_url and not self.webhook_secret:
            raise ValueError("WEBHOOK_SECRET is needed with WEBHOOK_URL")
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The office's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def token(self) -> str:
        """The bot's token in the clear, for the calls that need it."""
        return self.bot_token.get_secret_value()


def load_settings() -> Settings:
    """Read the settings; SettingsError names the first wrong one and what it should be."""
    try:
        return Settings()  # type: ignore[call-arg]  # the environment fills what is required
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from None


def _sentence(error: ValidationError) -> str:
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"]).upper()
    if first["type"] == "missing":
        return f"{name} is not set: put it into the environment or into .env (see .env.example)."
    reason = first["msg"].removeprefix("Value error, ")
    return f"{name or 'Settings'}: {reason}."
