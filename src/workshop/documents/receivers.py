"""Who takes vehicle health records: a folder from which another program fetches them, or a system at an address."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from socket import gaierror
from typing import Final, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from workshop.commands.exchange import RecordExchange
from workshop.db.files import appearing
from workshop.documents.paper_settings import ExchangeSettings
from workshop.domain.health_record import ExchangeResult, HealthRecord, verdict
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.words import N_, JsonValue
from workshop.queries.health_records import ToSend

NO_RECEIVER = ReasonKind(
    "-", "exchange_no_receiver", N_("The settings name no receiver for health records. Set one of: {names}")
)
SENT = N_("{order}: {result}. {answer}")
AGAIN = N_("{order}: sent before without an answer, now again.")
AWAY = N_("{order}: the receiver cannot be reached ({detail}). It stays to be sent.")
NOTHING = N_("Every health record has been accepted.")
LEFT = N_("Health records that wait to be sent: {count}.")
_TOKEN: Final = "lcipprogetaccesstoken/query"  # noqa: S105 — a path
_RECORD: Final = "lcipprocarfixrecordadd/query"
_NOTHING_SENT: Final = (ConnectionRefusedError, gaierror)
"""Nobody listens, or nobody has that name. Any other failure may have come after the record."""
_PATIENCE: Final = 20.0
_LONGEST: Final = 4000


class Unreachable(Exception):
    """Nothing reached the receiver."""


class Unanswered(Exception):
    """It may have reached the receiver; no answer came, or none that can be read."""


class Receiver(Protocol):
    """Takes health records."""

    @property
    def name(self) -> str:
        """What it is called in the records."""

    def take(self, record: HealthRecord) -> tuple[ExchangeResult, str]:
        """Whether it accepted the record, and its words. `Unreachable` or `Unanswered` otherwise."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder from which another program fetches the records, one JSON file each."""

    path: Path

    @property
    def name(self) -> str:
        """The folder."""
        return str(self.path)

    def take(self, record: HealthRecord) -> tuple[ExchangeResult, str]:
        """Write the file; it appears whole."""
        file = self.path / f"{record.settlement}.json"
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with appearing(file) as draft:
                draft.write_text(json.dumps(record.as_json(), ensure_ascii=False, indent=2), encoding="utf-8")
        except OSError as error:
            raise Unreachable(error.strerror or str(error)) from error
        return ExchangeResult.ACCEPTED, file.name


@dataclass
class System:
    """The receiving system at an address: a token for the company, then a record with the token."""

    address: str
    company: str
    password: str = field(repr=False)
    _token: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        """Its host."""
        return urlsplit(self.address).hostname or self.address

    def take(self, record: HealthRecord) -> tuple[ExchangeResult, str]:
        """Send the record; with a fresh token where the old one is no longer good."""
        known = bool(self._token)
        answer = self._record(record)
        if known and verdict(answer) is ExchangeResult.REFUSED:
            self._token = ""
            answer = self._record(record)
        return verdict(answer), json.dumps(answer, ensure_ascii=False)[:_LONGEST]

    def _record(self, record: HealthRecord) -> Mapping[str, object]:
        if not self._token:
            self._token = self._fetch_token()
        return self._post(_RECORD, {"access_token": self._token} | record.as_json())

    def _fetch_token(self) -> str:
        """Nothing of a record has been sent while this fails."""
        try:
            answer = self._post(_TOKEN, {"companycode": self.company, "companypassword": self.password})
        except Unanswered as error:
            raise Unreachable(str(error)) from error
        token = answer.get("access_token")
        if not isinstance(token, str) or not token:
            raise Unreachable(json.dumps(answer, ensure_ascii=False)[:200])
        return token

    def _post(self, path: str, body: Mapping[str, JsonValue]) -> Mapping[str, object]:
        request = Request(  # noqa: S310 — the settings allow http and https only
            f"{self.address.rstrip('/')}/{path}",
            json.dumps(body, ensure_ascii=False).encode(),
            {"Content-Type": "application/json; charset=utf-8"},
        )
        try:
            with urlopen(request, timeout=_PATIENCE) as reply:  # noqa: S310
                answer = json.loads(reply.read())
        except HTTPError as error:
            raise Unanswered(f"HTTP {error.code}") from error
        except URLError as error:
            if isinstance(error.reason, _NOTHING_SENT):
                raise Unreachable(error.reason.strerror or str(error.reason)) from error
            raise Unanswered(str(error.reason)) from error
        except (OSError, ValueError) as error:
            raise Unanswered(str(error)) from error
        if not isinstance(answer, dict):
            raise Unanswered(str(answer)[:200])
        return answer


def receiver_of(settings: ExchangeSettings) -> Receiver:
    """The receiver that the settings name; `Refused` if there is none."""
    if settings.health_address:
        return System(settings.health_address, settings.health_company, settings.health_password)
    if settings.health_folder is not None:
        return Folder(settings.health_folder.expanduser())
    raise Refused(NO_RECEIVER(names="health_folder, health_address"))


def attempt(receiver: Receiver, one: ToSend) -> RecordExchange:
    """Send a record once; what is to be recorded of it. Blocks. `Unreachable` where nothing has arrived."""
    try:
        result, answer = receiver.take(one.record)
    except Unanswered as error:
        result, answer = ExchangeResult.UNANSWERED, str(error)
    return RecordExchange(order=one.order_number, exchange_result=result, receiver=receiver.name, receiver_said=answer)
