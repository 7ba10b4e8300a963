"""Which papers a person is asked for, by the rules of the regions of the sources."""

from datetime import date

import pytest

from domain.cases.parts import MaterialStatus
from domain.reasons import Verdict
from domain.wording import month
from domain.words import Language
from tests.cases import loaded
from tests.regions import TODAY, a_case_in, asked, at_the_counter, paper, region

MET, NOT_MET, UNDECIDED = Verdict.MET, Verdict.NOT_MET, Verdict.UNDECIDED
NEEDED, NOT_NEEDED = MaterialStatus.NEEDED, MaterialStatus.NOT_NEEDED
EJIN = at_the_counter("ejin-horo")
GUYANG = at_the_counter("guyang")
COMMITTEE = "鄂尔多斯市劳动能力鉴定委员会"


def in_ejin(code: str, **answers: str) -> MaterialStatus:
    return paper(a_case_in(EJIN, "pension", **answers), EJIN, code).status(TODAY)


def in_guyang(code: str, **answers: str) -> MaterialStatus:
    return paper(a_case_in(GUYANG, "retirement-approval", **answers), GUYANG, code).status(TODAY)


# ---------------------------------------------------------------- 伊金霍洛旗: five papers in special cases


@pytest.mark.row("A39")
@pytest.mark.parametrize(("differs", "recruited", "status"), [("YES", "YES", NEEDED), ("NO", "YES", NOT_NEEDED), ("YES", "NO", NOT_NEEDED)])
def test_the_household_register_is_asked_of_who_was_recruited_under_another_name(
    differs: str, recruited: str, status: MaterialStatus
) -> None:
    assert in_ejin("household-register-book", name_differs_in_archive=differs, recruited_by_labour_office=recruited) is status


@pytest.mark.row("A39")
@pytest.mark.parametrize(
    ("first_paid", "status"), [("1995-06", NEEDED), ("1995-07", MaterialStatus.DEFERRED), ("1995-08", NOT_NEEDED), ("", NEEDED)]
)
def test_the_handbook_is_asked_of_who_paid_before_july_1995(first_paid: str, status: MaterialStatus) -> None:
    assert in_ejin("pension-handbook", first_paid=first_paid) is status


@pytest.mark.row("A39")
def test_july_1995_itself_is_for_an_officer_to_judge() -> None:
    found = asked("handbook-needed", "ejin-horo", first_paid="1995-07")

    assert (found.verdict, found.officer) == (UNDECIDED, True)
    assert loaded().wording.say(found.text, Language.ZH_HANS).startswith("您正好从1995年7月开始缴费。")
    assert [fact.value for fact in found.facts] == [month(1995, 7)]
    assert [(figure.key, figure.value, figure.since) for figure in found.figures] == [("handbook-before", "1995-07", date(2021, 4, 30))]


@pytest.mark.row("A39")
@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ({"back_paid": "YES", "back_paid_from": "1995-12"}, NEEDED),
        ({"back_paid": "YES", "back_paid_from": "1996-01"}, NOT_NEEDED),
        ({"back_paid": "YES", "back_paid_from": "1996-02"}, NOT_NEEDED),
        ({"back_paid": "NO"}, NOT_NEEDED),
        ({}, NEEDED),
    ],
)
def test_the_tax_receipt_is_asked_of_who_paid_in_one_go_for_months_before_1996(answers: dict[str, str], status: MaterialStatus) -> None:
    assert in_ejin("tax-receipt", **answers) is status


@pytest.mark.row("A39")
@pytest.mark.parametrize(
    ("code", "answers"),
    [
        ("pension-handbook", {"first_paid": "1995-06", "handbook_lost": "YES"}),
        ("tax-receipt", {"back_paid": "YES", "back_paid_from": "1995-12", "tax_receipt_lost": "YES"}),
    ],
)
def test_what_is_lost_the_insurance_centre_searches_for(code: str, answers: dict[str, str]) -> None:
    found = paper(a_case_in(EJIN, "pension", **answers), EJIN, code)

    assert found.status(TODAY) is MaterialStatus.SEARCH_REQUESTED
    assert EJIN.departments[found.rule.searched_by or ""].name.hans == "伊金霍洛旗就业和社会保险事业中心"


@pytest.mark.row("A39")
@pytest.mark.parametrize(
    ("body", "result", "complete", "by_committee"),
    [
        (COMMITTEE, "FULL", MET, MET),
        (f" {COMMITTEE} ", "FULL", MET, MET),
        ("包头市劳动能力鉴定委员会", "FULL", MET, NOT_MET),
        (COMMITTEE, "LARGELY", NOT_MET, MET),
        ("包头市劳动能力鉴定委员会", "LARGELY", NOT_MET, NOT_MET),
        ("", "", UNDECIDED, UNDECIDED),
    ],
)
def test_an_appraisal_counts_if_the_committee_found_the_capacity_to_work_lost_completely(
    body: str, result: str, complete: Verdict, by_committee: Verdict
) -> None:
    said = {"retirement_kind": "DISABILITY", "appraisal_body": body, "appraisal_result": result}
    found = {
        rule: asked(rule, "ejin-horo", **said).verdict for rule in region("ejin-horo").items["pension"].conditions if "apprais" in rule
    }

    assert found == {"appraisal-complete": complete, "appraised-by-committee": by_committee}


@pytest.mark.row("A39")
def test_another_bodys_appraisal_is_refused_with_the_reason() -> None:
    found = asked("appraised-by-committee", "ejin-horo", fully_incapacitated="YES", appraisal_body="包头市劳动能力鉴定委员会")

    assert loaded().wording.say(found.text, Language.ZH_HANS) == (
        "鉴定不是由鄂尔多斯市劳动能力鉴定委员会作出的，所以不能采用。请向这个委员会申请鉴定。"
    )
    assert [figure.source for figure in found.figures] == ["伊职转发〔2021〕3号 二（三）4（4）"]


@pytest.mark.row("A39")
@pytest.mark.parametrize(("kind", "status"), [("DISABILITY", NEEDED), ("NORMAL", NOT_NEEDED)])
def test_an_appraisal_is_asked_only_of_who_applies_because_of_incapacity(kind: str, status: MaterialStatus) -> None:
    assert in_ejin("appraisal-conclusion", retirement_kind=kind) is status


def test_who_retires_by_age_needs_no_appraisal_and_a_region_may_name_no_committee() -> None:
    assert asked("appraisal-complete", "ejin-horo", retirement_kind="NORMAL").verdict is MET
    assert asked("appraised-by-committee", "ejin-horo", retirement_kind="NORMAL").verdict is MET
    assert (
        asked("appraised-by-committee", "guangxi", retirement_kind="DISABILITY", appraisal_body="某委员会").text.key == "rule.any-committee"
    )


@pytest.mark.row("A39")
@pytest.mark.parametrize(("veteran", "status", "recommended"), [("YES", NEEDED, MET), ("NO", NOT_NEEDED, NOT_MET)])
def test_a_veteran_is_asked_for_the_discharge_certificate_and_looked_up(veteran: str, status: MaterialStatus, recommended: Verdict) -> None:
    look_up = region("ejin-horo").items["veteran-check"]

    assert in_ejin("discharge-certificate", veteran=veteran) is status
    assert asked(look_up.recommended_if or "", "ejin-horo", veteran=veteran).verdict is recommended


@pytest.mark.row("A42")
@pytest.mark.parametrize(("employer", "status"), [("甲旗煤矿", NEEDED), ("灵活就业", NOT_NEEDED)])
def test_the_employers_stamp_is_asked_only_where_there_is_an_employer(employer: str, status: MaterialStatus) -> None:
    assert in_ejin("stamped-application", employer=employer) is status


def test_where_no_region_asks_for_old_papers_none_is_needed() -> None:
    for rule in ("handbook-needed", "tax-receipt-needed"):
        found = asked(rule, "guangxi", first_paid="1990-01", back_paid_from="1990-01")
        assert (found.verdict, found.text.key, found.figures) == (NOT_MET, "rule.not-asked-here", ())


def test_before_the_document_came_into_use_nothing_of_it_held() -> None:
    assert asked("handbook-needed", "ejin-horo", day=date(2021, 4, 29), first_paid="1990-01").text.key == "rule.not-asked-here"
    assert asked("handbook-needed", "ejin-horo", day=date(2021, 4, 30), first_paid="1990-01").verdict is MET


# ---------------------------------------------------------------- 固阳县: the archive is lost


@pytest.mark.row("A21")
@pytest.mark.parametrize(
    ("archive", "own", "archive_itself"),
    [("LOST", NEEDED, NOT_NEEDED), ("KEPT", NOT_NEEDED, NEEDED), ("UNSURE", MaterialStatus.DEFERRED, NEEDED)],
)
def test_who_lost_the_archive_hands_in_an_application_and_a_promise_instead(
    archive: str, own: MaterialStatus, archive_itself: MaterialStatus
) -> None:
    assert [in_guyang(code, archive=archive) for code in ("lost-archive-application", "lost-archive-promise")] == [own, own]
    assert in_guyang("personal-archive", archive=archive) is archive_itself


@pytest.mark.row("A22")
@pytest.mark.parametrize(
    ("archive", "employer", "status"),
    [("LOST", "灵活就业", NOT_NEEDED), ("LOST", "甲县机械厂", NEEDED), ("KEPT", "甲县机械厂", NOT_NEEDED)],
)
def test_the_employer_states_the_loss_only_where_an_employer_is_on_record(archive: str, employer: str, status: MaterialStatus) -> None:
    assert in_guyang("employer-loss-statement", archive=archive, employer=employer) is status


@pytest.mark.parametrize(
    ("archive", "employment", "verdict", "officer"),
    [
        ("LOST", "FLEXIBLE", MET, False),
        ("LOST", "EMPLOYEE", UNDECIDED, True),
        ("LOST", "UNEMPLOYED", UNDECIDED, True),
        ("LOST", "", UNDECIDED, False),
        ("KEPT", "EMPLOYEE", MET, False),
        ("UNSURE", "", MET, False),
    ],
)
def test_the_category_for_lost_archives_is_for_flexible_workers_and_of_others_an_officer_judges(
    archive: str, employment: str, verdict: Verdict, officer: bool
) -> None:
    found = asked("guyang-category", "guyang", archive=archive, employment=employment)

    assert (found.verdict, found.officer) == (verdict, officer)


def test_the_proof_of_insurance_is_looked_up_in_the_system() -> None:
    assert [kind.code for kind in GUYANG.materials["proof-of-insurance"].licence_kinds] == ["contribution-record"]
