"""Certificates on a real store: sealed, read by their holder alone, shown with a new code each time."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.acting import Assurance, CapacityKind
from domain.certificates.certificate import CertificateStatus
from domain.certificates.showing import told
from domain.errors import AssuranceTooLow, Conflict, NotFound, Refusal, StepUp, Unavailable
from integrations.mongo.database import Database
from integrations.sealing import CannotOpen, Sealing
from tests.certificates import LI, REQUEST, ZHANG, Office, all_that_is_stored, certificate, open_office, session_of


@pytest.fixture
async def office(database: Database, sealing: Sealing, moment: datetime) -> Office:
    return await open_office(database, sealing, at=moment)


# ---------------------------------------------------------------- kept


async def test_a_certificate_comes_back_as_it_was_kept_and_nothing_personal_is_readable(office: Office, database: Database) -> None:
    issued = await office.certificates.add(certificate(office.clock()), portrait=b"\xff\xd8\xff portrait")
    await office.certificates.keep_pdf(issued, b"%PDF of " + issued.holder.name.encode())

    raw = await all_that_is_stored(database)

    assert list(await office.certificates.several([issued.id])) == [certificate(office.clock())]
    assert await office.certificates.portrait(issued) == b"\xff\xd8\xff portrait"
    assert not [secret for secret in (ZHANG.name, ZHANG.document_number, "1966-06-15", "portrait\\", "南宁") if secret in raw]


async def test_what_is_sealed_for_one_certificate_opens_for_no_other(office: Office, database: Database) -> None:
    issued = await office.issued()
    stolen = await database["certificates"].find_one({"_id": issued.id})
    assert stolen
    await database["certificates"].insert_one(stolen | {"_id": "certificate-other"})

    with pytest.raises(CannotOpen):
        await office.certificates.several(["certificate-other"])


async def test_of_two_prints_the_first_one_stays(office: Office) -> None:
    issued = await office.issued()

    await asyncio.gather(*(office.certificates.keep_pdf(issued, b"%PDF first") for _ in range(2)))
    await office.certificates.keep_pdf(issued, b"%PDF second")

    assert await office.certificates.pdf(issued) == b"%PDF first"


# ---------------------------------------------------------------- read by the holder


async def test_the_valid_certificate_comes_first_then_the_newest(office: Office) -> None:
    ids = []
    for number in range(3):
        ids.append((await office.issued(case=f"case-{number}")).id)
        office.clock.wind(days=1)
    await office.certificates.mark(certificate(office.clock(), case="case-2"), CertificateStatus.SUPERSEDED)

    mine = await office.desk.mine(session_of(ZHANG, proved_at=office.clock()))

    assert [one.id for one in mine] == [ids[1], ids[0], ids[2]]


@pytest.mark.row("C08")
async def test_a_guardian_reads_the_certificate_of_their_ward(office: Office) -> None:
    issued = await office.issued()
    guardian = replace(session_of(LI, proved_at=office.clock()), capacity=CapacityKind.PROXY, on_behalf_of=ZHANG.id)

    assert await office.desk.one(issued.id, by=guardian) == issued
    assert [one.id for one in await office.desk.mine(guardian)] == [issued.id]


@pytest.mark.parametrize("who", ["a stranger", "nobody", "nobody checked", "their daughter", "their clerk"])
async def test_nobody_but_the_holder_reads_a_certificate(office: Office, who: str) -> None:
    issued, holder = await office.issued(), session_of(ZHANG, proved_at=office.clock())
    by = {
        "a stranger": session_of(LI, proved_at=office.clock()),
        "nobody": None,
        "nobody checked": session_of(None, proved_at=office.clock()),
        "their daughter": replace(
            session_of(LI, proved_at=office.clock()), capacity=CapacityKind.PROXY, on_behalf_of=ZHANG.id, mandate="mandate-1"
        ),
        "their clerk": replace(holder, capacity=CapacityKind.CLERK),
    }[who]

    assert await office.desk.mine(by) == []
    assert await office.desk.one(issued.id, by=by) is None
    assert (await office.desk.views(issued, by=by, first=20, after=None)).views == ()
    if by:
        with pytest.raises(NotFound):
            await office.desk.pdf(issued.id, by=by)
        with pytest.raises(NotFound):
            await office.desk.present(issued.id, by=by, request=REQUEST)


async def test_a_certificate_that_is_not_printed_yet_asks_to_come_back(office: Office) -> None:
    issued = await office.issued()

    with pytest.raises(Unavailable) as refused:
        await office.desk.pdf(issued.id, by=session_of(ZHANG, proved_at=office.clock()))

    assert refused.value.retry_after_seconds == 5


# ---------------------------------------------------------------- shown


@pytest.mark.row("F56")
async def test_each_request_shows_a_new_code_for_three_minutes(office: Office) -> None:
    issued, holder = await office.issued(), session_of(ZHANG, proved_at=office.clock())

    shown = [await office.desk.present(issued.id, by=holder, request=f"{REQUEST}-{number}") for number in range(20)]

    assert len({presentation.code for presentation in shown} | {presentation.id for presentation in shown}) == 40
    assert {presentation.expires_at for presentation in shown} == {office.clock() + timedelta(minutes=3)}
    assert {presentation.lives_seconds for presentation in shown} == {180}
    assert shown[0].url == f"https://zhangban.test/check/{shown[0].code}"


async def test_the_same_request_answers_the_same_code_with_the_time_that_is_left(office: Office) -> None:
    issued, holder = await office.issued(), session_of(ZHANG, proved_at=office.clock())
    first, *others = await asyncio.gather(*(office.desk.present(issued.id, by=holder, request=REQUEST) for _ in range(10)))
    office.clock.wind(seconds=100)

    again = await office.desk.present(issued.id, by=holder, request=REQUEST)
    office.clock.wind(seconds=100)
    late = await office.desk.present(issued.id, by=holder, request=REQUEST)

    assert {*others} == {first}
    assert again == replace(first, lives_seconds=80)
    assert late == replace(first, lives_seconds=0)


async def test_the_same_request_for_another_certificate_is_a_conflict(office: Office) -> None:
    issued, other, holder = await office.issued(), await office.issued(case="case-other"), session_of(ZHANG, proved_at=office.clock())
    await office.desk.present(issued.id, by=holder, request=REQUEST)

    with pytest.raises(Conflict):
        await office.desk.present(other.id, by=holder, request=REQUEST)


async def test_the_same_request_of_two_people_shows_two_codes(office: Office) -> None:
    one, other = await office.issued(), await office.issued(case="case-li", holder=LI)

    codes = {
        (await office.desk.present(issued.id, by=session_of(issued.holder, proved_at=office.clock()), request=REQUEST)).code
        for issued in (one, other)
    }

    assert len(codes) == 2


async def test_no_code_stands_in_the_store(office: Office, database: Database) -> None:
    code = await office.shown()

    raw = await all_that_is_stored(database)

    assert code.replace("-", "") not in raw.replace("-", "")


@pytest.mark.parametrize(("assurance", "minutes"), [(Assurance.L2, 0), (Assurance.L3, 20.001), (Assurance.L4, 21)])
async def test_only_the_person_themselves_proved_lately_may_show_it(office: Office, assurance: Assurance, minutes: float) -> None:
    issued = await office.issued()
    holder = session_of(ZHANG, proved_at=office.clock() - timedelta(minutes=minutes), assurance=assurance)

    with pytest.raises(AssuranceTooLow) as refused:
        await office.desk.present(issued.id, by=holder, request=REQUEST)

    assert refused.value.step_up == StepUp(Assurance.L3, 1200)


@pytest.mark.row("F59")
@pytest.mark.parametrize("status", [CertificateStatus.REVOKED, CertificateStatus.SUPERSEDED])
async def test_a_revoked_or_replaced_certificate_cannot_be_shown_and_what_was_shown_tells_so(
    office: Office, status: CertificateStatus
) -> None:
    code, issued = await office.shown(), certificate(office.clock())
    await office.certificates.mark(issued, status)

    check = await office.checks.check(code, by=office.verifier())

    assert check == told(replace(issued, status=status))
    with pytest.raises(Refusal):
        await office.desk.present(issued.id, by=session_of(ZHANG, proved_at=office.clock()), request=f"{REQUEST}-2")
