"""What anybody may ask about a retirement, signed in or not: when, whether, what to choose, where.

Beyond the contract in parts (`special`, `shortfall`, the day of the guide), so these are checked against the server's own schema.
"""

from mocks.documents import document

FORECAST = document(
    """query Forecast($question: RetirementQuestionInput!) { retirementForecast(question: $question) {
      __typename
      ... on RetirementForecast {
        statutory { ...Point } earliest { ...Point } latest { ...Point } special { ...Point } reasons { ...Why }
        shortfall { months options { key label text } }
      }
      ...Problem
    } }
    fragment Point on RetirementPoint { age { years months } date minimumContributionMonths actBy actByText }"""
)
GUIDE = document(
    """query Guide($region: String!, $answers: [AnswerInput!]!, $asOf: Date) {
      guide(region: $region, answers: $answers, asOf: $asOf) {
        __typename
        ... on Guide {
          questions { key label } eligible reasons { ...Why }
          items { item { id code title department { name } } recommended reasons { ...Why } }
        }
        ...Problem
      }
    }"""
)
CLAIM_PLACE = document(
    """query ClaimPlace($question: ClaimPlaceQuestionInput!) { claimPlace(question: $question) {
      __typename ... on ClaimPlace { place moved reasons { ...Why } } ...Problem
    } }"""
)
