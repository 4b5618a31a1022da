"""A sheet on which measures are worked out one after another, each from those before it."""

from dataclasses import dataclass, field

from .measure import Fault, Kind, Measure, Speller, Term


@dataclass(slots=True)
class Sheet:
    """Measures by key, in order. `amount` is what values are counted in."""

    amount: Kind
    speller: Speller
    measures: dict[str, Measure] = field(default_factory=dict)

    def given(
        self, key: str, symbol: str, name: str, kind: Kind, value: float, fault: Fault | None = None
    ) -> None:
        """Write down a measure that is known, or why it is not."""
        self.measures[key] = self.speller.given(name, symbol, kind, value, fault)

    def work_out(self, key: str, symbol: str, name: str, kind: Kind, term: Term) -> None:
        """Write down a measure that a formula makes."""
        self.measures[key] = self.speller.measure(name, symbol, kind, term)

    def term(self, key: str, zero: Fault | None = None) -> Term:
        """A measure of the sheet as a symbol; `zero` is what it means when it is divided by while it is 0."""
        measure = self.measures[key]
        return measure.term() if zero is None else measure.term(zero)

    @property
    def is_done(self) -> bool:
        """Whether all that was planned is earned."""
        earned, all_of_it = self.measures["ev"].value, self.measures["bac"].value
        return earned is not None and all_of_it is not None and earned >= all_of_it
