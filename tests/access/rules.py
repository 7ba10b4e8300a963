"""Who may be told what, and who may do what: every field of the schema, each exactly once. What stands nowhere here fails the build.

It is written by hand, beside the code and not from it: a field that lets more through than its rule says is found out by the tests.
"""

from collections.abc import Mapping
from enum import StrEnum


class Rule(StrEnum):
    """PUBLIC: the same to everybody. CASE: to whom the case concerns. PERSONAL: to whom its names, answers and papers are open.

    PARTY: to both sides of a mandate, and to the organisation that took it. PRINCIPAL, DELEGATE: to that side alone. OWN: to people
    themselves. HOLDER: to them and to their guardian. CLIENTS: to who helps them. POST: to its holder and its organisation's supervisor.
    QUEUE: to officers, clerks and their supervisors. VISIT: to who is visited at home, their side, and whose people come. SESSION: to whose
    session it is. ASKED: to who has just done it. CARRIED: as what it stands in.
    """

    PUBLIC = "PUBLIC"
    CASE = "CASE"
    PERSONAL = "PERSONAL"
    PARTY = "PARTY"
    PRINCIPAL = "PRINCIPAL"
    DELEGATE = "DELEGATE"
    OWN = "OWN"
    HOLDER = "HOLDER"
    CLIENTS = "CLIENTS"
    POST = "POST"
    QUEUE = "QUEUE"
    VISIT = "VISIT"
    SESSION = "SESSION"
    ASKED = "ASKED"
    CARRIED = "CARRIED"


PUBLIC, CASE, PERSONAL, PARTY, PRINCIPAL, DELEGATE, OWN, HOLDER, CLIENTS, POST, QUEUE, VISIT, SESSION, ASKED, CARRIED = Rule
QUESTION = "key label spoken help required kind format optionList decides options"

FIELDS: Mapping[str, Mapping[Rule, str]] = {
    # ------------------------------------------------------------ a case
    "Case": {
        CASE: "id number catalogueVersion channel status statusText statusSpoken turn version openedAt receivedAt submittedAt updatedAt "
        "draftExpiresAt region beneficiary filedBy informs deadline items materials certificate declarations steps lastStep priority "
        "availableActions tasks",
        PERSONAL: "form consents payoutChange",
    },
    "CaseItem": {
        CASE: "id code title department mode status statusText turn waitsFor result reasons waivedBecause statutoryDeadline "
        "promisedDeadline takenBy reviews"
    },
    "AgencyTask": {CASE: "id material taken givenAt doneAt department"},
    "ItemResult": {CASE: "outcome text spoken at reasons evidence"},
    "ItemReview": {CASE: "grade title at outcome text by reasons"},
    "Evidence": {CASE: "id kind title at"},
    "Deadline": {CASE: "limit at overdue provisional suspendedSince suspendedText"},
    "PayoutChange": {PERSONAL: "bank maskedAccount effectiveAt inForce"},
    "Audience": {CASE: "label via"},
    "AvailableAction": {CASE: "action label confirmText stepUp"},
    "Priority": {CASE: "label at", PERSONAL: "basis"},
    "Material": {CASE: "id code title statusText usedBy reasons dueAt maxFiles status needs", PERSONAL: "files marks"},
    "File": {PERSONAL: "id contentType size sha256 url thumbnailUrl at by"},
    "Step": {CASE: "id number at kind text spoken item by"},
    "Consent": {PERSONAL: "id wording status decidedAt decidedBy"},
    "Form": {PERSONAL: "id sections complete revision issues prefill"},
    "FormSection": {PERSONAL: "id key title spoken complete repeats entries"},
    "Repeats": {PERSONAL: "min max blank"},
    "FormEntry": {PERSONAL: "id fields"},
    "FormField": {PERSONAL: f"{QUESTION} id value values display masked locked source offers"},
    "FieldSource": {PERSONAL: "kind name at"},
    "Offer": {PERSONAL: "id why display source"},
    "Prefill": {PERSONAL: "name status at"},
    "CaseProgress": {CARRIED: "case steps end"},
    "CaseChanges": {CARRIED: "cases gone end"},
    # ------------------------------------------------------------ people
    "Person": {CARRIED: "id name documentKind maskedDocumentNumber"},
    "Actor": {CARRIED: "name capacity organisation isViewer assurance onBehalfOf mandate"},
    "Organisation": {CARRIED: "id name"},
    "Viewer": {SESSION: "assurance provedAt person capacity capacities"},
    "Capacity": {CARRIED: "id kind label organisation mandate onBehalfOf"},
    "Mandate": {
        PARTY: "id status statusText from until scopeText inPerson beginBy principal delegate items case actions organisation history",
        PRINCIPAL: "acceptanceCode",
        DELEGATE: "capacity",
    },
    "MandateStep": {PARTY: "id at kind text by"},
    "MandateTerms": {PUBLIC: "days mostDays delegates"},
    "Post": {POST: "id organisation kind kindText status statusText appointedAt confirmedAt endedAt person items capacity"},
    "Client": {CLIENTS: "id person birthDate addedAt seenAt needs needsSpoken cases"},
    "WorkItem": {QUEUE: "id kind text case item deadline takenBy"},
    "Visit": {
        VISIT: "id status statusText from to reason reasonText address division note visitor bookedAt endedAt why "
        "person organisation assistedBy"
    },
    "Visitor": {VISIT: "name post"},
    # ------------------------------------------------------------ one's own
    "Access": {OWN: "id by purpose text spoken caseNumber place at capacity organisation"},
    "Certificate": {
        CARRIED: "id number licenceIdentifier status statusText holder issuedAt issuer pdfUrl views",
    },
    "CertificateView": {HOLDER: "id at by place purpose"},
    "ConsentEdge": {PERSONAL: "cursor node case"},
    "Deed": {OWN: "id at kind text spoken by agreed caseId"},
    "DeletionPlan": {OWN: "version text lines inProgress"},
    "DeletionLine": {OWN: "kind title count disposal until why whySpoken source"},
    "SessionEntry": {OWN: "id current device host place capacityLabel organisation assisted beganAt lastSeen expiresAt capacity"},
    "SignIn": {OWN: "id at assurance way wayText outcome outcomeText device place"},
    # ------------------------------------------------------------ what has just been done, or refused
    "Refusal": {ASKED: "message spoken refusalCode remedy reasons stepUp retryAfterSeconds current"},
    "InvalidForm": {ASKED: "message spoken issues"},
    "Problem": {ASKED: "message spoken"},
    "Issue": {ASKED: "path about code message spoken"},
    "StepUp": {ASKED: "assurance maxAgeSeconds url"},
    "Session": {ASKED: "accessToken refreshToken accessTokenLivesSeconds viewer"},
    "SessionsEnded": {ASKED: "left"},
    "SignedOut": {ASKED: "at"},
    "MiniProgramLink": {ASKED: "host"},
    "Deleted": {ASKED: "id at lines"},
    "Presentation": {ASKED: "id code url qrSvg expiresAt livesSeconds"},
    "Revealed": {ASKED: "value"},
    "CardReadingStart": {ASKED: "nonce expiresAt livesSeconds"},
    "CertificateCheck": {ASKED: "genuine status holder issuer issuedAt"},
    "StaffImport": {ASKED: "rows opened waiting"},
    "StaffRow": {ASKED: "row name case problem problemSpoken again"},
    # ------------------------------------------------------------ the catalogue and the law
    "Region": {PUBLIC: "id code name catalogue"},
    "Catalogue": {PUBLIC: "id region title version channels source declaredTotal consents items"},
    "ServiceItem": {
        PUBLIC: "id code title department mode basic waitsFor onlyWith materials statutoryLimit promise source legalBasis "
        "requirements result"
    },
    "Department": {PUBLIC: "id code name telephone"},
    "MaterialRule": {PUBLIC: "code title condition satisfiedBy ifLost needs"},
    "LicenceKind": {PUBLIC: "code name"},
    "TimeLimit": {PUBLIC: "amount unit startEvent text"},
    "ConsentText": {PUBLIC: "purpose version title text spoken licences"},
    "Declaration": {PUBLIC: "id version text spoken"},
    "Option": {PUBLIC: "value label hasChildren"},
    "Question": {PUBLIC: QUESTION},
    "Reason": {CARRIED: "rule verdict text spoken facts figures"},
    "Fact": {CARRIED: "label value"},
    "LawFigure": {PUBLIC: "key label value since source"},
    "Age": {PUBLIC: "years months"},
    "ArchiveCheck": {PUBLIC: "status facts forecast"},
    "ArchiveFact": {PUBLIC: "key label verdict reason"},
    "ClaimPlace": {PUBLIC: "place step moved reasons"},
    "DisabilityAllowance": {PUBLIC: "kind parts total paymentMonths reworkedFrom until reasons"},
    "ExtendedHours": {PUBLIC: "kind label spans"},
    "Guide": {PUBLIC: "questions items eligible reasons"},
    "GuideItem": {PUBLIC: "item recommended reasons"},
    "GuideQuestion": {PUBLIC: f"{QUESTION} value values"},
    "LoanPayment": {PUBLIC: "month interest payment left"},
    "LoanRepayment": {PUBLIC: "payments interest lastPayment fullPensionFromMonth reasons"},
    "Matter": {PUBLIC: "code title source parts"},
    "MatterDetail": {PUBLIC: "code title parts"},
    "OpeningSpan": {PUBLIC: "opens closes"},
    "PensionEstimate": {PUBLIC: "parts total payoutMonths reasons"},
    "PensionPart": {PUBLIC: "key label amount formula reasons"},
    "PriorityBasis": {PUBLIC: "code name source"},
    "RetirementChoice": {PUBLIC: "kind point possible contributionMonths text spoken reasons estimate"},
    "RetirementChoices": {PUBLIC: "choices firstIfToldToday forecast"},
    "RetirementForecast": {PUBLIC: "originalAge delayMonths reasons statutory earliest latest special shortfall"},
    "RetirementPoint": {PUBLIC: "age date minimumContributionMonths actBy actByText"},
    "ServicePoint": {PUBLIC: "id code name address telephone alwaysOpen hours open openBy openText provisional source extended"},
    "Shortfall": {PUBLIC: "months options"},
    "ShortfallOption": {PUBLIC: "key label text spoken reasons"},
    "SubMatter": {PUBLIC: "code title"},
    # ------------------------------------------------------------ pages
    "PageInfo": {CARRIED: "hasNextPage hasPreviousPage startCursor endCursor"},
    **{
        f"{of}Connection": {CARRIED: "edges pageInfo"}
        for of in (
            "Access",
            "Case",
            "CertificateView",
            "Client",
            "Consent",
            "Deed",
            "Mandate",
            "Option",
            "Post",
            "SignIn",
            "Visit",
            "WorkItem",
        )
    },
    **{
        f"{of}Edge": {CARRIED: "cursor node"}
        for of in ("Access", "Case", "CertificateView", "Client", "Deed", "Mandate", "Option", "Post", "SignIn", "Visit", "WorkItem")
    },
}

# ---------------------------------------------------------------- operations

QUERIES: Mapping[Rule, str] = {
    PUBLIC: "now regions catalogue options guide pensionEstimate disabilityAllowance loanRepayment servicePoints matters "
    "retirementForecast retirementChoices claimPlace archiveCheck priorityBases mandateTerms",
    SESSION: "viewer",
    CASE: "case cases",
    PERSONAL: "myConsents",
    PARTY: "mandate mandates",
    HOLDER: "certificate certificates",
    OWN: "deletionPlan accessLog mySessions signIns mySignatures myShares",
    POST: "myPosts posts",
    CLIENTS: "clients",
    QUEUE: "worklist",
    VISIT: "visits",
}
SUBSCRIPTIONS: Mapping[Rule, str] = {CASE: "caseProgress caseChanges"}


def named(rules: Mapping[Rule, str]) -> dict[str, Rule]:
    return {field: rule for rule, fields in rules.items() for field in fields.split()}


RULES: Mapping[str, Rule] = {f"{type}.{field}": rule for type, rules in FIELDS.items() for field, rule in named(rules).items()}
