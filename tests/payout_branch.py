"""Where somebody stands who wants their pension paid to another account; and the back office, of the same cases."""

from dataclasses import dataclass, replace

from domain.acting import Acting
from domain.cases.accounts import OwnAccounts
from domain.cases.case import Case
from domain.cases.changing_payout import NewAccount
from domain.cases.payout_desk import PayoutDesk
from domain.cases.requests import Marks
from domain.ports import OutgoingMessage
from tests.back_office import House, Outside, a_house, messages
from tests.capacities import DAUGHTER, Shelf
from tests.cases import ZHANG, acting, loaded
from tests.looks import NotedLooks
from tests.memory import a_book
from tests.payouts import BANK, NEW, THEIRS, handed_over
from tests.told_registers import ToldAccounts

REQUEST = "request-0123456789"


@dataclass
class Branch:
    desk: PayoutDesk
    house: House
    outside: Outside
    accounts: ToldAccounts
    shelf: Shelf

    async def ask(self, account: str = NEW, *, by: Acting | None = None, request: str = REQUEST, bank: str = BANK) -> Case:
        by = by or replace(acting(), proved_at=self.house.clock.at)
        return await self.desk.change(request, "case-zh8k0001", NewAccount(bank, account), by=by)

    async def after(self, days: float) -> Case:
        return await self.house.attend(self.case, days * 86_400)

    @property
    def case(self) -> Case:
        return self.house.store.kept["case-zh8k0001"]

    def texts(self, starting: str) -> list[OutgoingMessage]:
        return [one for one in messages(self.outside) if one.key.startswith(f"{self.case.id}.payout-{starting}")]


def a_branch(case: Case | None = None) -> Branch:
    outside, shelf = Outside(), Shelf()
    house = a_house(outside)
    house.store.put(case or handed_over())
    accounts = ToldAccounts({NEW: ZHANG.document_number, THEIRS: DAUGHTER.document_number})
    book = a_book(store=house.store, shelf=shelf)
    seed = lambda: bytes(32)  # noqa: E731
    desk = PayoutDesk(book, loaded().catalogues, OwnAccounts(accounts), Marks(bytes.hex), NotedLooks(), seed, house.clock)
    return Branch(desk, house, outside, accounts, shelf)
