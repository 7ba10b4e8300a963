"""Everything that can be selected is asked by everybody, and nobody is told more than its rule says."""

import pytest

from tests.access.callers import CALLERS, PARTIES, PERSONAL, REACH
from tests.access.may import TOLD
from tests.access.rules import RULES, Rule
from tests.access.told import Told, everything, told
from tests.access.world import HIS, THEIRS, Json, World

ANSWERS: dict[str, list[Json]] = {}
TOLD_TO: dict[str, list[Told]] = {}
"""Asked and looked through once."""

NAMED_TO = frozenset({"delegate of other items", "delegate as herself"})
"""Who may act for him, or could at once, knows for whom; beyond the cases that they see."""


async def answers(world: World, who: str) -> list[Json]:
    if who not in ANSWERS:
        ANSWERS[who] = await everything(world, who)
    return ANSWERS[who]


async def all_told(world: World, who: str) -> list[Told]:
    if who not in TOLD_TO:
        TOLD_TO[who] = list({one: None for answer in await answers(world, who) for one in told(answer)})
    return TOLD_TO[who]


def ids_of(world: World, names: tuple[str, ...]) -> set[str]:
    return {world.cases[name].id for name in names}


@pytest.mark.as_(*CALLERS)
async def test_every_question_is_answered_without_a_fault(world: World, caller: str) -> None:
    faults = [answer["errors"] for answer in await answers(world, caller) if "errors" in answer]

    assert not faults


@pytest.mark.as_(*CALLERS)
async def test_whatever_stands_in_a_case_is_told_to_whom_the_case_concerns(world: World, caller: str) -> None:
    reach = ids_of(world, REACH.get(caller, ()))
    seen = await all_told(world, caller)

    beyond = {one.field for one in seen if one.case not in reach and (one.case or RULES[one.field] is Rule.CASE)}

    assert not beyond
    assert {one.case for one in seen if one.case} == reach


@pytest.mark.row("F49")
@pytest.mark.as_(*CALLERS)
async def test_what_is_personal_in_a_case_is_told_to_the_applicants_side_and_to_who_took_it(world: World, caller: str) -> None:
    open_to = ids_of(world, PERSONAL.get(caller, ()))
    seen = [one for one in await all_told(world, caller) if RULES[one.field] is Rule.PERSONAL]

    beyond = {one.field for one in seen if one.case not in open_to}

    assert not beyond
    assert {one.case for one in seen} == open_to


@pytest.mark.as_(*CALLERS)
async def test_a_mandate_is_told_to_both_sides_and_to_the_organisation_that_took_it(world: World, caller: str) -> None:
    theirs = {world.mandates[name].id for name in PARTIES.get(caller, ())}
    seen = [one for one in await all_told(world, caller) if RULES[one.field] is Rule.PARTY]

    beyond = {one.field for one in seen if one.mandate not in theirs}

    assert not beyond
    assert {one.mandate for one in seen} >= theirs


@pytest.mark.row("F13")
@pytest.mark.as_(*CALLERS)
async def test_what_is_somebodys_own_and_what_belongs_to_a_post_is_told_to_nobody_else(world: World, caller: str) -> None:
    seen = {one.field for one in await all_told(world, caller)}

    beyond = {field for field in seen if (rule := RULES[field]) in TOLD and caller not in TOLD[rule]}

    assert not beyond


@pytest.mark.as_(*CALLERS)
async def test_no_value_of_somebody_stands_in_any_answer_to_whom_it_is_not_open(world: World, caller: str) -> None:
    said = str(await answers(world, caller))
    open_to = PERSONAL.get(caller, ())
    hidden = {value for known, number, name in _numbered(world) if name not in open_to for value in known.in_case(number).of_the_case}
    if not set(open_to) - {"strangers"} and caller not in NAMED_TO:
        hidden |= {HIS.person.name, HIS.person.document_number}
    if "strangers" not in open_to:
        hidden |= {THEIRS.person.name, THEIRS.person.document_number}

    assert not [value for value in hidden if value in said]


def _numbered(world: World) -> list[tuple[object, int, str]]:
    return [(THEIRS if name == "strangers" else HIS, int(case.id[-4:]), name) for name, case in world.cases.items()]


@pytest.mark.as_(*CALLERS)
async def test_whatever_is_open_to_somebody_they_do_read(world: World, caller: str) -> None:
    """Else the tests above would prove nothing."""
    said = str(await answers(world, caller))
    phones = {known.in_case(number).phone for known, number, name in _numbered(world) if name in PERSONAL.get(caller, ())}

    assert not [phone for phone in phones if phone not in said]


UNSEEN = frozenset(
    f"{type}.{field}"
    for type, fields in {
        "AgencyTask": "id material taken givenAt doneAt department",
        "AvailableAction": "stepUp",
        "Case": "deadline tasks",
        "CaseItem": "promisedDeadline reasons reviews waitsFor waivedBecause",
        "Deadline": "suspendedSince suspendedText",
        "File": "thumbnailUrl",
        "Form": "issues",
        "FormField": "values",
        "ItemResult": "reasons",
        "ItemReview": "grade title at outcome text by reasons",
        "Material": "dueAt marks needs",
        "Offer": "source",
        "Post": "endedAt",
        "Reason": "figures",
        "SessionEntry": "host organisation",
        "Visit": "endedAt",
        "WorkItem": "deadline",
    }.items()
    for field in fields.split()
)
"""Of which this world has nothing to tell: no case of it waits for an agency, is suspended or is reviewed in grades."""


async def test_every_field_is_told_to_somebody(world: World) -> None:
    seen = {one.field for who in CALLERS for one in await all_told(world, who)}
    asked = {field for field, rule in RULES.items() if rule not in {Rule.PUBLIC, Rule.ASKED} and not field.startswith("Option")}

    silent = asked - seen - UNSEEN

    assert not silent, sorted(silent)
    assert RULES.keys() >= UNSEEN
