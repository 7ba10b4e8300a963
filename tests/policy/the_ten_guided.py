"""What each of the ten people of people.md would tell the guide."""

from mocks.resident import Resident
from mocks.ten import THE_TEN

SEX = {"男": "MALE", "女": "FEMALE"}
POST = {"工人": "ORDINARY", "管理岗位": "MANAGEMENT_OR_TECHNICAL", "专业技术岗位": "MANAGEMENT_OR_TECHNICAL"}
YES_NO = {True: "YES", False: "NO"}
SPECIAL_POSTS = {"高温": "HIGH_HEAT"}


def person(key: str) -> Resident:
    return next(one for one in THE_TEN if one.key == key)


def told(one: Resident) -> dict[str, str]:
    """Everything that any guide asks; a region's guide takes its own questions of it."""
    answers = {
        "retired-already": "NO",
        "sex": SEX[one.sex],
        "birth-date": one.birth_date.isoformat(),
        "archive": "LOST" if one.archive_lost else "KEPT",
        "employment": "EMPLOYEE" if one.employer else "FLEXIBLE",
        "post-category": POST.get(one.post, "UNDETERMINED"),
        "contribution-months": str(one.contribution_months),
        "deemed-months": str(one.deemed_months),
        "months-paid-here": str(one.contribution_months - one.deemed_months),
        "special-post": YES_NO[one.special_post is not None],
        "fully-incapacitated": YES_NO[one.incapacitated],
        "veteran": YES_NO[one.service_months > 0],
        "medical-months": str(one.medical_months),
        "has-housing-fund": YES_NO[one.housing_fund is not None],
        "only-child": YES_NO[one.only_child],
        "public-funding": "NO",
    }
    if one.archive_birth_date:
        answers["archive-birth-date"] = one.archive_birth_date.isoformat()
    if one.special_post:
        answers |= {"special-post-kind": SPECIAL_POSTS[one.special_post], "special-post-months": str(one.special_post_months)}
    if one.incapacitated:
        answers["appraisal-result"] = "FULL"
    return answers
