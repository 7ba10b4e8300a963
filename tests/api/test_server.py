"""Starting to listen, or saying why not."""

import socket
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette

from api.children import CannotRun
from api.server import serve_until_stopped


def test_a_port_that_is_taken_is_told_in_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(CannotRun, match=rf"The API cannot listen on 127\.0\.0\.1:{port}: .*in use"):
            serve_until_stopped(Starlette(), SimpleNamespace(host="127.0.0.1", port=port, trusted_proxies=None))
