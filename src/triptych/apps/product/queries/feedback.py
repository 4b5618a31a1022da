"""Feedback to sort and to answer, and the customers it comes from."""

from dataclasses import dataclass

from django.db.models import Count, Q

from triptych.apps.people.roles import Verb
from triptych.apps.product.models import Customer, Feedback, FeedbackState
from triptych.apps.project.rules import Rights, records_visible_to


@dataclass(frozen=True, slots=True)
class Account:
    """A customer, the feedback of theirs that the reader may see, how much of it nobody has answered, and what they
    bring in a year, in hundredths; None for readers who may not see money."""

    customer: Customer
    feedback: int
    open: int
    value: int | None


def inbox(
    rights: Rights, *, product: int | None = None, state: FeedbackState | None = None
) -> list[Feedback]:
    """The feedback a reader may see, the weightiest first, of those of one weight the oldest; of one product, or in
    one state, if named. One statement."""
    found = records_visible_to(rights, Feedback).select_related(
        "product", "customer", "opportunity", "raised_by"
    )
    if product is not None:
        found = found.filter(product=product)
    if state is not None:
        found = found.filter(state=state)
    return list(found.order_by("-weight", "given", "id"))


def customers(rights: Rights) -> list[Account]:
    """The customers of the workspace, by name, with what of their feedback the reader may see. One statement."""
    seen = Q(feedback__in=records_visible_to(rights, Feedback).values("pk"))
    money = rights.may_anywhere(Verb.SEE_MONEY)
    found = records_visible_to(rights, Customer).annotate(
        said=Count("feedback", filter=seen),
        waiting=Count("feedback", filter=seen & ~Q(feedback__state=FeedbackState.ANSWERED)),
    )
    return [
        Account(each, each.said, each.waiting, each.value if money else None)
        for each in found.order_by("name", "id")
    ]
