"""What speaks for a feature, as one number with its parts. Whole-number arithmetic, rounded half up at the end."""

from collections.abc import Mapping
from dataclasses import dataclass

from triptych.apps.product.models import Feature


@dataclass(frozen=True, slots=True)
class Score:
    """A score in hundredths, and the parts it was made from, each under the name of the feature's attribute.

    None, if what is `missing` has not been estimated.
    """

    hundredths: int | None
    parts: Mapping[str, int | None]

    @property
    def missing(self) -> tuple[str, ...]:
        """The parts that nobody has estimated."""
        return tuple(name for name, value in self.parts.items() if value is None)


def rice(feature: Feature) -> Score:
    """RICE: reach × impact × confidence ÷ effort, with reach in people a quarter, impact 3, 2, 1, 0.5 or 0.25,
    confidence a share, and effort in person-months.

    Source: S. McBride, “RICE: Simple prioritization for product managers”, Intercom, 2016. `impact` and `confidence`
    stand here in percent and `effort` in tenths, hence reach × impact × confidence ÷ (1 000 × effort).
    """
    parts = _parts(feature, "reach", "impact", "confidence", "effort")
    return _score(parts, over="effort", scale=1000)


def wsjf(feature: Feature) -> Score:
    """Weighted shortest job first: cost of delay ÷ job size, the cost of delay being user and business value + time
    criticality + risk reduction and opportunity enablement, each relative.

    Source: D. Reinertsen, The Principles of Product Development Flow, 2009; with these four parts, and their
    scale of 1, 2, 3, 5, 8, 13, 20, in the Scaled Agile Framework, “Weighted Shortest Job First”.
    """
    parts = _parts(feature, "business_value", "time_criticality", "risk_reduction", "job_size")
    return _score(parts, over="job_size", scale=1, summed=True)


def value_to_effort(feature: Feature) -> Score:
    """User and business value ÷ effort in person-months: what the value-and-effort matrix draws as two axes.

    Source: the prioritisation matrix of product management; as a quotient K. Wiegers, “First things first:
    prioritizing requirements”, 1999, without his cost of risk. `effort` stands in tenths, hence 10 × value ÷ effort.
    """
    parts = _parts(feature, "business_value", "effort")
    return _score(parts, over="effort", times=10)


def _parts(feature: Feature, *names: str) -> dict[str, int | None]:
    return {name: getattr(feature, name) for name in names}


def _score(
    parts: Mapping[str, int | None], *, over: str, scale: int = 1, times: int = 1, summed: bool = False
) -> Score:
    """The other parts, multiplied or summed, × `times`, ÷ (`scale` × the part `over`)."""
    known = {name: value for name, value in parts.items() if value is not None}
    if len(known) < len(parts):
        return Score(None, parts)
    below = known.pop(over) * scale
    above = 0 if summed else 1
    for value in known.values():
        above = above + value if summed else above * value
    return Score((2 * 100 * times * above + below) // (2 * below), parts)
