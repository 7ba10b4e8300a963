"""Everything that has an id, whose it is, and ids of the same make that are nobody's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from domain.cases.form import Form
from tests.access.callers import PARTIES, PERSONAL, POSTS, PRINCIPAL, REACH, STRANGER
from tests.access.may import TOLD
from tests.access.rules import Rule
from tests.access.things import ITEM, MATERIAL
from tests.access.world import World
from tests.access.written import ROOTS, ids_in, root
from tests.cases import guangxi

KINDS: Mapping[str, str] = {
    "caseId": "case",
    "mandateId": "mandate",
    "certificateId": "certificate",
    "postId": "post",
    "sessionId": "session",
    "capacityId": "capacity",
    "itemId": "item",
    "materialId": "material",
    "fileId": "file",
    "sheetId": "sheet",
    "taskId": "task",
    "about": "field",
    "fileIds": "file",
    "visitId": "visit",
    "clientId": "client",
}
"""By the name of the argument. Of a plain `id`: by what is asked for."""

NO_THING = frozenset({"organisationId", "itemIds", "offerId", "entry", "removeEntries", "declarations"})
"""Ids of what is the same for all, or of a part of a case that has been named beside it."""


@dataclass(frozen=True)
class Place:
    """Where an id stands in an operation, and of what it is."""

    of: str
    operation: str
    where: str
    kind: str


def places() -> Iterator[Place]:
    for of, operation, where, name in _all_ids():
        kind = operation if name == "id" else KINDS.get(name)
        if kind:
            yield Place(of, operation, where, kind)


def of_nobody_knows_what() -> list[str]:
    """Ids in the schema of which nobody has said what they are of."""
    return [f"{operation} {where}" for _, operation, where, name in _all_ids() if name not in KINDS.keys() | NO_THING | {"id"}]


def _all_ids() -> Iterator[tuple[str, str, str, str]]:
    for of in ROOTS:
        for operation in root(of).fields:
            for where in ids_in(operation, of=of):
                yield of, operation, where, [part for part in where.split(".") if part != "*"][-1]


@dataclass(frozen=True)
class Thing:
    """`to`: to whom it is there."""

    id: str
    to: frozenset[str]


@cache
def things(world: World) -> dict[str, list[Thing]]:
    cases = {name: case.id for name, case in world.cases.items()}
    reach = {name: frozenset(who for who, names in REACH.items() if name in names) for name in cases}
    personal = {name: frozenset(who for who, names in PERSONAL.items() if name in names) for name in cases}
    his, themselves = frozenset({"applicant", "applicant at the helper's device"}), frozenset({"stranger"})
    mine = {PRINCIPAL.id: his, STRANGER.id: themselves}
    holders = {PRINCIPAL.id: his | {"guardian"}, STRANGER.id: themselves}
    return {
        "case": [Thing(id, reach[name]) for name, id in cases.items()],
        "item": [Thing(f"{id}.item.{ITEM}", reach[name]) for name, id in cases.items()],
        "material": [Thing(f"{id}.material.{MATERIAL}", reach[name]) for name, id in cases.items()],
        "task": [Thing(f"{id}.task.{MATERIAL}", reach[name]) for name, id in cases.items()],
        "field": [Thing(f"{id}.field.{_place(world, name)}", personal[name]) for name, id in cases.items()]
        + [Thing(person, _who_may_know(person)) for person in mine],
        "mandate": [
            Thing(one.id, frozenset(who for who, names in PARTIES.items() if name in names)) for name, one in world.mandates.items()
        ],
        "certificate": [Thing(one.id, holders[one.person]) for one in world.certificates.values()],
        "file": [Thing(id, his if name == "his" else themselves) for name, id in world.files.items()],
        "post": [Thing(post.id, _of_post(who, post.organisation.id)) for who, post in world.posts.items()],
        "session": [Thing(acting.session, _same_person(world, who)) for who, acting in world.acting.items() if acting],
        "capacity": [Thing(acting.capacity_id, _same_person(world, who)) for who, acting in world.acting.items() if acting],
        "visit": [Thing(world.visit, TOLD[Rule.VISIT])],
        "client": [Thing(world.client, TOLD[Rule.CLIENTS])],
        "sheet": [Thing(world.sheet, frozenset({"agent"}))],
    }


def _place(world: World, name: str) -> str:
    form = Form(world.cases[name], guangxi())
    return next(
        field.place for section in form.sections for entry in section.entries for field in entry.fields if field.rule.format == "phone"
    )


def _who_may_know(person: str) -> frozenset[str]:
    whose = {PRINCIPAL.id: {"helped", "draft", "done", "withdrawn", "employed", "counter"}, STRANGER.id: {"strangers"}}[person]
    acts_for = {"delegate of other items"} if person == PRINCIPAL.id else set()
    return frozenset(who for who, names in PERSONAL.items() if whose & set(names)) | acts_for


def _of_post(who: str, organisation: str) -> frozenset[str]:
    heads = {head for head, (where, kind) in POSTS.items() if kind.value == "SUPERVISOR" and where == organisation}
    return frozenset({"applicant", "applicant at the helper's device"} if who == "offered" else heads | {who})


def _same_person(world: World, who: str) -> frozenset[str]:
    """Whoever it is, in whichever session."""
    acting = world.acting[who]
    person = acting.person.id if acting and acting.person else None
    return frozenset(other for other, one in world.acting.items() if one and one.person and one.person.id == person) | {who}


def nobodys(thing: Thing) -> str:
    """An id as like as can be, of nothing."""
    head, dot, rest = thing.id.partition(".")
    return f"{head[:-3]}{'zzz' if not head.endswith('zzz') else 'yyy'}{dot}{rest}"


MALFORMED = ("", "x", "case-", "mandate-", "post-", "....item.", '{"$gt": ""}', "$where", "../../etc/passwd", "张三", "\x00", "9" * 4_000)
