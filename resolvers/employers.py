"""Employers file for their own staff: cases opened from a list that was handed in before."""

import strawberry
from strawberry import ID, Parent

from domain.employers.opening import MOST_AT_ONCE, Opened, OpenStaff, StaffImport
from resolvers.context import Info


@strawberry.input(
    description="after: the number of a row in the sheet; its good rows that follow, at most `first` of them and 50 at a time."
)
class OpenStaffCasesInput:
    sheet_id: ID
    item_ids: list[ID]
    first: int = MOST_AT_ONCE
    after: int = 0

    def wanted(self) -> OpenStaff:
        return OpenStaff(self.sheet_id, tuple(self.item_ids), first=self.first, after=self.after)


async def open_staff_cases(info: Info, request_id: ID, input: OpenStaffCasesInput) -> StaffImport:
    context = info.context
    return await context.desks.staff.open(request_id, input.wanted(), by=context.must_act(), language=context.language)


def problem(opened: Parent[Opened], info: Info) -> str | None:
    return info.context.say(opened.problem) if opened.problem else None


def spoken_problem(opened: Parent[Opened], info: Info) -> str | None:
    return info.context.speak(opened.problem) if opened.problem else None
