"""Success metrics of a product, and their values over time."""

from datetime import date
from typing import Any

import pytest

from tests.cast import Company
from tests.nouns.product import product_of
from triptych.apps.people.refusals import Invalid, NotVisible
from triptych.apps.product.models import Metric, MetricValue, Product
from triptych.apps.product.queries.metrics import metrics
from triptych.apps.project import actions
from triptych.apps.project.rules import rights_of


def metric(company: Company, product: Product, name: str, *values: int, **more: Any) -> Metric:
    terms: dict[str, Any] = {"unit": "%", "direction": "up", "baseline": 10_000, "target": 50_000} | more
    row = actions.add(Metric, actor=company.alice, product=product, name=name, **terms).row
    for month, value in enumerate(values, 1):
        actions.add(MetricValue, actor=company.alice, metric=row, day=date(2026, month, 1), value=value)
    return row


@pytest.mark.parametrize(
    ("terms", "values", "progress"),
    [
        ({}, (), None),
        ({}, (20_000,), 250),
        ({}, (50_000, 30_000), 500),
        ({}, (90_000,), 1000),
        ({}, (0,), 0),
        ({"direction": "down", "baseline": 9_000, "target": 3_000}, (5_000,), 666),
        ({"direction": "down", "baseline": 9_000, "target": -3_000}, (12_000,), 0),
    ],
)
def test_how_far_a_metric_has_come(
    company: Company, terms: dict[str, Any], values: tuple[int, ...], progress: int | None
) -> None:
    product = product_of(company)
    metric(company, product, "Dry nights", *values, **terms)
    (found,) = metrics(rights_of(company.bob), product.pk)
    assert found.progress == progress
    assert [each.value for each in found.values] == list(values)


@pytest.mark.parametrize("terms", [{"target": 10_000}, {"direction": "down"}])
def test_the_target_is_on_the_better_side(company: Company, terms: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as fault:
        metric(company, product_of(company), "Dry nights", **terms)
    assert [each.place for each in fault.value.errors] == ["target"]


def test_one_value_a_day(company: Company) -> None:
    row = metric(company, product_of(company), "Dry nights", 1)
    with pytest.raises(Invalid):
        actions.add(MetricValue, actor=company.alice, metric=row, day=date(2026, 1, 1), value=2)


def test_metrics_cost_the_same_for_many(company: Company, django_assert_num_queries: Any) -> None:
    product = product_of(company)
    for name in "cab":
        metric(company, product, name, 1, 2, 3)
    rights = rights_of(company.bob)
    with django_assert_num_queries(3):
        assert [each.metric.name for each in metrics(rights, product.pk)] == ["a", "b", "c"]
    with pytest.raises(NotVisible):
        metrics(rights_of(company.charlie), product.pk)
