"""How much one caller may hand in: files and pieces in a minute; bytes in a day, for which also what no case takes is kept."""

from dataclasses import dataclass

from api.graphql.counters import ActionCounters, Add, Count
from api.graphql.errors import Overloaded
from domain.acting import Acting
from domain.errors import TooManyAttempts
from domain.files import UNATTACHED_FOR
from domain.words import Text

FILE, PIECE = "POST /files", "PUT /files"
A_MINUTE = {FILE: 60, PIECE: 300}
BYTES_A_DAY = 2 * 1024**3
"""What a clerk scans of sixty people; what fills the store within a day is more."""
_DAY = int(UNATTACHED_FOR.total_seconds())


@dataclass(frozen=True, slots=True)
class UploadLimits:
    counters: ActionCounters

    async def admit(self, what: str, acting: Acting) -> None:
        """FILE or PIECE, before it is read. Raises TooManyAttempts."""
        try:
            await self.counters.admit_actions(_key(acting), [what])
        except Overloaded as often:
            raise TooManyAttempts(Text("files.too-many", {"seconds": often.retry_after}), retry_after_seconds=often.retry_after) from often

    async def admit_bytes(self, size: int, acting: Acting) -> None:
        """Before they are kept. Raises TooManyAttempts."""
        try:
            await self.counters.admit_amount(f"{_key(acting)}:file-bytes", size, allowed=BYTES_A_DAY, window=_DAY)
        except Overloaded as much:
            text = Text("files.too-much", {"gigabytes": BYTES_A_DAY // 1024**3, "hours": -(-much.retry_after // 3600)})
            raise TooManyAttempts(text, retry_after_seconds=much.retry_after) from much


def upload_limits(count: Count, add: Add) -> UploadLimits:
    return UploadLimits(ActionCounters(count=count, add=add, by_action=A_MINUTE))


def _key(acting: Acting) -> str:
    return acting.person.id if acting.person else acting.session
