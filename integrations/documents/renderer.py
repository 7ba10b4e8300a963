"""Documents as the domain asks for them; the rendering itself happens in another process."""

import asyncio
import io
import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import TypeVar

import segno

from domain.clock import CHINA
from domain.keeping.own_data import Line
from domain.ports import CertificateContent, NoAnswer
from domain.words import Language
from integrations.documents import press
from integrations.documents.certificate import sheet
from integrations.documents.own_data import copy

Page = TypeVar("Page")


@dataclass(slots=True)
class TypstDocuments:
    """`processes` are started at the first document, and again if one was killed. The program's main module must be importable."""

    processes: int = 1
    _pool: ProcessPoolExecutor | None = field(default=None, init=False)

    async def certificate(self, content: CertificateContent) -> bytes:
        issued = int(datetime.combine(content.issued_on, time(), CHINA).timestamp())
        return await self._printed(press.certificate, sheet(content, qr=self.qr_svg(content.check_url), issued=issued))

    async def own_data(self, lines: Sequence[Line], *, title: str, made_at: datetime, language: Language) -> bytes:
        return await self._printed(press.own_data, copy(lines, title=title, language=language, made=int(made_at.timestamp())))

    async def _printed(self, press_it: Callable[[Page], bytes], page: Page) -> bytes:
        pool = self._started()
        try:
            return await asyncio.get_running_loop().run_in_executor(pool, press_it, page)
        except BrokenProcessPool as error:
            self._forget(pool)
            raise NoAnswer("documents", "the rendering process was killed") from error
        except press.CannotPrint as error:
            raise NoAnswer("documents", str(error)) from error

    def qr_svg(self, text: str) -> str:
        drawn = io.BytesIO()
        segno.make(text, error="m", micro=False).save(
            drawn, kind="svg", border=4, xmldecl=False, nl=False, omitsize=True, dark="#000", light="#fff"
        )
        return drawn.getvalue().decode()

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self.processes, mp_context=multiprocessing.get_context("spawn"), initializer=press.start)
        return self._pool

    def _forget(self, pool: ProcessPoolExecutor) -> None:
        if self._pool is pool:
            self.close()
