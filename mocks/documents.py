"""Every GraphQL document that our own clients send, in one place: what a real app asks for, page by page.

A document carries only the fragments that it uses. All of them are checked against the contract by tests/mocks/test_documents.py.
"""

import re

_FRAGMENTS = {
    "Problem": """on Problem {
      message spoken
      ... on Refusal {
        refusalCode remedy reasons { ...Why } stepUp { ...Proof } retryAfterSeconds
        current { id number version status statusText }
      }
      ... on InvalidForm { issues { ...Slip } }
    }""",
    "Why": "on Reason { rule verdict text spoken facts { label value } figures { key label value since source } }",
    "Slip": "on Issue { path about code message spoken }",
    "Proof": "on StepUp { assurance maxAgeSeconds url }",
    "Somebody": "on Person { id name documentKind maskedDocumentNumber }",
    "Doer": "on Actor { name capacity organisation { id name } isViewer assurance onBehalfOf { id name } }",
    "Limit": "on TimeLimit { amount unit startEvent text }",
    "Until": "on Deadline { limit { ...Limit } at overdue provisional suspendedSince suspendedText }",
    "Happened": "on Step { id number at kind text spoken item { id code title department { name } } by { name capacity isViewer } }",
    "Asked": """on FormField {
      id key label spoken help required kind format options { value label hasChildren } optionList decides
      value values display masked source { kind name at } locked offers { id why display source { kind name at } }
    }""",
    "Service": "on CaseItem { id code title department { id code name } mode status statusText turn waitsFor { id code } "
    "statutoryDeadline { ...Until } promisedDeadline { ...Until } "
    "result { outcome text spoken at reasons { ...Why } evidence { id kind title at } } }",
    "Paper": """on Material {
      id code title status statusText usedBy { id code } reasons { text } dueAt maxFiles
      files { id contentType size sha256 url thumbnailUrl at by { name isViewer } }
    }""",
    "Allowed": """on Consent {
      id wording { purpose version title text spoken licences { code name } } status decidedAt decidedBy { name isViewer }
    }""",
    "Licence": "on Certificate { id number licenceIdentifier status statusText holder { id name } issuedAt issuer pdfUrl }",
    "Pages": """on Form {
      id revision complete
      sections { id key title spoken complete repeats { min max blank { id key label kind required } } entries { id fields { ...Asked } } }
      issues { ...Slip } prefill { name status at }
    }""",
    "Page": """on Case {
      id number region { id code name } catalogueVersion channel status statusText statusSpoken turn version
      beneficiary { ...Somebody } filedBy { ...Doer } informs { label via }
      openedAt receivedAt submittedAt updatedAt draftExpiresAt deadline { ...Until }
      items { ...Service } materials { ...Paper } consents { ...Allowed } certificate { ...Licence } form { ...Pages }
      declarations { id version text spoken } steps { ...Happened } lastStep { id number }
      availableActions { action label confirmText stepUp { ...Proof } }
    }""",
    "Live": """on Case {
      id version status statusText turn updatedAt items { id code title status statusText department { name } waitsFor { id } }
      certificate { id number } form { revision } availableActions { action label }
    }""",
    "Seat": """on Capacity { id kind label onBehalfOf { id name } }""",
    "Me": "on Viewer { person { ...Somebody } assurance provedAt capacity { ...Seat } capacities { ...Seat } }",
    "Tokens": "on Session { accessToken refreshToken accessTokenLivesSeconds viewer { ...Me } }",
}


def document(operation: str) -> str:
    """The operation with the fragments that it uses, each once."""
    needed: dict[str, str] = {}
    ahead = [operation]
    while ahead:
        for name in re.findall(r"\.\.\.(\w+)", ahead.pop()):
            if name in _FRAGMENTS and name not in needed:
                needed[name] = f"fragment {name} {_FRAGMENTS[name]}"
                ahead.append(_FRAGMENTS[name])
    return "\n".join([operation, *needed.values()])


def mutation(name: str, arguments: str, given: str, answer: str) -> str:
    """`given`: how the variables are handed on; every mutation has a requestId and may answer with a problem."""
    capital = name[0].upper() + name[1:]
    return document(
        f"mutation {capital}($requestId: ID!, {arguments}) "
        f"{{ {name}(requestId: $requestId, {given}) {{ __typename ... on {answer} ...Problem }} }}"
    )


def taking_input(name: str, answer: str) -> str:
    kind = name[0].upper() + name[1:] + "Input"
    return mutation(name, f"$input: {kind}!", "input: $input", answer)


NOW = document("query Now { now }")
VIEWER = document("query Viewer { now viewer { ...Me } }")
REGIONS = document("query Regions { regions { id code name } }")
CATALOGUE = document(
    """query Catalogue($region: String!) { catalogue(region: $region) {
      id title version source declaredTotal channels region { id code name }
      items {
        id code title department { id code name } mode basic waitsFor { id code title } source
        materials { code title condition satisfiedBy { code name } ifLost } statutoryLimit { ...Limit } promise { ...Limit }
      }
      consents { purpose version title text spoken licences { code name } }
    } }"""
)
CASE = document("query CasePage($id: ID!) { case(id: $id) { ...Page } }")
CASES = document(
    """query Cases($first: Int! = 20, $after: String, $filter: CaseFilterInput) { cases(first: $first, after: $after, filter: $filter) {
      edges { cursor node { id number version status statusText turn updatedAt items { id title statusText } } }
      pageInfo { hasNextPage endCursor }
    } }"""
)
CERTIFICATES = document("query Certificates { certificates { ...Licence } }")
VIEWS = document(
    """query Views($id: ID!) { certificate(id: $id) { ...Licence
      views { edges { cursor node { id at by place purpose } } pageInfo { hasNextPage endCursor } }
    } }"""
)

SIGN_IN = taking_input("signIn", "Session { ...Tokens }")
MINI_PROGRAM_SIGN_IN = mutation("signInWithMiniProgram", "$input: MiniProgramSignInInput!", "input: $input", "Session { ...Tokens }")
ACT_AS = mutation("actAs", "$capacityId: ID!", "capacityId: $capacityId", "Session { ...Tokens }")
REFRESH_SESSION = mutation("refreshSession", "$refreshToken: String!", "refreshToken: $refreshToken", "Session { ...Tokens }")
SIGN_OUT = mutation("signOut", "$refreshToken: String", "refreshToken: $refreshToken", "SignedOut { at }")
REVEAL_VALUE = mutation("revealValue", "$input: RevealInput!", "input: $input", "Revealed { value }")

OPEN_CASE = taking_input("openCase", "Case { ...Page }")
DECIDE_CONSENTS = taking_input("decideConsents", "Case { ...Page }")
FILL_FORM = taking_input("fillForm", "Case { ...Page }")
ATTACH_MATERIAL = taking_input("attachMaterial", "Case { ...Page }")
SUBMIT_CASE = taking_input("submitCase", "Case { ...Page }")
WITHDRAW_CASE = taking_input("withdrawCase", "Case { ...Page }")

PRESENT_CERTIFICATE = mutation(
    "presentCertificate",
    "$certificateId: ID!",
    "certificateId: $certificateId",
    "Presentation { id code url qrSvg expiresAt livesSeconds }",
)
CHECK_CERTIFICATE = taking_input("checkCertificate", "CertificateCheck { genuine status holder issuer issuedAt }")

CASE_PROGRESS = document(
    """subscription CaseProgress($caseId: ID!, $after: Int!) { caseProgress(caseId: $caseId, after: $after) {
      steps { ...Happened } case { ...Live } end
    } }"""
)
CASE_CHANGES = document("subscription CaseChanges($seen: [SeenCaseInput!]!) { caseChanges(seen: $seen) { cases { ...Live } gone end } }")
