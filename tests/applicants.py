"""The desk of applicants, as far as a test needs it."""

from domain.cases.accounts import OwnAccounts
from domain.cases.book import CaseBook
from domain.cases.desk import ApplicantDesk, AttachableFiles
from domain.cases.requests import Marks
from domain.places.places import Places
from tests.cases import loaded
from tests.looks import NotedLooks
from tests.places import some_places
from tests.told_registers import ToldAccounts


def an_applicant_desk(
    book: CaseBook, *, files: AttachableFiles | None = None, places: Places | None = None, accounts: ToldAccounts | None = None
) -> ApplicantDesk:
    own, there = OwnAccounts(accounts or ToldAccounts()), places or some_places()
    return ApplicantDesk(book, loaded().catalogues, files, Marks(bytes.hex), lambda: bytes(32), book.now, there, NotedLooks(), own)
