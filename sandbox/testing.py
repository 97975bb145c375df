"""The pytest plugin: a local Telegram for a test, which fails what Telegram would not take."""

from collections.abc import AsyncIterator

import pytest

from sandbox.local import LocalTelegram


@pytest.fixture
async def telegram() -> AsyncIterator[LocalTelegram]:
    """A local Telegram in the test's event loop, on a free loopback port.

    At the end the test fails if the bot made a call that is wrong in its form or went over a
    limit, unless the test said `telegram.expects_refusals()` or `expects_violations()`.
    """
    async with LocalTelegram() as local:
        yield local
    if unexpected := local.unexpected():
        pytest.fail("\n".join(["Telegram would not have taken this:", *unexpected[:20]]))
