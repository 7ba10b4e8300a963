"""How the worked examples ask the guide: guide.toml."""

from collections.abc import Mapping
from datetime import date

from domain.cases.filling import AnswerGiven
from domain.errors import InvalidForm
from domain.guide.guide import Guide, guide
from domain.policy.facts import Facts
from domain.policy.law import law_of
from domain.policy.medical import medical_years
from domain.reasons import Reason
from domain.wording import Wording
from domain.words import Language
from integrations.catalogue_files import Loaded

Given = Mapping[str, object]
TODAY = date(2026, 11, 23)


def guided(given: Given, loaded: Loaded) -> dict[str, object]:
    """Every answer but `region` and `day` is one to the guide, with under_scores for hyphens."""
    answers = [answer(key.replace("_", "-"), value) for key, value in given.items() if key not in {"region", "day"}]
    day = date.fromisoformat(str(given.get("day", TODAY)))
    try:
        found = guide(loaded.catalogues.in_force(str(given["region"])), answers, day=day)
    except InvalidForm as wrong:
        return {"issues": {answers[int(issue.path[1])].key: issue.code for issue in wrong.issues}}
    return told(found, loaded.wording)


def answer(key: str, value: object) -> AnswerGiven:
    return AnswerGiven(key, values=tuple(map(str, value))) if isinstance(value, list) else AnswerGiven(key, str(value))


def told(found: Guide, wording: Wording) -> dict[str, object]:
    return {
        "eligible": str(found.eligible),
        "because": {reason.rule: said(reason, wording) for reason in found.reasons},
        "recommended": [item.offered.code for item in found.items if item.recommended],
        "left_out": [item.offered.code for item in found.items if not item.recommended],
        "asks": [question.rule.key for question in found.questions],
    }


def said(reason: Reason, wording: Wording) -> str:
    return f"{reason.verdict}: {wording.say(reason.text, Language.ZH_HANS)}"


def medical(given: Given, loaded: Loaded) -> dict[str, object]:
    answers = {key.replace("_", "-"): str(value) for key, value in given.items() if key != "region"}
    reason = medical_years(Facts(answers, TODAY), law_of(loaded.catalogues.in_force(str(given["region"])), TODAY))
    return {"verdict": str(reason.verdict), "text": loaded.wording.say(reason.text, Language.ZH_HANS)}
