"""The message provider: SMS, mini-program subscription messages, voice calls. The wire format stands in mocks/messages.py."""

from dataclasses import dataclass

import httpx2
import msgspec

from domain.ports import OutgoingMessage
from integrations.http import Line, Question, Wiring, open_line

SYSTEM = "messages"


@dataclass(frozen=True, slots=True)
class HttpMessenger:
    line: Line

    async def send(self, message: OutgoingMessage) -> None:
        headers = {"Content-Type": "application/json"}
        answer = await self.line.ask(Question("POST", "/messages", repeatable=True, body=msgspec.json.encode(message), headers=headers))
        if answer.status != httpx2.codes.ACCEPTED:
            raise self.line.unusable(answer)

    async def close(self) -> None:
        await self.line.close()


def messenger(url: str, wiring: Wiring) -> HttpMessenger:
    return HttpMessenger(open_line(SYSTEM, url, wiring))
