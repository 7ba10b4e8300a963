"""Whose bank account it is, by the account holders' register: nobody has another's pension paid to themselves (C05)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.acting import Acting, CapacityKind
from domain.cases.case import Case
from domain.cases.filling import AnswerGiven
from domain.catalogue.types import Catalogue
from domain.errors import InvalidForm, Issue, Unavailable
from domain.identifiers import is_bank_card, normalised
from domain.people import Person
from domain.ports import NoAnswer
from domain.registers import AccountHolders
from domain.words import Text

FORMAT = "bank-account"
ASK_AGAIN = 30
"""Seconds."""


@dataclass(frozen=True, slots=True)
class OwnAccounts:
    holders: AccountHolders

    async def foreign(
        self, given: Sequence[AnswerGiven], catalogue: Catalogue, *, of: Person, by: Acting, case: Case | None = None
    ) -> Mapping[int, Text]:
        """By the answer's number, each account that is not this person's own. What people enter themselves, on a device of their own,
        is not looked at. Raises Unavailable."""
        if by.capacity is CapacityKind.SELF and by.assisted_by is None:
            return {}
        keys = frozenset(rule.key for section in catalogue.sections for rule in section.fields if rule.format == FORMAT)
        entered = {number: normalised(one.value) for number, one in enumerate(given) if one.key in keys and one.value}
        new = {number: account for number, account in entered.items() if is_bank_card(account) and not _stands(account, case)}
        return {number: Text("issue.account-of-another") for number, account in new.items() if not await self._holds(of, account)}

    async def must_hold(self, person: Person, account: str) -> None:
        """Raises InvalidForm, Unavailable."""
        if not await self._holds(person, account):
            raise InvalidForm([Issue(("input", "account"), Text("issue.account-of-another"))])

    async def _holds(self, person: Person, account: str) -> bool:
        try:
            return await self.holders.holds(person, account)
        except NoAnswer:
            raise Unavailable("refusal.accounts-away", retry_after_seconds=ASK_AGAIN) from None


def _stands(account: str, case: Case | None) -> bool:
    """It is in the form already: sent again, it is not asked about again."""
    return case is not None and account in {answer.value for answer in case.private.answers.values()}
