"""What is built, for whom and why: products, and what hangs on them."""

from .features import IN_ORDER, Feature, FeatureState, Horizon, Impact
from .feedback import Customer, Feedback, FeedbackState, Source
from .metrics import Direction, Metric, MetricValue
from .opportunities import Opportunity, OpportunityState
from .products import Persona, Problem, Product
from .releases import LaunchTask, Release, ReleaseState

__all__ = [
    "IN_ORDER", "Customer", "Direction", "Feature", "FeatureState", "Feedback", "FeedbackState", "Horizon", "Impact",
    "LaunchTask", "Metric", "MetricValue", "Opportunity", "OpportunityState", "Persona", "Problem", "Product", "Release",
    "ReleaseState", "Source",
]  # fmt: skip
