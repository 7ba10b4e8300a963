"""The whole demonstration in a folder of its own, with our hands on its store, so that people and cases can be put there in no time."""

import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from api.children import Child, running
from api.demo import everything
from api.development import PORTS_FILE, environment
from api.parts import Parts, parts
from api.ports import LOOPBACK, free_port, is_ready, noted
from api.settings import PREFIX, Settings
from integrations.token_keys import KeyFile
from integrations.tokens import JwtAccessTokens


@dataclass(frozen=True, slots=True)
class House:
    folder: Path
    url: str
    children: Mapping[str, Child]
    environment: Mapping[str, str]
    made: Parts
    tokens: JwtAccessTokens

    @property
    def socket_url(self) -> str:
        return self.url.replace("http", "ws", 1) + "/graphql"


@asynccontextmanager
async def house() -> AsyncIterator[House]:
    with TemporaryDirectory(prefix="zhangban-bench-", ignore_cleanup_errors=True) as folder:
        data, port = Path(folder), free_port()
        async with everything(port, data, Console(quiet=True)) as children:
            named = {child.name: child for child in children}
            outer = environment(data, port=port, ports=noted(data / PORTS_FILE))
            async with parts(Settings.from_environment(outer), lambda *told: None) as made:
                tokens = JwtAccessTokens(KeyFile(made.settings.token_keys), made.settings.public_url)
                yield House(data, made.settings.public_url, named, outer, made, tokens)


@asynccontextmanager
async def another_api(home: House) -> AsyncIterator[str]:
    """A second process beside the first, on a port of its own: its address."""
    port = free_port()
    there = {**home.environment, f"{PREFIX}PORT": str(port)}
    command = (sys.executable, "-m", "api", "serve")
    async with running("second API", *command, log=home.folder / "logs" / "second-api.log", environment=there) as child:
        await child.until(lambda: is_ready(f"http://{LOOPBACK}:{port}"), within=30)
        yield f"http://{LOOPBACK}:{port}"
