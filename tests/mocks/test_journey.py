"""Is the story told rightly, and does it say which step did not happen?"""

import asyncio
from typing import Any

import pytest
import segno

from mocks.journey import main
from mocks.journey.pictures import item_tree, paper, scannable
from mocks.journey.travellers import NOT_YET, CannotBeTold, traveller
from mocks.people import PEOPLE
from tests.mocks.scripted import Scripted
from tests.security.live import serving

Json = dict[str, Any]


def test_everybody_of_the_ten_is_told_or_says_what_is_missing() -> None:
    assert PEOPLE.keys() - NOT_YET.keys() == {"zhang"}


@pytest.mark.parametrize("key", ["li", "nobody-of-that-name"])
def test_a_story_that_cannot_be_told_says_so(key: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--person", key])

    assert code == 2
    with pytest.raises(CannotBeTold) as why:
        traveller(key)
    assert str(why.value) in capsys.readouterr().out


def test_anyone_made_from_a_seed_can_travel() -> None:
    assert traveller("anyone-8").answers["retirement-kind"] == "NORMAL"


async def test_the_step_that_did_not_happen_is_named_and_the_journey_fails(capsys: pytest.CaptureFixture[str]) -> None:
    server = Scripted(good_tokens={""}, identity="/nowhere")

    async with serving(server.app) as (_, port):
        code = await asyncio.to_thread(main, ["--port", str(port)])

    told = capsys.readouterr().out
    assert code == 1
    assert "这一步没有做成：登录" in told
    assert "the way to the ticket ended" in told


def test_the_drawn_code_is_the_code() -> None:
    url = "http://127.0.0.1:8000/check/ABCD-EFGH"
    modules = [[bool(module) for module in row] for row in segno.make(url, error="m", micro=False).matrix_iter(border=2)]

    lines = scannable(url).plain.split("\n")

    drawn = [[letter in bright for letter in line] for line in lines for bright in ("█▀", "█▄")]
    assert drawn[: len(modules)] == modules


def test_an_item_stands_below_what_it_waits_for() -> None:
    tree = item_tree({"statusText": "办理中", "items": [item("medical", "pension"), item("pension", "age"), item("age"), item("police")]})

    assert [str(child.label)[2:5] for child in tree.children] == ["age", "pol"]
    assert str(tree.children[0].children[0].children[0].label)[2:9] == "medical"


def item(code: str, *waits_for: str) -> Json:
    waited = [{"id": each} for each in waits_for]
    return {"id": code, "title": code, "status": "WAITING", "statusText": "等待", "department": {"name": "人社"}, "waitsFor": waited}


def test_the_paper_is_a_picture() -> None:
    assert paper("招工登记表").startswith(b"\x89PNG")
