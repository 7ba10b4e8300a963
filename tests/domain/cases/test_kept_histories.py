"""Histories that were written once and must be readable for ever: a step that changes its shape is lifted, and these stay as they are."""

import json
from base64 import b64decode
from pathlib import Path

import pytest

from domain.cases.parts import CaseStatus, ItemStatus
from domain.cases.recording import replay
from domain.cases.steps import Secret, first_fault, read_chain

KEPT = sorted((Path(__file__).parent / "kept").glob("*.json"))


@pytest.mark.row("B08", "F54")
@pytest.mark.parametrize("file", KEPT, ids=[file.stem for file in KEPT])
def test_a_history_of_any_age_is_whole_and_makes_its_case_again(file: Path) -> None:
    kept = json.loads(file.read_text(encoding="utf-8"))
    steps = read_chain([(text.encode(), digest) for text, digest in zip(kept["steps"], kept["hashes"], strict=True)])
    secrets = {int(number): Secret(b64decode(one["salt"]), one["data"].encode()) for number, one in kept["secrets"].items()}

    case = replay(steps, secrets, case_id=kept["case"])

    assert first_fault(steps, secrets) is None
    assert case.status is CaseStatus.DONE
    assert {item.status for item in case.items} == {ItemStatus.DONE}
    assert case.beneficiary.name == "张守田"


def test_some_histories_are_kept() -> None:
    """Else the test above would read nothing."""
    assert "v1-finished" in {file.stem for file in KEPT}
