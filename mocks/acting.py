"""What is asked by those who act for others, and about them: relatives, helpers, clerks, employers, officers.

Beyond the contract in parts, so these documents are checked against the server's own schema.
"""

from mocks.documents import document, mutation, taking_input

_MANDATE = """Mandate {
  id statusText acceptanceCode scopeText until inPerson beginBy capacity { id label } principal { name } delegate { name }
  history { kind text at by { name capacity } }
}"""
_POST = "Post { id kindText statusText organisation { id name } person { name } }"
_VISIT = "Visit { id statusText from to reasonText address note visitor { name post } endedAt }"
_STEPPED = "Case { id number status statusText turn }"
_DECIDING = """Case {
  id number status statusText beneficiary { id name } priority { label }
  items { id code title status statusText takenBy { name isViewer } result { text } }
  form { sections { title entries { fields { id key label display masked } } } }
}"""

SEATS = document("query Seats { viewer { capacity { id } capacities { id kind label organisation { id name } onBehalfOf { id name } } } }")
MY_POSTS = document("query MyPosts { myPosts { id kind status organisation { id } } }")
APPOINT_MEMBER = taking_input("appointMember", _POST)
CONFIRM_POST = mutation("confirmPost", "$postId: ID!", "postId: $postId", _POST)

MANDATES = document("query Mandates { mandates { edges { node { id status delegate { name } } } } }")
MANDATE_TERMS = document("query MandateTerms { now mandateTerms { days mostDays delegates } }")
GRANT_MANDATE = taking_input("grantMandate", _MANDATE)
ACCEPT_MANDATE = mutation("acceptMandate", "$mandateId: ID!, $code: String!", "mandateId: $mandateId, code: $code", _MANDATE)
REVOKE_MANDATE = mutation("revokeMandate", "$mandateId: ID!", "mandateId: $mandateId", _MANDATE)

BEGIN_CARD_READING = document(
    "mutation BeginCardReading($requestId: ID!) { beginCardReading(requestId: $requestId) "
    "{ __typename ... on CardReadingStart { nonce livesSeconds } ...Problem } }"
)
TAKE_MANDATE_IN_PERSON = taking_input("takeMandateInPerson", _MANDATE)
OPEN_CASE_IN_PERSON = taking_input("openCaseInPerson", "Case { ...Page }")
OPEN_CASE_AT_COUNTER = taking_input("openCaseAtCounter", "Case { ...Page }")
HAND_OVER_CASE = mutation("handOverCase", "$caseId: ID!", "caseId: $caseId", _STEPPED)

OPEN_STAFF_CASES = taking_input("openStaffCases", "StaffImport { opened waiting rows { row name problem case { id number } } }")
STAMP_CASE = mutation("stampCase", "$caseId: ID!", "caseId: $caseId", "Case { ...Page }")
CONFIRM_FILING = mutation("confirmFiling", "$caseId: ID!", "caseId: $caseId", _STEPPED)

PROMISES = document("query Promises($id: ID!) { case(id: $id) { materials { code title status needs } } }")
CASES_OF = document("query CasesOf { cases(first: 50) { edges { node { id number status beneficiary { name maskedDocumentNumber } } } } }")
FLAG_PRIORITY = taking_input("flagPriority", "Case { id priority { basis label } }")
FILED_BY = document(
    "query FiledBy($id: ID!) { case(id: $id) { "
    "channel receivedAt filedBy { ...Doer mandate { id } } beneficiary { name } steps { ...Happened } } }"
)
WORKLIST = document(
    """query Worklist { worklist(first: 50) { edges { node {
      id text case { id number beneficiary { name } priority { label } } item { id code title }
      deadline { ...Until } takenBy { name isViewer }
    } } } }"""
)
AS_SEEN = document(f"query AsSeen($id: ID!) {{ case(id: $id) {{ ... on {_DECIDING} }} }}")
TAKE_ITEM = mutation("takeItem", "$itemId: ID!", "itemId: $itemId", _DECIDING)
DECIDE_ITEM = taking_input("decideItem", _DECIDING)

CLIENTS = document(
    "query Clients($search: ClientSearchInput) { clients(search: $search) "
    "{ __typename ... on ClientConnection { edges { node { id person { name } } } } ...Problem } }"
)
VISITS = document(f"query Visits {{ visits {{ edges {{ node {{ ... on {_VISIT} }} }} }} }}")
BOOK_VISIT = taking_input("bookVisit", _VISIT)
TAKE_VISIT = mutation("takeVisit", "$visitId: ID!", "visitId: $visitId", _VISIT)

ACCESS_LOG = document("query AccessLog { accessLog(first: 50) { edges { node { id by purpose text caseNumber capacity } } } }")
MY_SESSIONS = document("query MySessions { mySessions { id device place capacityLabel current lastSeen } }")
SIGN_INS = document("query SignIns { signIns(first: 5) { edges { node { id at wayText outcomeText device place } } } }")
