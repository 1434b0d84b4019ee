"""Phones in a room, as a program of their own: how long each waits, and what each voted last.

`python -m benchmarks.phone_load URL LOAD`, one line of JSON out. A phone that votes sends its form
and reads the page that it is sent on to, as a browser does: it waits for both. Loopback only.
"""

from __future__ import annotations

import asyncio
import json
import math
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode, urlsplit

PHONES: Final = 200
VISITORS: Final = 1000
LOADS: Final = {"steady": (5, 5.0), "burst": (1, 0.5)}
"""Ballots of each phone, and the seconds over which they come."""
PATIENCE: Final = 20.0
"""Seconds after which a request is lost."""
CHANCE: Final = random.Random(17)  # noqa: S311  the same load at every run
FAULTS: Final = (OSError, TimeoutError, ValueError, IndexError)


@dataclass
class Phone:
    """A browser with its cookie and what it voted last. What fails raises one of FAULTS."""

    url: str
    cookie: str = ""
    state: str = ""
    options: tuple[str, ...] = ()
    voted: str = ""

    async def open(self) -> str:
        """Read the page."""
        page = await self._request("GET", "200")
        found = re.search(r'name="state" value="(\w+)"', page)
        self.state = found[1] if found else ""
        self.options = tuple(re.findall(r'name="option" value="([^"]+)"', page))
        return page

    async def vote(self) -> None:
        """Vote for anything, and read the page that says so."""
        option = CHANCE.choice(self.options)
        await self._request(
            "POST", "303", urlencode({"option": option, "state": self.state})
        )
        self.voted = option
        if f'value="{option}" checked' not in await self.open():
            raise ValueError("The page does not show the ballot.")

    async def _request(self, method: str, wanted: str, body: str = "") -> str:
        where = urlsplit(self.url)
        known = f"Cookie: {self.cookie}\r\n" if self.cookie else ""
        head = f"{method} {where.path} HTTP/1.1\r\nHost: {where.netloc}\r\n{known}"
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection(where.hostname, where.port)
            writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode())
            answer = (await reader.read()).decode()
            writer.close()
        given = re.search(r"(?im)^Set-Cookie: ([^;\r]+)", answer)
        self.cookie = given[1] if given else self.cookie
        if answer.split(" ", 2)[1] != wanted:
            raise ValueError(answer[:40])
        return answer


async def timed(doing: Awaitable[object]) -> float:
    """Milliseconds that it took; infinity where it failed."""
    began = time.perf_counter()
    try:
        await doing
    except FAULTS:
        return math.inf
    return 1000 * (time.perf_counter() - began)


async def voting(phone: Phone, ballots: int, seconds: float) -> list[float]:
    """So many ballots of a phone, spread by chance over so many seconds."""
    began, taken = time.perf_counter(), []
    for turn in range(ballots):
        at = began + seconds * (turn + CHANCE.random()) / ballots
        await asyncio.sleep(max(at - time.perf_counter(), 0))
        taken.append(await timed(phone.vote()))
    return taken


async def loaded(url: str, load: str) -> dict[str, object]:
    """Put the load on."""
    if load == "open":
        taken = await asyncio.gather(
            *(timed(Phone(url).open()) for _ in range(VISITORS))
        )
        return {"taken": taken, "votes": {}}
    phones = [Phone(url) for _ in range(PHONES)]
    for phone in phones:
        with suppress(*FAULTS):
            await phone.open()
    each = await asyncio.gather(*(voting(phone, *LOADS[load]) for phone in phones))
    votes = Counter(phone.voted for phone in phones if phone.voted)
    return {"taken": [one for taken in each for one in taken], "votes": votes}


def main(url: str, load: str) -> None:
    """Raises SystemExit for an address elsewhere."""
    if urlsplit(url).hostname != "127.0.0.1":
        raise SystemExit("Loads stay on this machine.")
    sys.stdout.write(json.dumps(asyncio.run(loaded(url, load))) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
