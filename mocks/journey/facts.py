"""What somebody would answer if they were asked about themselves: in the guide, and for a forecast."""

from collections.abc import Mapping

from mocks.answers import Json
from mocks.resident import Resident

SEX = {"男": "MALE", "女": "FEMALE"}
POST = {"工人": "ORDINARY", "管理岗位": "MANAGEMENT_OR_TECHNICAL", "专业技术岗位": "MANAGEMENT_OR_TECHNICAL"}
SPECIAL_POSTS = {"高温": "HIGH_HEAT"}
YES_NO = {True: "YES", False: "NO"}


def told(person: Resident) -> Mapping[str, str]:
    """Everything that any guide asks; a region's guide takes its own questions of it."""
    answers = {
        "retired-already": "NO",
        "sex": SEX[person.sex],
        "birth-date": person.birth_date.isoformat(),
        "archive": "LOST" if person.archive_lost else "KEPT",
        "employment": _employment(person),
        "post-category": post_category(person),
        "contribution-months": str(person.contribution_months),
        "deemed-months": str(person.deemed_months),
        "months-paid-here": str(person.contribution_months - person.deemed_months),
        "deemed-months-here": str(person.deemed_months),
        "special-post": YES_NO[person.special_post is not None],
        "fully-incapacitated": YES_NO[person.incapacitated],
        "veteran": YES_NO[person.service_months > 0],
        "medical-months": str(person.medical_months),
        "has-housing-fund": YES_NO[person.housing_fund is not None],
        "only-child": YES_NO[person.only_child],
        "public-funding": "NO",
    }
    if person.archive_birth_date:
        answers["archive-birth-date"] = person.archive_birth_date.isoformat()
    if person.special_post:
        answers |= {"special-post-kind": SPECIAL_POSTS[person.special_post], "special-post-months": str(person.special_post_months)}
    if person.incapacitated:
        answers["appraisal-result"] = "FULL"
    return answers


def _employment(person: Resident) -> str:
    if person.unemployment_benefit:
        return "UNEMPLOYED"
    return "EMPLOYEE" if person.employer else "FLEXIBLE"


def post_category(person: Resident) -> str:
    """Nobody has judged the posts of whoever has had none for years."""
    return POST.get(person.post, "UNDETERMINED")


def months_by_then(person: Resident) -> int:
    """Once arrears are paid, and the unemployment fund has paid what it will."""
    return person.contribution_months + person.arrears_months + person.fund_paid_months


def question(person: Resident) -> Json:
    """For a forecast of when they retire."""
    asked: Json = {
        "sex": SEX[person.sex],
        "birthDate": person.birth_date.isoformat(),
        "postCategory": post_category(person),
        "contributionMonths": months_by_then(person),
        "region": person.region,
    }
    if person.archive_birth_date:
        asked["archiveBirthDate"] = person.archive_birth_date.isoformat()
    if person.special_post:
        asked |= {"specialPostKind": SPECIAL_POSTS[person.special_post], "specialPostMonths": person.special_post_months}
    return asked


def claim_place_question(person: Resident) -> Json:
    """For where the pension is claimed by somebody who has paid in more than one place."""
    stays = [{"place": stay.place, "months": stay.months, "temporary": stay.temporary} for stay in person.places]
    who = {"sex": SEX[person.sex], "birthDate": person.birth_date.isoformat(), "region": person.region}
    return {**who, "household": person.household_address or person.address, "places": stays}
