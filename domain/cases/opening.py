"""A case begins: items of one region, the consents they need, and what is known of the person already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from unicodedata import normalize

from domain.acting import Acting, system
from domain.cases.admitting import admit
from domain.cases.attributes import answers_of, precedence
from domain.cases.case import Case
from domain.cases.consenting import Consenting, decide_consents
from domain.cases.filling import NOT_ASTRAY, AnswerGiven, fill
from domain.cases.happened import Opened, RegisterAnswered
from domain.cases.parts import RequestMark
from domain.cases.recording import Moment, begin, record
from domain.catalogue.types import Catalogue, ConsentText, FilingChannel, ServiceItem
from domain.clock import day_in_china
from domain.errors import InvalidForm, Issue
from domain.people import Person
from domain.words import Language, Text


@dataclass(frozen=True, slots=True)
class Opening:
    """What somebody asks for when they open a case."""

    item_ids: tuple[str, ...]
    answers: tuple[AnswerGiven, ...] = field(default=())
    consents: tuple[Consenting, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Filing:
    """For whom a case is opened, and how. `vouched_at`: when the identity platform (or a card) last vouched for their name and number.

    `received_at`: when the paper form came to a counter.
    """

    beneficiary: Person
    channel: FilingChannel = FilingChannel.PERSONAL
    vouched_at: datetime | None = None
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewCase:
    """The names that a new case gets from outside: its id, its public number, and the request that asks for it."""

    id: str
    number: str
    mark: RequestMark
    language: Language


def open_case(
    opening: Opening,
    new: NewCase,
    *,
    filing: Filing,
    catalogue: Catalogue,
    by: Acting,
    moment: Moment,
    astray: Mapping[int, Text] = NOT_ASTRAY,
) -> Case:
    """Raises InvalidForm with every slip at once, and what `admit` raises."""
    items, beneficiary = _chosen(opening.item_ids, catalogue), filing.beneficiary
    admit(items, catalogue, channel=filing.channel, retired=_retired(opening))
    opened = Opened(
        requests=(new.mark,),
        number=new.number,
        person=beneficiary.id,
        region=catalogue.region.code,
        catalogue_version=catalogue.version,
        channel=filing.channel,
        language=new.language,
        items=tuple(item.code for item in items),
        consents=tuple((text.purpose, text.version) for text in needed_consents(items, catalogue)),
        sources=needed_sources(items, catalogue),
        draft_expires_at=moment.at + timedelta(days=catalogue.figure("draft-days", day_in_china(moment.at))),
        beneficiary=beneficiary,
        filer=by.known_person() if by.known_person().id != beneficiary.id else None,
        organisation=by.authority.organisation,
        received_at=filing.received_at,
    )
    case = begin(opened, case_id=new.id, by=by.actor(), moment=moment)
    if filing.vouched_at:
        case = _vouched_for(case, catalogue, at=filing.vouched_at, moment=moment)
    if opening.answers:  # before the consents, or what is fetched on those would seem to come late
        case = fill(
            case, given=opening.answers, catalogue=catalogue, by=by, mark=new.mark, revision=0, moment=moment, opening=True, astray=astray
        )
    if not opening.consents:
        return case
    return decide_consents(case, consents=opening.consents, catalogue=catalogue, by=by, mark=None, moment=moment)


def _retired(opening: Opening) -> bool:
    return any((one.key, normalize("NFKC", one.value or "").strip()) == ("retired-already", "YES") for one in opening.answers)


def _vouched_for(case: Case, catalogue: Catalogue, *, at: datetime, moment: Moment) -> Case:
    """Name and number as the identity platform told them at sign-in: for people without a resident identity card too (F05)."""
    person = case.beneficiary
    known = {"name": person.name, "document-number": person.document_number}
    for source, licence in catalogue.licences.items():
        if licence.vouched:
            attributes = answers_of(case, source, known, catalogue)
            told = RegisterAnswered(
                source=source,
                source_kind=licence.kind,
                found=True,
                issued_at=at,
                precedence=precedence(catalogue),
                attributes=attributes,
            )
            case = record(case, told, by=system(source), moment=moment)
    return case


def _chosen(ids: Sequence[str], catalogue: Catalogue) -> tuple[ServiceItem, ...]:
    """In the catalogue's order, each once. Raises InvalidForm for none, or for one that this region does not have."""
    if not ids:
        raise InvalidForm([Issue(("input", "itemIds"), Text("issue.no-items"))])
    unknown = [
        Issue(("input", "itemIds", str(place)), Text("issue.unknown-item"))
        for place, id in enumerate(ids)
        if catalogue.item_by_id(id) is None
    ]
    if unknown:
        raise InvalidForm(unknown)
    return tuple(item for item in catalogue.items.values() if item.id in set(ids))


def needed_sources(items: Sequence[ServiceItem], catalogue: Catalogue) -> tuple[str, ...]:
    """The licences and registers that could fill a question or replace a paper of these items."""
    named = {key for item in items for key in item.fields}
    rules = [rule for section in catalogue.sections for rule in section.fields if rule.always or rule.key in named]
    of_fields = {origin.licence for rule in rules for origin in rule.origins}
    of_papers = {kind for item in items for code in item.materials for kind in catalogue.materials[code].satisfied_by}
    return tuple(code for code, kind in catalogue.licences.items() if code in of_fields | of_papers and not kind.vouched)


def needed_consents(items: Sequence[ServiceItem], catalogue: Catalogue) -> tuple[ConsentText, ...]:
    sources = set(needed_sources(items, catalogue))
    return tuple(text for text in catalogue.consents if sources & set(text.licences))
