"""What regions add to the nation's two parts of a pension, by the names that their parameters give."""

from collections.abc import Callable, Mapping

from domain.policy.pension.parts import PensionPart, Worked
from domain.policy.regions import beijing, jilin, sichuan

Regional = Callable[[Worked], PensionPart | None]

FORMULAS: Mapping[str, Mapping[str, Regional]] = {
    "transition-formula": {"beijing": beijing.transition, "jilin": jilin.transition, "sichuan": sichuan.transition},
    "addition-formula": {"jilin": jilin.addition, "sichuan": sichuan.addition},
}
"""By parameter: 过渡性养老金, and what is added beyond it (增发). A part that a region does not name is not worked out."""
