"""What people are told of who looked."""

from dataclasses import dataclass, field, replace

import pytest

from domain.acting import Acting, CapacityKind
from domain.looks.desk import NOTHING, LookDesk, LookPage, cursor_of, order_of, told
from domain.looks.look import Look, Purpose
from domain.words import Language
from tests.cases import ZHANG, acting, loaded
from tests.looks import DAUGHTER, STATION, a_chain, a_look, as_delegate, as_staff

GUARDIAN = replace(as_delegate(), mandate=None)
HELPER = as_staff(CapacityKind.HELPER, name=STATION)


@dataclass
class Log:
    asked: list[tuple[str, int, str | None]] = field(default_factory=list)

    async def page(self, person: str, *, first: int, after: str | None) -> LookPage:
        self.asked.append((person, first, after))
        return LookPage(a_chain([a_look()]), more=False, later=False)


def said(look: Look, language: Language = Language.ZH_HANS) -> str:
    return loaded().wording.say(told(look), language)


@pytest.mark.parametrize(
    ("by", "purpose", "sentence"),
    [
        (as_delegate(), Purpose.READ_CASE, "2026年11月23日 10:00，受您委托的张小禾查看了您的办件。"),
        (GUARDIAN, Purpose.READ_FILE, "2026年11月23日 10:00，您的监护人张小禾打开了您提交的一份材料。"),
        (HELPER, Purpose.SEARCH_CLIENTS, "2026年11月23日 10:00，河畔社区帮扶站的帮办员韦明在服务对象名单中查到了您。"),
        (
            as_staff(),
            Purpose.REVEAL_VALUE,
            "2026年11月23日 10:00，甲市人力资源和社会保障局的工作人员韦明查看了您的一项平时被遮住的信息。",
        ),
    ],
    ids=["delegate", "guardian", "helper", "officer"],
)
def test_a_look_is_told_in_one_plain_sentence(by: Acting, purpose: Purpose, sentence: str) -> None:
    look = replace(a_look(by=by, purpose=purpose), case_number=None)

    assert said(look) == sentence


def test_the_case_is_read_by_its_number_and_not_heard() -> None:
    look = a_look(by=as_delegate())

    assert said(look).endswith("办件编号：ZB2026112300000017。")
    assert loaded().wording.speak(told(look), Language.ZH_HANS) == "2026年11月23日，受您委托的张小禾查看了您的办件。"
    assert said(look, Language.EN) == (
        "23 November 2026, 10:00: 张小禾, whom you have given a mandate, read your case. Case number: ZB2026112300000017."
    )


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("kind", [kind for kind in CapacityKind if kind not in {CapacityKind.SELF, CapacityKind.SYSTEM}])
def test_every_capacity_and_purpose_has_its_words(kind: CapacityKind, purpose: Purpose) -> None:
    look = a_look(by=as_delegate() if kind is CapacityKind.PROXY else as_staff(kind), purpose=purpose)

    for language in Language:
        assert "{" not in said(look, language)
        assert look.name in said(look, language)


async def test_people_read_their_own_log() -> None:
    log = Log()

    page = await LookDesk(log).mine(by=acting(), first=20, after=None)

    assert (len(page.entries), log.asked) == (1, [(ZHANG.id, 20, None)])


@pytest.mark.parametrize("by", [None, replace(acting(), person=None), as_delegate(), GUARDIAN, HELPER], ids=str)
async def test_whoever_acts_for_another_or_for_nobody_is_told_nothing(by: Acting | None) -> None:
    log = Log()

    assert await LookDesk(log).mine(by=by, first=20, after=None) is NOTHING
    assert log.asked == []


@pytest.mark.parametrize(("asked", "given"), [(0, 1), (-5, 1), (20, 20), (10_000, 100)])
async def test_a_page_has_a_sensible_size(asked: int, given: int) -> None:
    log = Log()

    await LookDesk(log).mine(by=acting(DAUGHTER), first=asked, after=None)

    assert log.asked == [(DAUGHTER.id, given, None)]


def test_a_cursor_is_an_order_and_what_is_none_begins_at_the_top() -> None:
    (entry,) = a_chain([a_look()])

    assert order_of(cursor_of(entry)) == entry.order
    assert [order_of(rubbish) for rubbish in (None, "", "张", "a")] == [None] * 4
