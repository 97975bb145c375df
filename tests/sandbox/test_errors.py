"""Every refusal in Telegram's table is provoked, word for word, or listed as out of reach."""

import json
import re
from pathlib import Path

import httpx
import pytest

from sandbox.botapi.faults import Fault, Trouble
from sandbox.botapi.server import Server
from tests.sandbox.office import Office
from tests.sandbox.provocations import (
    CASES,
    ENTITIES,
    OUT_OF_REACH,
    blocked,
    button,
    html,
    inline,
    upload,
)

TABLE = json.loads((Path(__file__).parent / "data/telegram-errors.json").read_text())
OVER_HTTP = {
    "Not Found",
    "Unauthorized",
    "Unauthorized: invalid token specified",
    "Internal Server Error: restart",
    "Too Many Requests: retry after 5",
    "Request Entity Too Large: too many parameters",
    "Bad Request: JSON object expected",
    "Bad Gateway",
}
IN_TEST_UPDATES = {
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is"
    " running",
    "Conflict: terminated by setWebhook request",
}


def test_every_error_of_the_table_is_provoked_or_known_to_be_out_of_reach() -> None:
    described = [error["description"] for error in TABLE]
    covered = [*OUT_OF_REACH, *CASES, *OVER_HTTP, *IN_TEST_UPDATES]
    assert sorted(covered) == sorted(described)


@pytest.mark.parametrize("description", CASES)
def test_it_is_refused_in_telegrams_words(description: str) -> None:
    error = next(error for error in TABLE if error["description"] == description)
    answer = CASES[description].provoke(Office())
    wording = CASES[description].wording
    worded = re.sub(r"\b[NXY]\b", lambda m: wording.get(m.group(), m.group()), description)
    assert (answer.status, answer.body["error_code"]) == (error["error_code"],) * 2
    assert answer.body["description"] == worded
    assert answer.body.get("parameters", {}).keys() == error.get("parameters", {}).keys()


def test_only_calls_wrong_in_their_form_are_held_against_the_bot() -> None:
    office = Office()
    html("<br>")(office)
    office.edit(99)
    blocked(office)
    assert [refusal.answer["description"] for refusal in office.telegram.journal.refusals] == [
        ENTITIES + 'Unsupported start tag "br" at byte offset 0'
    ]
    assert [refused.method for refused in office.telegram.journal.calls] == [
        "sendMessage",
        "editMessageText",
        "sendMessage",
    ]


def test_a_file_over_the_limit_is_not_taken() -> None:
    office = Office()
    office.telegram.settings.upload_bytes = 3
    answer = office.ask("sendDocument", chat_id=office.wang.id, document=upload(b"four"))
    assert answer.body["description"] == "Request Entity Too Large"
    assert office.ask("sendDocument", chat_id=office.wang.id, document=upload(b"xls")).status == 200
    empty = office.ask("sendDocument", chat_id=office.wang.id, document=upload(b""))
    assert empty.body["description"] == "Bad Request: file must be non-empty"


def test_what_the_sandbox_does_not_speak_is_loud() -> None:
    office = Office()
    assert office.ask("sendPoll", chat_id=office.wang.id).status == 404
    assert office.say(message_thread_id=3).status == 400
    assert office.say(no_such_argument=3).status == 200
    assert [refusal.answer["description"] for refusal in office.telegram.journal.refusals] == [
        "Not Found: the sandbox does not speak sendPoll",
        "Bad Request: the sandbox does not speak message_thread_id of sendMessage",
    ]


def test_markup_is_read_before_the_chat_and_its_sizes_after() -> None:
    office = Office()
    broken = office.ask("sendMessage", chat_id=12345, text="<b", parse_mode="HTML")
    assert "can't parse entities" in broken.body["description"]
    keyboard = inline(button(callback_data="a" * 70))
    unknown = office.ask("sendMessage", chat_id=12345, text="a", reply_markup=keyboard)
    assert unknown.body["description"] == "Bad Request: chat not found"


async def test_what_only_http_can_get_wrong() -> None:
    office = Office()
    async with (
        Server(office.telegram) as server,
        httpx.AsyncClient(base_url=server.api_url) as http,
    ):
        seen = [
            await http.get("/nowhere"),
            await http.post("/bot123:abc/getMe"),
            await http.post("/bot0:abc/getMe"),
        ]
        path = f"/bot{office.bot.token}/getMe"
        seen.append(await http.post(path, json=[1]))
        seen.append(await http.post(path, data={"a": "x" * 1_100_000}))
        for fault in (
            Fault(Trouble.ANSWER, status=500),
            Fault(Trouble.ANSWER, status=429, retry_after=5),
        ):
            server.faults.add(fault)
            seen.append(await http.post(path))
        server.faults.add(Fault(Trouble.ANSWER, status=502))
        gateway = await http.post(path)
    assert seen[-1].headers["Retry-After"] == "5"
    assert {answer.json()["description"] for answer in seen} == OVER_HTTP - {"Bad Gateway"}
    assert gateway.status_code == 502
    assert gateway.text.startswith("<html>")
