"""Everybody who may want something: the man whose matters these are, who acts for him, who decides, and whom it does not concern.

What each rests on (mandate, post, guardianship) is kept in the real stores; here it is said once, and who sees which case.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from domain.acting import Assurance, CapacityKind, Origin
from domain.clock import day_in_china
from domain.identifiers import DocumentKind
from domain.mandates.actions import MandateAction
from domain.mandates.mandate import Mandate, MandateEnd, MandateScope
from domain.mandates.steps import MandateStep, MandateStepKind
from domain.organisations.organisation import Organisation
from domain.organisations.post import Post, PostStatus
from domain.people import Person
from domain.sessions.session import Proof, Session
from domain.words import Words
from tests.cases import ALL_ITEMS, ZHANG, guangxi
from tests.organisations import a_number

PRINCIPAL = ZHANG
FERRY, BANYAN, NEIGHBOURS, HALL, BUREAU, MEDICAL = (
    f"org-guangxi-{code}" for code in ("ferry", "banyan", "neighbours", "hall", "hrss", "medical")
)
HALL_ELSEWHERE, BUREAU_ELSEWHERE = "org-guyang-hall", "org-guyang-hrss"
SERVICES = tuple(f"item-guangxi-{code}" for code in ALL_ITEMS)
EVERYTHING = frozenset(MandateAction)
TO_LOOK = frozenset({MandateAction.VIEW})
CODE = "73915026"


def _somebody(order: int, name: str) -> Person:
    return Person(f"person-{order:02}k2m4n6p8q", name, DocumentKind.RESIDENT_ID, a_number(date(1980, 3, 4), order))


NAMES = {
    "stranger": "岑寂远",
    "friend of the stranger": "卓如云",
    "delegate": "张小满",
    "delegate to look": "张大年",
    "delegate of other items": "闭秋萍",
    "delegate of one case": "农雪梅",
    "delegate expired": "凌长风",
    "delegate revoked": "甘露白",
    "delegate to be": "冼星野",
    "delegate to lose": "骆听雨",
    "guardian": "陆承安",
    "helper": "卢敏芝",
    "helper elsewhere": "何雅宁",
    "agent": "钱经办",
    "agent elsewhere": "莫办事",
    "clerk": "孙窗口",
    "clerk elsewhere": "蒙窗边",
    "officer who took it": "韦明德",
    "officer": "覃芳菲",
    "officer of another department": "蒙远山",
    "officer elsewhere": "覃塞北",
    "supervisor of the station": "秦素云",
    "supervisor of the department": "黄督之",
}
PEOPLE = {who: _somebody(order, name) for order, (who, name) in enumerate(NAMES.items(), 11)}
STRANGER = PEOPLE["stranger"]

POSTS = {
    "helper": (FERRY, CapacityKind.HELPER),
    "helper elsewhere": (BANYAN, CapacityKind.HELPER),
    "agent": ("works", CapacityKind.EMPLOYER),
    "agent elsewhere": ("mill", CapacityKind.EMPLOYER),
    "clerk": (HALL, CapacityKind.CLERK),
    "clerk elsewhere": (HALL_ELSEWHERE, CapacityKind.CLERK),
    "officer who took it": (BUREAU, CapacityKind.OFFICER),
    "officer": (BUREAU, CapacityKind.OFFICER),
    "officer of another department": (MEDICAL, CapacityKind.OFFICER),
    "officer elsewhere": (BUREAU_ELSEWHERE, CapacityKind.OFFICER),
    "supervisor of the station": (FERRY, CapacityKind.SUPERVISOR),
    "supervisor of the department": (BUREAU, CapacityKind.SUPERVISOR),
}

# ---------------------------------------------------------------- who sees which case


OWN = ("draft", "done", "withdrawn", "helped", "employed", "counter")
SUBMITTED = ("done", "withdrawn", "helped", "strangers")
REACH: Mapping[str, tuple[str, ...]] = {
    "applicant": OWN,
    "applicant at the helper's device": OWN,
    "delegate": OWN,
    "delegate to look": OWN,
    "delegate of one case": ("draft",),
    "guardian": OWN,
    "helper": ("helped",),
    "agent": ("employed",),
    "clerk": ("counter",),
    "officer who took it": SUBMITTED,
    "officer": SUBMITTED,
    "officer of another department": SUBMITTED,
    "supervisor of the station": ("helped",),
    "supervisor of the department": SUBMITTED,
    "stranger": ("strangers",),
    "friend of the stranger": ("strangers",),
}
"""Nobody who is not named here sees a case."""

PERSONAL = (
    REACH
    | dict.fromkeys(("officer", "officer of another department", "supervisor of the department"), ())
    | {"officer who took it": ("helped",)}
)
"""In which of them names, answers and papers may be read."""

GIVEN = ("full", "to look", "other items", "one case", "expired", "revoked", "pending", "to lose", "in person")
PARTIES: Mapping[str, tuple[str, ...]] = {
    "applicant": GIVEN,
    "applicant at the helper's device": GIVEN,
    "stranger": ("of the stranger",),
    "delegate as herself": ("full",),
    "delegate to be": ("pending",),
    "helper": ("in person",),
    "supervisor of the station": ("in person",),
    "delegate": ("full",),
    "delegate to look": ("to look",),
    "delegate of other items": ("other items",),
    "delegate of one case": ("one case",),
    "friend of the stranger": ("of the stranger",),
}
"""Who is told of which mandate."""

CALLERS = (
    "nobody",
    "known by phone",
    "applicant",
    "applicant at the helper's device",
    "stranger",
    "friend of the stranger",
    "delegate",
    "delegate as herself",
    "delegate to be",
    "delegate to look",
    "delegate of other items",
    "delegate of one case",
    "guardian",
    *POSTS,
)
ENDED = ("delegate expired", "delegate revoked")

# ---------------------------------------------------------------- on what it rests


def posts(organisations: Mapping[str, Organisation], now: datetime) -> dict[str, Post]:
    """By whose they are; `organisations`: by their ids, and enterprises by a word."""
    at, held = now - timedelta(days=30), {}
    for order, (who, (where, kind)) in enumerate(POSTS.items()):
        organisation = organisations[where]
        id = f"post-{organisation.id}-{order:020}"
        held[who] = Post(id, PEOPLE[who], organisation, kind, at, status=PostStatus.ACTIVE, confirmed_at=at)
    offered = organisations[NEIGHBOURS]
    return held | {"offered": Post(f"post-{offered.id}-{99:020}", PRINCIPAL, offered, CapacityKind.HELPER, at, items=("pension",))}


@dataclass
class Given:
    """Mandates by what they are for, each numbered by its principal."""

    now: datetime
    mandates: dict[str, Mandate] = field(default_factory=dict)

    def give(self, name: str, who: str, *, principal: Person = PRINCIPAL, **terms: object) -> None:
        first = day_in_china(self.now) - timedelta(days=20)
        id, number = f"mandate-{len(self.mandates) + 1:08}", 1 + sum(one.principal.id == principal.id for one in self.mandates.values())
        usual: dict[str, object] = {"scope": MandateScope(items=SERVICES), "actions": EVERYTHING, "until": first + timedelta(days=90)}
        at = self.now - timedelta(days=20)
        self.mandates[name] = Mandate(
            **{"id": id, "principal": principal, "delegate": PEOPLE[who], "from_": first, "granted_at": at, "accepted_at": at}  # type: ignore[arg-type]
            | usual
            | {"number": number, "history": (MandateStep(MandateStepKind.GRANTED, at),)}
            | terms
        )


def mandates(cases: Mapping[str, str], now: datetime) -> dict[str, Mandate]:
    """`cases`: their ids."""
    given, today = Given(now), day_in_china(now)
    other = next(id for id in guangxi().items if id not in ALL_ITEMS)
    given.give("full", "delegate")
    given.give("to look", "delegate to look", actions=TO_LOOK)
    given.give("other items", "delegate of other items", scope=MandateScope(items=(f"item-guangxi-{other}",)))
    given.give("one case", "delegate of one case", scope=MandateScope(case=cases["draft"], matter=SERVICES, number="ZB2026112300000101"))
    given.give("expired", "delegate expired", until=today - timedelta(days=1))
    given.give("revoked", "delegate revoked", ended_at=now - timedelta(days=1), ended_because=MandateEnd.REVOKED)
    given.give("pending", "delegate to be", code=CODE, accepted_at=None)
    given.give("to lose", "delegate to lose")
    given.give("of the stranger", "friend of the stranger", principal=STRANGER)
    taken = MandateScope(items=SERVICES, case=cases["helped"])
    given.give(
        "in person",
        "helper",
        scope=taken,
        in_person=True,
        organisation=FERRY,
        organisation_name=Words("渡口社区", "渡口社區", "Ferry"),
        begin_by=now - timedelta(days=19),
    )
    return given.mandates


BY_MANDATE = {
    "delegate": "full",
    "delegate to look": "to look",
    "delegate of other items": "other items",
    "delegate of one case": "one case",
    "delegate expired": "expired",
    "delegate revoked": "revoked",
    "delegate to lose": "to lose",
    "friend of the stranger": "of the stranger",
}


def sessions(posts: Mapping[str, Post], mandates: Mapping[str, Mandate], now: datetime) -> dict[str, Session]:
    """Of everybody but nobody: surely known just now, but for whom only a phone is known."""
    themselves = {"applicant": PRINCIPAL, "stranger": STRANGER}
    themselves |= {"delegate to be": PEOPLE["delegate to be"], "delegate as herself": PEOPLE["delegate"]}
    found = {who: _session(who, person, now) for who, person in themselves.items()}
    at_device = replace(_session("applicant at the helper's device", PRINCIPAL, now), assisted_by=PEOPLE["helper"].id)
    found |= {"known by phone": _session("known by phone", None, now), "applicant at the helper's device": at_device}
    for who, name in BY_MANDATE.items():
        mandate = mandates[name]
        oneself = _session(who, PEOPLE[who], now)
        found[who] = replace(oneself, capacity=CapacityKind.PROXY, on_behalf_of=mandate.principal.id, mandate=mandate.id)
    found["guardian"] = replace(_session("guardian", PEOPLE["guardian"], now), capacity=CapacityKind.PROXY, on_behalf_of=PRINCIPAL.id)
    for who in POSTS:
        post, oneself = posts[who], _session(who, PEOPLE[who], now)
        found[who] = replace(oneself, capacity=post.kind, organisation=post.organisation.id, post=post.id)
    return found


def _session(who: str, person: Person | None, now: datetime) -> Session:
    proof = Proof(Assurance.L3 if person else Assurance.L1, now, person)
    origin = Origin("121.31.*.*", "address", "a phone")
    return Session(session_id(who), proof, began_at=now, expires_at=now + timedelta(days=30), origin=origin)


def session_id(who: str) -> str:
    return f"session-{who.replace(' ', '_')}"
