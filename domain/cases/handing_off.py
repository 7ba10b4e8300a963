"""What leaves the house for one errand, and no more than it needs: a hand-off, a consent's proof, a message without personal data."""

from collections.abc import Mapping, Sequence

from domain.cases.case import Case
from domain.cases.errands import handoff_key, payout_key
from domain.cases.fold.payout import TO_THE_FORMER_NUMBER
from domain.cases.form import asked_fields
from domain.cases.papers_asked import papers_asked
from domain.cases.parts import ConsentStatus, Notice
from domain.cases.payout import ACCOUNT, BANK
from domain.cases.reading import MaterialInCase, materials_of
from domain.catalogue.types import AnswerKind, Catalogue
from domain.clock import day_in_china
from domain.ports import ConsentProof, Handoff, MessageChannel, OutgoingMessage
from domain.wording import Wording, day
from domain.words import Language, Text

PAYOUT_CHANGE = "payout-change"
"""What is handed over beside the items of the catalogue."""


def handoff_of(case: Case, item: str, catalogue: Catalogue) -> Handoff:
    """The item with the answers and papers that it asks for (个人信息保护法 Art 6: the least that is needed)."""
    rule = catalogue.items[item]
    person = case.beneficiary
    return Handoff(
        key=handoff_key(case, item),
        department=rule.department,
        item=item,
        case_number=case.number,
        region=case.region,
        applicant={"name": person.name, "document-kind": person.document_kind, "document-number": person.document_number},
        answers=_answers(case, item, rule.fields, catalogue),
        materials=_materials(case, papers_asked(case, item, catalogue), catalogue),
    )


def payout_handoff(case: Case, item: str, catalogue: Catalogue) -> Handoff:
    """That money is to be paid to another account from now on: to the department of an item by which it pays."""
    person, change = case.beneficiary, case.private.payout
    return Handoff(
        key=payout_key(case, item),
        department=catalogue.items[item].department,
        item=PAYOUT_CHANGE,
        case_number=case.number,
        region=case.region,
        applicant={"name": person.name, "document-kind": person.document_kind, "document-number": person.document_number},
        answers={"item": item, BANK: change.bank, ACCOUNT: change.account} if change else {},
    )


def _answers(case: Case, item: str, keys: Sequence[str], catalogue: Catalogue) -> Mapping[str, str | Sequence[str]]:
    """Of questions that are asked: what somebody answered before another answer took the question away says nothing any more."""
    pictures = {rule.key for section in catalogue.sections for rule in section.fields if rule.kind is AnswerKind.FILE}
    wanted = asked_fields(case, catalogue) & set(keys) - pictures
    answers = {**case.private.answers, **case.private.as_given.get(item, {})}
    given = {place: answer for place, answer in answers.items() if place.rpartition("/")[2] in wanted}
    return {place: answer.value or list(answer.values) for place, answer in given.items() if answer.given}


def _materials(case: Case, codes: Sequence[str], catalogue: Catalogue) -> tuple[Mapping[str, str], ...]:
    return tuple(paper for material in materials_of(case, catalogue) if material.code in codes for paper in _papers(material))


def _papers(material: MaterialInCase) -> tuple[Mapping[str, str], ...]:
    if material.fetched:
        return ({"material": material.code, "reference": material.case.private.fetched.get(material.code, "")},)
    if material.files:
        return tuple({"material": material.code, "file": file.id, "sha256": file.sha256} for file in material.files)
    if material.stamped_at:
        return ({"material": material.code, "stamped": material.stamped_at.isoformat()},)
    licence = material.licence(day_in_china(material.case.updated_at))
    return ({"material": material.code, "licence": licence.identifier},) if licence else ()


def consent_for(case: Case, source: str, catalogue: Catalogue) -> ConsentProof:
    """The given consent whose text names this source. Raises LookupError: nothing may be asked without one."""
    texts = {text.purpose: text for text in catalogue.consents}
    for consent in case.consents:
        if consent.status is ConsentStatus.GIVEN and source in texts[consent.purpose].licences and consent.decided_at:
            return ConsentProof(f"{case.id}.consent.{consent.purpose}", consent.purpose, consent.version, consent.decided_at)
    raise LookupError(f"no consent of case {case.id} allows to ask {source}")


def message_of(case: Case, key: str, catalogue: Catalogue, wording: Wording, *, operators: str) -> OutgoingMessage | None:
    """None: there is nowhere to send it."""
    notice = next((notice for notice in case.notices if notice.key == key), None)
    mobile = _mobile(case, notice)
    if notice is None or not (mobile or notice.to_operators):
        return None
    language = Language.ZH_HANS if notice.to_operators else case.language
    return OutgoingMessage(
        key=f"{case.id}.{key}",
        channel=MessageChannel.PERSON if notice.to_operators else MessageChannel.SMS,
        to=operators if notice.to_operators else mobile or "",
        text=wording.say(_words(case, notice, catalogue), language),
    )


def _mobile(case: Case, notice: Notice | None) -> str | None:
    """That somebody wants another account is told to the number that stood there when they did."""
    change = case.private.payout
    return change.mobile if change and notice and notice.wording == TO_THE_FORMER_NUMBER else case.answer("mobile")


def _words(case: Case, notice: Notice, catalogue: Catalogue) -> Text:
    if notice.item is None:
        return Text(notice.wording, {"number": case.number, **_day(case)})
    item = catalogue.items[notice.item]
    return Text(notice.wording, {"number": case.number, "item": item.title, "department": catalogue.departments[item.department].name})


def _day(case: Case) -> Mapping[str, Text]:
    change = case.private.payout
    return {"day": day(day_in_china(change.effective_at))} if change else {}
