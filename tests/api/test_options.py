"""Places as a phone meets them: drop-downs without a sign-in, and a form that is told in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from domain.acting import Acting
from domain.words import Language
from resolvers.context import Context
from schema import schema
from tests.applicants import an_applicant_desk
from tests.cases import MONDAY, acting, an_opened_case, loaded
from tests.desks import some_desks
from tests.memory import a_book
from tests.places import QINGXIU, Imported, some_places

OPTIONS = """query($parent: String, $search: String, $first: Int! = 50, $after: String, $list: String! = "divisions") {
  options(list: $list, parent: $parent, search: $search, first: $first, after: $after) {
    edges { cursor node { value label hasChildren } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}"""
FILL = """mutation($path: String!) {
  fillForm(
    requestId: "request-0123456789"
    input: {caseId: "case-zh8k0001", revision: 0, answers: [{key: "living-division", value: $path}]}
  ) {
    __typename
    ... on Case { form { sections { entries { fields { key format optionList options { value } value display } } } } }
    ... on InvalidForm { issues { path code message spoken about } }
  }
}"""


@dataclass
class Phone:
    """`acting`: None, nobody has signed in."""

    acting: Acting | None = None
    language: Language = Language.ZH_HANS
    imported: Imported = field(default_factory=Imported)

    async def ask(self, document: str, **variables: object) -> Mapping[str, object]:
        places, book = some_places(self.imported), a_book(an_opened_case())
        applicant = an_applicant_desk(book, places=places)
        context = Context(
            desks=some_desks(applicant=applicant, places=places),
            catalogues=loaded().catalogues,
            wording=loaded().wording,
            acting=self.acting,
            language=self.language,
            now=MONDAY,
            caller="",
            address="",
            certificates=None,
        )
        result = await schema.execute(document, variable_values=variables, context_value=context)
        assert result.errors is None
        (answer,) = result.data.values()
        return answer


def nodes(answer: Mapping[str, object]) -> list[tuple[str, str, bool]]:
    return [tuple(edge["node"].values()) for edge in answer["edges"]]


async def test_anybody_may_choose_level_by_level() -> None:
    phone = Phone(imported=Imported(QINGXIU))
    levels = [nodes(await phone.ask(OPTIONS, parent=parent))[0] for parent in (None, "45", "4501", "450103", "450103001")]

    assert levels == [
        ("11", "北京市", True),
        ("4501", "南宁市", True),
        ("450102", "兴宁区", False),
        ("450103001", "甲街道", True),
        ("450103001001", "乙社区", False),
    ]


async def test_names_are_in_the_characters_of_the_reader() -> None:
    labels = [nodes(await Phone(language=language).ask(OPTIONS, parent="1502", search="固"))[0][1] for language in Language]

    assert labels == ["固阳县", "固陽縣", "固阳县"]


async def test_a_search_tells_the_whole_address() -> None:
    assert nodes(await Phone().ask(OPTIONS, search="伊金霍洛旗"))[0] == ("150627", "内蒙古自治区鄂尔多斯市伊金霍洛旗", True)


async def test_pages_go_on_where_the_last_one_ended() -> None:
    phone = Phone()
    first = await phone.ask(OPTIONS, first=30)
    second = await phone.ask(OPTIONS, first=30, after=first["pageInfo"]["endCursor"])

    assert first["pageInfo"] == {"hasNextPage": True, "hasPreviousPage": False, "startCursor": "11", "endCursor": "64"}
    assert second["pageInfo"] == {"hasNextPage": False, "hasPreviousPage": True, "startCursor": "65", "endCursor": "82"}
    assert len({value for value, _, _ in (*nodes(first), *nodes(second))}) == 34


@pytest.mark.parametrize(
    "asked", [{"list": "weather"}, {"list": "banks", "search": "工商"}, {"parent": "99"}, {"parent": "x/y"}, {"search": "火星"}]
)
async def test_what_is_in_no_list_is_an_empty_page(asked: dict[str, str]) -> None:
    answer = await Phone().ask(OPTIONS, **asked)

    assert answer == {"edges": [], "pageInfo": {"hasNextPage": False, "hasPreviousPage": False, "startCursor": None, "endCursor": None}}


async def test_the_form_names_the_list_and_tells_the_place_in_words() -> None:
    path = "15/1502/150222/150222102/150222102023"

    case = await Phone(acting()).ask(FILL, path=path)

    fields = [one for section in case["form"]["sections"] for entry in section["entries"] for one in entry["fields"]]
    assert next(one for one in fields if one["key"] == "living-division") == {
        "key": "living-division",
        "format": "division",
        "optionList": "divisions",
        "options": [],
        "value": path,
        "display": "内蒙古自治区包头市固阳县金山镇南关社区居委会",
    }


@pytest.mark.row("A08")
async def test_a_community_whose_parent_is_another_county_is_refused_in_the_reader_s_words() -> None:
    refused = await Phone(acting(), Language.EN).ask(FILL, path="15/1502/150222/150627100")

    assert refused == {
        "__typename": "InvalidForm",
        "issues": [
            {
                "path": ["input", "answers", "0", "value"],
                "code": "bad-division",
                "message": "阿勒腾席热镇 (150627100) is not directly within 固阳县 (150222); please choose again from 固阳县 down.",
                "spoken": "阿勒腾席热镇 is not within 固阳县; please choose again from 固阳县 down.",
                "about": "case-zh8k0001.field.living-division",
            }
        ],
    }
