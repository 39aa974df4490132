"""Settings: from the environment (`WORKSHOP_…`), else from `config.toml` in the user's configuration folder."""

import hashlib
import os
import re
import socket
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from platformdirs import user_config_path, user_data_path, user_documents_path, user_state_path
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from workshop.domain.printers import parse_printers
from workshop.domain.reasons import Reason, ReasonKind, Refused
from workshop.domain.text import clean_line
from workshop.domain.words import N_, Message

UNREADABLE = ReasonKind("-", "settings_unreadable", N_("{place} cannot be read: {detail}. Correct or remove it."))
UNKNOWN = ReasonKind("-", "settings_unknown", N_("{place}: there is no setting {name}. There are: {known}."))
WRONG = ReasonKind("-", "settings_wrong", N_("{place}: {name} must be {rule}."))

_RULES = {
    "database": N_("the address of a database or the path of a file"),
    "terminal": N_("a name of at most 60 characters"),
    "idle_minutes": N_("a whole number of minutes from 1 to 480"),
    "language": N_("zh_CN or en"),
    "theme": N_("dark, light or contrast"),
    "borders": N_("lines or ascii"),
    "bell": N_("yes or no"),
    "keys": N_("a table of keys by name, as workshop keys lists them"),
    "witness": N_("the path of a file"),
    "papers": N_("the path of a folder"),
    "health_folder": N_("the path of a folder"),
    "health_address": N_("an address that begins with http:// or https://"),
    "health_company": N_("a name of at most 60 characters"),
    "health_password": N_("a text"),
    "printers": N_("a table of printers: names, each with its address"),
}
_NAME = "workshop"
_PREFIX = "WORKSHOP_"
_CONFIG = "WORKSHOP_CONFIG"
_LONGEST = 60


class SettingsWrong(Refused):
    """The settings cannot be used; every mistake in them is a reason."""


class Settings(BaseSettings):
    """How this terminal works. Every field may be set as `WORKSHOP_<NAME>` or in the file; the environment wins."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, extra="forbid", frozen=True, env_ignore_empty=True)

    database: str = Field(default="", description="address of the database, or the path of a SQLite file")
    terminal: str = Field(default="", max_length=_LONGEST, description="name of this terminal in the ledger")
    idle_minutes: int = Field(default=5, ge=1, le=480, description="minutes without a key after which it locks")
    language: Literal["zh_CN", "en"] = Field(default="zh_CN", description="language until somebody signs in")
    theme: Literal["dark", "light", "contrast"] = Field(default="dark", description="colours of the screens")
    borders: Literal["lines", "ascii"] = Field(default="lines", description="ascii: for consoles that draw lines wide")
    bell: bool = Field(default=True, description="ring when something new waits for the person who is signed in")
    keys: dict[str, str] = Field(default_factory=dict, description='other keys for what keys do: {"find": "f7"}')
    witness: Path | None = Field(default=None, description="file that keeps the ledger's lines seen here")
    papers: Path | None = Field(default=None, description="folder in which papers are saved")
    printers: dict[str, str] = Field(default_factory=dict, description='printers: {"counter": "escpos://10.0.0.9"}')

    health_folder: Path | None = Field(default=None, description="folder for vehicle health records")
    health_address: str = Field(default="", pattern=r"^(https?://\S+)?$", description="system that receives them")
    health_company: str = Field(default="", max_length=_LONGEST, description="the company's code there")
    health_password: str = Field(default="", repr=False, description="its password there")

    @field_validator("printers")
    @classmethod
    def _printers(cls, value: dict[str, str]) -> dict[str, str]:
        parse_printers(value)
        return value

    @field_validator("database")
    @classmethod
    def _address(cls, value: str) -> str:
        return database_url(value.strip() or str(user_data_path(_NAME) / "workshop.db"))

    @field_validator("terminal")
    @classmethod
    def _named(cls, value: str) -> str:
        return clean_line(value) or terminal_name()

    @property
    def report_folder(self) -> Path:
        """Where the terminal writes what went wrong in the program itself."""
        return user_state_path(_NAME) / "reports"

    @property
    def paper_folder(self) -> Path:
        """Where papers are saved."""
        return self.papers.expanduser() if self.papers is not None else user_documents_path() / "workshop"

    @property
    def print_queue(self) -> Path:
        """Where what waits for a printer is kept."""
        return user_state_path(_NAME) / "print-queue"

    @property
    def witness_file(self) -> Path:
        """Where this terminal keeps what it saw of this database's ledger: one file for each pair of them."""
        if self.witness is not None:
            return self.witness.expanduser()
        address = re.sub(r"(://[^:/@]*):[^@]*@", r"\1@", self.database)  # a new password is no new database
        which = hashlib.sha256(address.encode()).hexdigest()[:12]
        terminal = re.sub(r"[^\w.-]+", "_", self.terminal)
        return user_state_path(_NAME) / f"witness-{terminal}-{which}.txt"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 — pydantic passes all of them by name
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What the program itself gives, then the environment, then the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, config_file())


def load(**given: Any) -> Settings:
    """The settings in force; `given` (say from the command line) wins over all. Every mistake is a reason."""
    file = config_file()
    try:
        if _CONFIG in os.environ:
            file.open("rb").close()  # one that was asked for must be there
        return Settings(**given)
    except ValidationError as error:
        raise SettingsWrong(
            *(_reason(one["type"], str(one["loc"][0]), file, given) for one in error.errors())
        ) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        detail = (isinstance(error, OSError) and error.strerror) or str(error)
        raise SettingsWrong(UNREADABLE(place=str(file), detail=detail)) from error


def config_file() -> Path:
    """The file with the settings: the user's own, or the one that `WORKSHOP_CONFIG` names."""
    named = os.environ.get(_CONFIG)
    return Path(named).expanduser() if named else user_config_path(_NAME) / "config.toml"


def database_url(text: str) -> str:
    """The full address of a database: PostgreSQL with its driver; a path becomes the address of a SQLite file."""
    scheme, found, rest = text.partition("://")
    if not found:
        return f"sqlite:///{Path(text).expanduser().absolute()}"
    return f"postgresql+psycopg://{rest}" if scheme in ("postgresql", "postgres") else text


def terminal_name() -> str:
    """A name for this terminal that stays the same as long as it is open: the machine's and the terminal line's."""
    host = socket.gethostname() or "host"
    for stream in (0, 1, 2):
        try:
            line = os.ttyname(stream).removeprefix("/dev/").replace("/", "")
        except (OSError, AttributeError):  # not a terminal; not such a system
            continue
        return f"{host[: _LONGEST - 1 - len(line)]}-{line}"
    return host[:_LONGEST]


def _reason(kind: str, name: str, file: Path, given: Mapping[str, object]) -> Reason:
    if kind == "extra_forbidden":
        return UNKNOWN(place=str(file), name=name, known=", ".join(Settings.model_fields))
    variable = _PREFIX + name.upper()
    rule: Message = _RULES[name]
    if name in given:
        return WRONG(place=f"--{name}", name=name, rule=rule)
    if variable in os.environ:
        return WRONG(place=variable, name=name, rule=rule)
    return WRONG(place=str(file), name=name, rule=rule)
