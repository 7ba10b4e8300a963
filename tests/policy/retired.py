"""How the worked examples ask about retirement: retirement.toml."""

from collections.abc import Mapping
from datetime import date

from domain.policy.months import Age, Month
from domain.policy.retirement.claim_place import ClaimPlaceQuestion, Stay, claim_place
from domain.policy.retirement.forecast import PostCategory, RetirementPoint, RetirementQuestion, Sex, SpecialPost, forecast
from integrations.catalogue_files import Loaded

Given = Mapping[str, object]
TODAY = date(2026, 11, 23)


def retirement(given: Given, loaded: Loaded) -> dict[str, object]:
    """`special` and `archive_birth` may be given; `day`: asOf. Points are told as [date, minimum, act by]."""
    law = loaded.catalogues.law(str(given["region"]) if "region" in given else None, _day(given.get("day", TODAY)))
    found = forecast(_question(given), law)
    return {
        "original": _age(found.original_age),
        "delay": found.delay_months,
        "age": _age(found.statutory.age),
        "statutory": _point(found.statutory),
        "earliest": _point(found.earliest),
        "latest": _point(found.latest),
        "special": _point(found.special),
        "short": found.shortfall.months if found.shortfall else 0,
        "options": [option.key for option in found.shortfall.options] if found.shortfall else [],
        "verdicts": {reason.rule: str(reason.verdict) for reason in found.reasons},
        "officer": [reason.rule for reason in found.reasons if reason.officer],
    }


def place(given: Given, loaded: Loaded) -> dict[str, object]:
    """`stays`: [place, months, month of joining or ""], the last is now."""
    stays = tuple(Stay(name, months, Month.read(joined)) for name, months, joined in given["stays"])  # type: ignore[attr-defined]
    question = ClaimPlaceQuestion(Sex(str(given["sex"])), _day(given["birth"]), str(given["household"]), stays)
    found = claim_place(question, loaded.catalogues.law(None, TODAY))
    return {
        "place": found.place,
        "step": found.step,
        "verdict": str(found.reasons[0].verdict),
        "moved": list(found.moved),
        "accounts": [f"{reason.text.params['place']}: {reason.verdict}" for reason in found.reasons[1:]],
    }


def _question(given: Given) -> RetirementQuestion:
    kind, worked = given.get("special", (None, None))  # type: ignore[misc]
    paid = given.get("paid")
    return RetirementQuestion(
        sex=Sex(str(given["sex"])),
        birth_date=_day(given["birth"]),
        post_category=PostCategory(str(given.get("post", "ORDINARY"))),
        contribution_months=paid if isinstance(paid, int) else None,
        archive_birth_date=_day(given["archive_birth"]) if "archive_birth" in given else None,
        special_post_kind=SpecialPost(kind) if kind else None,
        special_post_months=worked if isinstance(worked, int) else None,
        first_paid=Month.read(str(given.get("first_paid", ""))),
    )


def _point(point: RetirementPoint | None) -> list[object]:
    if point is None:
        return []
    return [point.date.isoformat(), point.minimum_contribution_months or "none", *([point.act_by.isoformat()] if point.act_by else [])]


def _age(age: Age) -> list[int]:
    return [age.years, age.months]


def _day(written: object) -> date:
    return written if isinstance(written, date) else date.fromisoformat(str(written))
