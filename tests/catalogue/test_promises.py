"""What a paper must bear: a promise the signature and the fingerprint, an application the employer's stamp."""

import pytest

from domain.cases.case import Case
from domain.cases.handing_off import handoff_of
from domain.cases.happened import Stamped
from domain.cases.parts import MaterialStatus
from domain.cases.recording import record
from domain.cases.submitting import attach, submit
from domain.catalogue.types import PromiseMark
from domain.errors import InvalidForm
from domain.policy.materials import missing_marks
from domain.words import Language
from tests.cases import a_file, a_mark, acting, at, loaded, rebuilt
from tests.regions import TODAY, a_case_in, at_the_counter, paper, region

NEEDED = MaterialStatus.NEEDED
EJIN, GUYANG = at_the_counter("ejin-horo"), at_the_counter("guyang")
PROMISE = "lost-archive-promise"


def handed_in(*marks: PromiseMark, files: int = 1) -> Case:
    """Of somebody without an archive in 固阳县: their promise, with what can be seen on it."""
    case, scan = a_case_in(GUYANG, "retirement-approval", archive="LOST"), [a_file()][:files]
    return attach(case, material=PROMISE, files=scan, marks=marks, catalogue=GUYANG, by=acting(), mark=a_mark("attach"), moment=at(2))


def papers_wanted(case: Case) -> set[tuple[str, str]]:
    with pytest.raises(InvalidForm) as refused:
        submit(case, revision=case.revision, declarations=(), catalogue=GUYANG, by=acting(), mark=a_mark("submit"), moment=at(3))
    return {(issue.path[1], issue.text.key) for issue in refused.value.issues if issue.path[0] == "materials"}


@pytest.mark.row("A21")
@pytest.mark.parametrize(
    ("marks", "status", "lacks"),
    [
        ((), NEEDED, "本人签字和本人手印"),
        ((PromiseMark.SIGNATURE,), NEEDED, "本人手印"),
        ((PromiseMark.FINGERPRINT,), NEEDED, "本人签字"),
        ((PromiseMark.FINGERPRINT, PromiseMark.SIGNATURE), MaterialStatus.PROVIDED, None),
    ],
)
def test_a_promise_is_still_needed_and_says_why_until_it_bears_signature_and_fingerprint(
    marks: tuple[PromiseMark, ...], status: MaterialStatus, lacks: str | None
) -> None:
    case = handed_in(*marks)
    promise = paper(case, GUYANG, PROMISE)
    told = [loaded().wording.say(reason.text, Language.ZH_HANS) for reason in promise.reasons if reason.rule == "marks-complete"]

    assert (promise.status(TODAY), len(told), all(f"还缺{lacks}。" in one for one in told)) == (status, 0 if lacks is None else 1, True)
    assert ((PROMISE, "rule.marks-complete.NOT_MET") in papers_wanted(case)) is (lacks is not None)
    assert rebuilt(case) == case


@pytest.mark.row("A21")
def test_what_is_seen_on_a_promise_is_kept_with_its_files_and_goes_with_them() -> None:
    once = handed_in(PromiseMark.SIGNATURE)
    again = attach(
        once,
        material=PROMISE,
        files=[a_file()],
        marks=tuple(PromiseMark),
        catalogue=GUYANG,
        by=acting(),
        mark=a_mark("again"),
        moment=at(3),
    )

    assert [(step.data["marks"], len(step.data["files"])) for step in again.history if step.kind == "attached"] == [
        (["SIGNATURE"], 1),
        (["SIGNATURE", "FINGERPRINT"], 1),
    ]
    assert handed_in(*PromiseMark, files=0).marks.get(PROMISE, ()) == ()
    other = attach(
        once,
        material="identity-card",
        files=[a_file()],
        marks=tuple(PromiseMark),
        catalogue=GUYANG,
        by=acting(),
        mark=a_mark("x"),
        moment=at(4),
    )
    assert other.marks["identity-card"] == ()


@pytest.mark.row("A21")
def test_a_promise_without_signature_or_fingerprint_is_incomplete() -> None:
    promise = region("guyang").materials["lost-archive-promise"]
    both = frozenset({PromiseMark.SIGNATURE, PromiseMark.FINGERPRINT})

    assert promise.needs == (PromiseMark.SIGNATURE, PromiseMark.FINGERPRINT)
    assert missing_marks(promise, frozenset({PromiseMark.SIGNATURE})) == (PromiseMark.FINGERPRINT,)
    assert missing_marks(promise, frozenset()) == (PromiseMark.SIGNATURE, PromiseMark.FINGERPRINT)
    assert missing_marks(promise, both) == ()


@pytest.mark.row("A42")
def test_the_employers_electronic_stamp_stands_for_the_stamped_paper() -> None:
    draft = a_case_in(EJIN, "pension", employer="甲旗煤矿")
    stamped = record(draft, Stamped(revision=draft.revision), moment=at(5))

    assert paper(stamped, EJIN, "stamped-application").status(TODAY) is MaterialStatus.PROVIDED
    assert {"material": "stamped-application", "stamped": at(5).at.isoformat()} in handoff_of(stamped, "pension", EJIN).materials
    assert paper(stamped, EJIN, "identity-card").status(TODAY) is NEEDED
