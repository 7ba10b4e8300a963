"""An organisation: a community station, volunteers, an employer, a counter, or a department's office."""

from dataclasses import dataclass
from enum import StrEnum

from domain.words import Words


class OrganisationKind(StrEnum):
    """COMMUNITY 社区帮扶, VOLUNTEERS 代理办, EMPLOYER 企业, COUNTER 窗口, DEPARTMENT a department's own officers."""

    COMMUNITY = "COMMUNITY"
    VOLUNTEERS = "VOLUNTEERS"
    EMPLOYER = "EMPLOYER"
    COUNTER = "COUNTER"
    DEPARTMENT = "DEPARTMENT"


@dataclass(frozen=True, slots=True)
class Organisation:
    """`department`: the code of the department whose items its officers decide. `code`: an employer's unified social credit code."""

    id: str
    kind: OrganisationKind
    name: Words
    region: str | None = None
    department: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class OrganisationEntry:
    """As a region's organisations.toml states it. One of a department has the department's name."""

    code: str
    kind: OrganisationKind
    name: Words | None = None
    department: str | None = None

    def organisation(self, region: str, name: Words) -> Organisation:
        return Organisation(f"org-{region}-{self.code}", self.kind, name, region=region, department=self.department)


@dataclass(frozen=True, slots=True)
class Enterprise:
    """For whose legal account somebody signs in: its unified social credit code (统一社会信用代码) and its registered name."""

    code: str
    name: str
