"""Who may do what: every mutation with all who are ever let do it, and who is told what is no matter of a case or a mandate."""

from collections.abc import Mapping

from tests.access.callers import POSTS
from tests.access.rules import CLIENTS, DELEGATE, HOLDER, OWN, POST, PRINCIPAL, QUEUE, SESSION, VISIT, Rule

THEMSELVES = frozenset({"applicant", "stranger", "delegate as herself", "delegate to be"})
ON_A_DEVICE = frozenset({"applicant at the helper's device"})
FOR_ANOTHER = frozenset(
    {"delegate", "delegate to look", "delegate of other items", "delegate of one case", "friend of the stranger", "guardian"}
)
FILLING = THEMSELVES | ON_A_DEVICE | FOR_ANOTHER
ACTING = FILLING - {"delegate to look", "delegate of other items"} | {"helper", "agent", "clerk"}
"""To whom a case is there that they may carry on."""
HELPERS, AGENTS, CLERKS = (frozenset({who, f"{who} elsewhere"}) for who in ("helper", "agent", "clerk"))
DECIDING = frozenset(who for who in POSTS if who.startswith("officer")) | CLERKS
HEADS = frozenset(who for who in POSTS if who.startswith("supervisor"))
STAFF = frozenset(POSTS)
KNOWN = FILLING | STAFF
ALL = KNOWN | {"nobody", "known by phone"}
UNNAMED = frozenset({"known by phone"})

MUTATIONS: Mapping[frozenset[str], str] = {
    ALL: "signIn signInWithMiniProgram refreshSession checkCertificate",
    ALL - {"nobody"}: "signOut actAs",
    THEMSELVES | FOR_ANOTHER | STAFF: "linkMiniProgram",
    FILLING - {"delegate to look", "delegate of one case"}: "openCase",
    ACTING: "changePayoutAccount cancelPayoutChange fillForm attachMaterial submitCase withdrawCase flagPriority",
    ACTING - {"agent"}: "decideConsents",
    THEMSELVES | ON_A_DEVICE: "confirmFiling revokeMandate declineMandate",
    THEMSELVES | ON_A_DEVICE | {"guardian"}: "presentCertificate",
    AGENTS: "stampCase openStaffCases",
    HELPERS | CLERKS: "beginAssistedSession beginCardReading takeMandateInPerson openCaseInPerson",
    HELPERS | CLERKS | AGENTS: "handOverCase",
    CLERKS: "openCaseAtCounter",
    THEMSELVES: "confirmPost declinePost grantMandate acceptMandate deleteMyData endSession endOtherSessions",
    FILLING - {"delegate to look", "delegate of one case"} | HELPERS | CLERKS | HEADS: "bookVisit cancelVisit",
    HELPERS | CLERKS | HEADS: "takeVisit completeVisit",
    HEADS: "appointMember waiveReview",
    KNOWN: "endPost",
    DECIDING: "takeItem decideItem takeTask completeTask",
    DECIDING | {"supervisor of the department"}: "putItemBack",
    KNOWN - {"agent elsewhere"}: "revealValue",
}
"""Whoever is not named is refused, whatever they ask it of."""


TOLD: Mapping[Rule, frozenset[str]] = {
    SESSION: ALL - {"nobody"},
    PRINCIPAL: frozenset({"applicant"}),
    DELEGATE: frozenset({"delegate as herself"}),
    OWN: THEMSELVES | ON_A_DEVICE,
    HOLDER: THEMSELVES | ON_A_DEVICE | {"guardian"},
    CLIENTS: frozenset({"helper", "supervisor of the station"}),
    POST: ON_A_DEVICE | {"applicant"} | HEADS,
    QUEUE: frozenset({"clerk", "officer", "officer who took it", "supervisor of the department"}),
    VISIT: ON_A_DEVICE | {"applicant", "guardian", "helper", "supervisor of the station"},
}
"""Where it is not a matter of which case or mandate."""

MAY: Mapping[str, frozenset[str]] = {mutation: who for who, mutations in MUTATIONS.items() for mutation in mutations.split()}
