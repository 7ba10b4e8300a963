"""Documents as the domain asks for them; the rendering itself happens in another process."""

import asyncio
import io
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from datetime import datetime, time

import segno

from domain.clock import CHINA
from domain.ports import CertificateContent, NoAnswer
from integrations.documents import press
from integrations.documents.certificate import sheet


@dataclass(slots=True)
class TypstDocuments:
    """`processes` are started at the first document, and again if one was killed. The program's main module must be importable."""

    processes: int = 1
    _pool: ProcessPoolExecutor | None = field(default=None, init=False)

    async def certificate(self, content: CertificateContent) -> bytes:
        issued = int(datetime.combine(content.issued_on, time(), CHINA).timestamp())
        page = sheet(content, qr=self.qr_svg(content.check_url), issued=issued)
        pool = self._started()
        try:
            return await asyncio.get_running_loop().run_in_executor(pool, press.certificate, page)
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
