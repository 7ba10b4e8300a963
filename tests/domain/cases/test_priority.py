"""优先办 (A78): a case goes before others for a reason that something shows."""

from dataclasses import replace

import pytest

from domain.acting import Acting, Authority
from domain.cases.case import Case
from domain.cases.parts import FileRef
from domain.cases.priority import evidence_of, put_first
from domain.catalogue.queues import PriorityBasis
from domain.catalogue.types import Catalogue
from domain.errors import InvalidForm, NotEligible, NotPermitted, StepNotAllowed
from domain.mandates.actions import MandateAction
from domain.words import Words
from tests.capacities import a_mandate, under
from tests.cases import MONDAY, a_file, a_mark, a_prefilled_case, acting, an_opened_case, at, guangxi, kinds, rebuilt, slips
from tests.officers import a_clerk, an_officer, at_departments
from tests.progress import a_finished_case

NAMED = Words("某情形", "某情形", "Some reason")


def with_basis(**shown: object) -> Catalogue:
    basis = PriorityBasis("SHOWN", NAMED, "for tests", **shown)  # type: ignore[arg-type]
    return replace(guangxi(), priorities={"SHOWN": basis})


def flagged(
    case: Case,
    basis: str = "VETERAN",
    *,
    file: FileRef | None = None,
    by: Acting | None = None,
    mark: str = "first",
    catalogue: Catalogue | None = None,
) -> Case:
    by = by or acting()
    mark_ = a_mark(mark, person=by.known_person())
    return put_first(case, basis=basis, file=file, catalogue=catalogue or guangxi(), by=by, mark=mark_, moment=at(60))


@pytest.mark.row("A78")
def test_the_four_of_the_source_may_go_first_each_with_its_source() -> None:
    bases = guangxi().priorities

    assert set(bases) == {"DISABLED", "INCAPACITATED", "PREGNANT", "VETERAN"}
    assert all(basis.source and basis.name.hans for basis in bases.values())


@pytest.mark.row("A78")
@pytest.mark.parametrize("case", [an_opened_case, at_departments], ids=["draft", "at departments"])
def test_a_paper_that_shows_it_puts_a_case_before_others(case) -> None:
    first = flagged(case(), file=a_file())

    assert first.private.priority is not None
    assert (first.private.priority.basis, first.private.priority.evidence, first.private.priority.file) == ("VETERAN", "file-1", a_file())
    assert kinds(first)[-1] == "put-first"
    assert "VETERAN" not in first.last_step.canonical.decode()
    assert rebuilt(first) == first


@pytest.mark.row("A78")
def test_without_anything_that_shows_it_it_is_refused() -> None:
    with pytest.raises(NotEligible, match="priority-without-evidence"):
        flagged(an_opened_case())


@pytest.mark.row("A78")
def test_what_the_case_holds_already_needs_no_paper() -> None:
    case = replace(a_prefilled_case(), materials={"identity-card": (a_file(),)})

    def shown(**by: object) -> str | None:
        return evidence_of(with_basis(**by).priorities["SHOWN"], case, guangxi())

    assert shown(licences=("social-security-card",)) == "social-security-card"
    assert shown(answers={"sex": ("MALE",)}) == "sex"
    assert shown(answers={"sex": ("FEMALE",)}) is None
    assert shown(answers={"mobile": ("13900000001",)}) is None
    assert shown(materials=("identity-card",)) == "identity-card"
    assert flagged(case, "SHOWN", catalogue=with_basis(answers={"sex": ("MALE",)})).private.priority is not None


@pytest.mark.row("A78")
def test_a_basis_that_is_none_is_told() -> None:
    with pytest.raises(InvalidForm) as told:
        flagged(an_opened_case(), "IMPATIENT", file=a_file())

    assert slips(told) == [(("input", "basis"), "no-such-basis")]


@pytest.mark.row("A78")
def test_the_applicants_side_asks_for_it_and_no_officer_nor_a_delegate_who_only_looks() -> None:
    looking = replace(under(a_mandate()), authority=Authority(actions=frozenset({MandateAction.VIEW})))

    for by in (under(a_mandate()), a_clerk()):
        assert flagged(an_opened_case(), file=a_file(), by=by).private.priority is not None
    for by in (an_officer(), looking):
        with pytest.raises(NotPermitted):
            flagged(an_opened_case(), file=a_file(), by=by)


def test_a_case_that_is_over_goes_nowhere() -> None:
    with pytest.raises(StepNotAllowed):
        flagged(a_finished_case(), file=a_file())


def test_the_same_wish_is_one_step() -> None:
    first = flagged(an_opened_case(), file=a_file())

    assert flagged(first, file=a_file()) == first
    assert flagged(first, file=a_file(), mark="again") == first
    assert flagged(first, "DISABLED", file=replace(a_file("file-2"), at=MONDAY), mark="more").private.priority != first.private.priority
