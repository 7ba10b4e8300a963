"""Runs in a process of its own: typst takes a tenth of a second a page, which the event loop does not have."""

import multiprocessing
import os
import signal
import threading
from contextlib import suppress
from functools import cache
from multiprocessing.connection import wait
from pathlib import Path
from unicodedata import category

import pylopdf_fonts_zh_cn
import typst

from integrations.documents.certificate import Sheet
from integrations.documents.own_data import Copy

TEMPLATES = Path(__file__).parent


def start() -> None:
    """Ctrl-C is for the parent, which then closes us; a parent that was killed takes us with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent.sentinel,), daemon=True).start()
    _fonts()


def _leave_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


@cache
def _fonts() -> typst.Fonts:
    """The same page on every machine: no fonts but our own."""
    folder = pylopdf_fonts_zh_cn.serif_path().parent
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


class CannotPrint(Exception):
    """Says nothing of the content: what typst said may quote it."""


def certificate(sheet: Sheet) -> bytes:
    """A portrait that cannot be read costs the portrait, not the certificate. Raises CannotPrint."""
    unset = _unset(sheet.letters)
    for with_portrait in (True, False) if sheet.portrait else (False,):
        with suppress(typst.TypstError):
            return _compile("certificate.typ", sheet.inputs(unset=unset, with_portrait=with_portrait), sheet.issued)
    raise CannotPrint("the certificate does not compile")


def own_data(copy: Copy) -> bytes:
    """Raises CannotPrint."""
    try:
        return _compile("own_data.typ", copy.inputs(unset=_unset(copy.letters)), copy.made)
    except typst.TypstError as error:
        raise CannotPrint("the copy of somebody's data does not compile") from error


def _unset(letters: frozenset[str]) -> frozenset[str]:
    """Those that our fonts lack, and those that are no letters (private, directing, controlling), which PDF/A or good sense forbids."""
    controls = frozenset(letter for letter in letters if category(letter).startswith("C"))
    others = letters - controls
    if _can_set("".join(sorted(others))):  # nearly always
        return controls
    return controls | frozenset(letter for letter in others if not _can_set(letter))


def _can_set(letters: str) -> bool:
    try:
        _compile("letters.typ", {"letters": letters}, 0)
    except typst.TypstError:
        return False
    return True


def _compile(template: str, inputs: dict[str, str], issued: int) -> bytes:
    return typst.compile(
        TEMPLATES / template,
        root=TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=["a-2a", "ua-1"],
        timestamp=issued,
    )
