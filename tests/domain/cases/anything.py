"""Anything that people, staff, registers, departments and officers may try at any moment, whether or not the case waits for it."""

from dataclasses import replace

from domain.acting import CapacityKind
from domain.cases.case import Case
from domain.cases.filling import AnswerGiven
from domain.cases.joining import introduced
from domain.cases.operating import retry_handoff
from domain.ports import CancelAnswer, ItemOutcome, Rejected, Working
from tests.cases import LICENCES, a_licence, acting, at, filled, somebody
from tests.domain.cases.happenings import (
    ITEMS,
    Doing,
    Now,
    Picks,
    asked_to_drop_it_answers,
    autosaves_settle,
    certificate_is_issued,
    certificate_is_late,
    consent_is,
    department_answers,
    draft_expires,
    file_is_attached,
    is_handed_in,
    is_taken_back,
    its_deletion_is_asked,
    notice_does_not_go,
    notice_goes,
    offer_is_taken,
    register_says,
    register_says_nothing,
)
from tests.domain.cases.officer_happenings import any_officer
from tests.progress import decided
from tests.staff import does, staff

SESSIONS = [acting(), acting(session="session-2"), acting(somebody("person-zh8kli000000"), session="session-3")]
ENTRIES = [f"00000000-0000-0000-0000-00000000000{number}" for number in range(3)]
KEYS = ["email", "bank", "name", "household-address", "mobile", "deemed-grounds", "portrait"]


def anything(pick: Picks) -> Doing:
    return pick([any_answer, any_register, any_department, any_consent, an_officer, an_officer, any_staff, anything_else])(pick)


def an_officer(pick: Picks) -> Doing:
    return any_officer(pick, ITEMS)


def any_answer(pick: Picks) -> Doing:
    key = pick([*KEYS, "relative-name"])
    entry = pick(ENTRIES) if key == "relative-name" else None
    values = ("MILITARY_SERVICE",) if key == "deemed-grounds" else None
    value = None if values else pick([None, "甲", "中国工商银行", "乙"])
    given = AnswerGiven(key, value=value, values=values, entry=entry)
    removing, by, behind = pick([(), (), (ENTRIES[0],)]), pick(SESSIONS), pick(range(4))

    def run(case: Case, now: Now) -> Case:
        met = introduced(case, by, moment=at(now.seconds))
        revision = max(0, case.revision - behind)
        after = filled(met, given, by=by, mark=now.mark, seconds=now.seconds, revision=revision, removing=removing)
        return case if after == met else after

    return run


def any_register(pick: Picks) -> Doing:
    source, bank, address = pick(sorted(LICENCES)), pick(["中国工商银行", "中国农业银行"]), pick(["甲", "乙"])
    said = {"social-security-card": {"bank": bank}, "resident-id": {"address": address}}.get(source, {})
    return pick([register_says(source, None), register_says(source, a_licence(source, **said)), register_says_nothing(source)])


def any_department(pick: Picks) -> Doing:
    item, sequence = pick(ITEMS), pick(range(1, 5))
    said = [Working(sequence), Rejected(("不收",)), None, *(decided(outcome, sequence=sequence, text="字") for outcome in ItemOutcome)]
    dropping = [asked_to_drop_it_answers(item, answer) for answer in (None, *CancelAnswer)]
    retried: Doing = lambda case, now: retry_handoff(case, item=item, moment=at(now.seconds))  # noqa: E731
    return pick([*(department_answers(item, answer) for answer in said), *dropping, retried, retried])


def any_consent(pick: Picks) -> Doing:
    return consent_is(pick(["identity", "household", "payout", "contributions"]), given=pick([True, False]))


def anything_else(pick: Picks) -> Doing:
    notices = [notice_goes("submitted"), notice_does_not_go("completed")]
    certificates = [certificate_is_issued, certificate_is_late]
    people = [file_is_attached("identity-card"), offer_is_taken, is_handed_in, is_taken_back]
    return pick([*notices, *certificates, *people, draft_expires, autosaves_settle, its_deletion_is_asked])


def any_staff(pick: Picks) -> Doing:
    """An agent stamps, a helper hands over, whoever of them may not; and the person confirms."""
    kind, verb = pick([(CapacityKind.EMPLOYER, "stamp"), (CapacityKind.HELPER, "hand_over"), (CapacityKind.HELPER, "stamp")])
    by = staff(kind)

    def run(case: Case, now: Now) -> Case:
        known = replace(by, proved_at=at(now.seconds).at)
        met = introduced(case, known, moment=at(now.seconds))
        after = does(verb, met, known, now.seconds, now.mark)
        return case if after == met else after

    return run
