"""Somebody's sign-ins and linked accounts on the real store: told to them whole, and what a deletion makes of each."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.acting import Assurance, Origin
from domain.clock import day_in_china
from domain.keeping.deletion import Asking, Disposal
from domain.keeping.holdings import LinkHolding
from domain.keeping.sections import AT_ONCE
from domain.keeping.sign_ins_told import DiaryHolding, DiarySection, LinkSection
from domain.policy.law import law_of
from domain.sessions.account import Account
from domain.sessions.diary import SignInEntry, SignInOutcome, SignInWay, kept_until
from domain.words import Language, Text, Words
from integrations.mongo.collections import apply
from integrations.mongo.database import Database
from integrations.mongo.persons import COLLECTIONS as PERSONS
from integrations.mongo.persons import MongoLinks, MongoPersons
from integrations.mongo.sign_ins import COLLECTIONS as SIGN_INS
from integrations.mongo.sign_ins import MongoDiary
from integrations.sealing import Sealing
from tests.cases import MONDAY, ZHANG, a_mark, acting, guangxi, loaded, somebody

ENTRY = SignInEntry(
    "sign-in-1",
    ZHANG.id,
    MONDAY + timedelta(days=3_650),
    Assurance.L3,
    SignInWay.MINI_PROGRAM,
    SignInOutcome.SIGNED_IN,
    Origin(place="固阳县", client="phone"),
)


def say(said: Text | Words) -> str:
    return said.in_(Language.EN) if isinstance(said, Words) else loaded().wording.say(said, Language.EN)


def in_time(at: datetime) -> datetime:
    """By the catalogue's own figure."""
    return kept_until(at, law_of(guangxi(), day_in_china(at)))


@pytest.fixture
async def diary(database: Database, sealing: Sealing) -> MongoDiary:
    await apply(database, SIGN_INS)
    diary = MongoDiary(database, sealing, in_time)
    for number in range(AT_ONCE + 1):
        await diary.note(replace(ENTRY, id=f"sign-in-{number}", at=ENTRY.at + timedelta(minutes=number)))
    await diary.note(replace(ENTRY, id="sign-in-of-another", person="person-li"))
    return diary


@pytest.fixture
async def links(database: Database, sealing: Sealing) -> MongoLinks:
    await apply(database, PERSONS)
    links = MongoLinks(database, sealing, MongoPersons(database, sealing, lambda: "person-new"))
    await links.put(Account("wechat", "openid-zhang"), ZHANG, at=MONDAY)
    await links.put(Account("alipay", "openid-zhang"), ZHANG, at=MONDAY + timedelta(days=1))
    await links.put(Account("wechat", "openid-li"), somebody("person-li"), at=MONDAY)
    return links


@pytest.mark.row("F66")
async def test_every_sign_in_is_told_the_newest_first(diary: MongoDiary) -> None:
    told = await DiarySection(diary).of(ZHANG, say)

    assert len(told) == AT_ONCE + 1
    assert told[-1] == {
        "at": ENTRY.at,
        "status": "Signed in",
        "way": "Mini-program",
        "assurance": Assurance.L3,
        "place": "固阳县",
        "client": "phone",
    }


@pytest.mark.row("F66")
async def test_the_plan_says_that_the_diary_stays_until_when_and_why(diary: MongoDiary) -> None:
    (line,) = await DiaryHolding(diary, in_time).plan(ZHANG, by=acting())

    newest = ENTRY.at + timedelta(minutes=AT_ONCE)
    assert (line.count, line.disposal, line.until) == (AT_ONCE + 1, Disposal.KEPT, newest + timedelta(days=400))
    assert "网络安全法" in loaded().wording.say(line.law, Language.ZH_HANS)
    assert all(loaded().wording.say(said, language) for said in (line.title, line.why, line.law) for language in Language)


@pytest.mark.row("F66")
async def test_linked_accounts_are_told_without_who_they_are_there(links: MongoLinks) -> None:
    told = await LinkSection(links).of(ZHANG, say)

    assert told == [{"account": "alipay", "at": MONDAY + timedelta(days=1)}, {"account": "wechat", "at": MONDAY}]


@pytest.mark.row("F66")
async def test_a_deletion_takes_the_links_away_and_nobody_elses(links: MongoLinks) -> None:
    holding = LinkHolding(links)

    (line,) = await holding.plan(ZHANG, by=acting())
    await holding.delete(Asking(ZHANG, acting(), a_mark(), MONDAY))

    assert (line.kind, line.count, line.disposal) == ("links", 2, Disposal.DELETED)
    assert await links.of(ZHANG.id) == []
    assert await links.person_of(Account("wechat", "openid-zhang")) is None
    assert [link.host for link in await links.of("person-li")] == ["wechat"]


def test_every_name_of_what_is_told_has_its_label_in_every_language() -> None:
    names = ("sign_ins", "links", "at", "status", "way", "assurance", "place", "client", "account")

    assert all(loaded().wording.say(Text(f"own-data.{name}"), language) for name in names for language in Language)
