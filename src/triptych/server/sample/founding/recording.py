"""The record of the sample company: its lines, in order, each a row of a noun or one of the acts named here."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

from triptych.apps.control import actions as control
from triptych.apps.people.models import Team
from triptych.apps.people.records import Record
from triptych.apps.people.refusals import Refusal
from triptych.apps.people.roles import Role
from triptych.apps.product.actions import rank_feature
from triptych.apps.product.models import Feature, Product
from triptych.apps.project import actions
from triptych.apps.project.models import Category, CustomField, ItemType, Node, WorkflowState
from triptych.server.sample.lines import Line

from .company import DOOR, Founding
from .scribe import Scribe
from .sheets import keep_sheet


class Recording:
    """One writing down of everything beside the plans."""

    def __init__(self, founding: Founding) -> None:
        self.founding, self.scribe = founding, Scribe(founding)
        #: What the files tell that is no new row of a noun.
        self.acts: dict[str, Callable[[Line, Record | None], Record | None]] = {
            "product": self._product,
            "estimate": self._estimate,
            "grant": self._grant,
            "items": self._items,
            "sheet": self._sheet,
            "template_of": self._template,
            "baseline": self._baseline,
            "report": self._report,
            "file": self._file,
        }

    def run(self) -> None:
        """Every line. Raises ValueError for one that cannot be written."""
        for product in Product.objects.filter(workspace=self.founding.administrator.workspace_id):
            self.scribe.keep(product)
        for line in self.founding.content.lines:
            self._write(line, None)

    def _write(self, line: Line, parent: Record | None) -> None:
        try:
            row = self.acts.get(line.table, self.scribe.add)(line, parent)
            for each in line.below:
                self._write(each, row)
            if row is not None:
                self.scribe.follow(line, row)
        except (KeyError, Refusal) as fault:
            raise ValueError(f"{line.place}: {fault!r}") from fault

    def _product(self, line: Line, _: Record | None) -> Record:
        """The product that the lines inside are about; it was offered with the plans, and so were its features."""
        product = self.scribe.rows[Product, line.values["name"]]
        for feature in Feature.objects.filter(product=product.pk):
            self.scribe.keep(feature)
        return product

    def _estimate(self, line: Line, _: Record | None) -> None:
        """What a feature is worth and what it belongs to; features stand in the backlog as they are estimated."""
        values = dict(line.values)
        feature = self.scribe.rows[Feature, values.pop("feature")]
        actor = self.scribe.person(line.by)
        given = self.scribe.values(Feature, values)
        actions.change(feature, actor=actor, door=DOOR, **given)
        if values.get("horizon"):
            rank_feature(feature, actor=actor, before=None, door=DOOR)  # type: ignore[arg-type]  # it is one

    def _grant(self, line: Line, team: Record | None) -> None:
        """A role for everybody in a team, or of the company's own making for somebody."""
        values = line.values
        role = self.scribe.rows.get((self.scribe.nouns["role"], values["role"]))
        actions.grant_role(
            actor=self.scribe.person(line.by),
            user=team if isinstance(team, Team) else self.scribe.person(values["to"]),
            node=self.founding.nodes[values["on"]],
            role=role or Role(values["role"]),  # type: ignore[arg-type]  # a role of the company's own
            door=DOOR,
        )

    def _items(self, line: Line, _: Record | None) -> None:
        """Tasks of a type, in the state in which they are by the plan."""
        values = dict(line.values)
        kind = self.scribe.rows[ItemType, values.pop("type")]
        fields = dict(self._field(name, each) for name, each in values.pop("fields").items())
        states = dict(
            WorkflowState.objects.filter(type=kind.pk).order_by("-position").values_list("category", "pk")
        )
        alike: defaultdict[Category, list[int]] = defaultdict(list)
        for task in map(self.scribe.node, values.pop("tasks")):
            alike[self._category(task)].append(task)
        for category, tasks in alike.items():
            actions.edit_items(
                actor=self.scribe.person(line.by),
                items=tasks,
                item_type=kind.pk,
                workflow_state=states[category],
                fields=fields,
                door=DOOR,
                **values,
            )

    def _field(self, name: str, value: Any) -> tuple[int, Any]:
        """A custom field by its number, and its value as a request would spell it."""
        told = self.scribe.dated(value)
        spelled = told.isoformat() if isinstance(told, date) else told
        return self.scribe.rows[CustomField, name].pk, spelled

    def _category(self, task: int) -> Category:
        done = Node.objects.values_list("percent_complete", flat=True).get(pk=task)
        return Category.DONE if done == 100 else Category.DOING if done else Category.TODO

    def _sheet(self, line: Line, _: Record | None) -> None:
        """The time that somebody worked in the last two weeks, by the plan."""
        keep_sheet(self.founding, who=line.by, approver=line.values["approver"], note=line.values["note"])

    def _template(self, line: Line, _: Record | None) -> None:
        values = line.values
        actions.save_template(
            actor=self.scribe.person(line.by),
            node=self.scribe.node(values["on"]),
            name=values["name"],
            about=values["about"],
            door=DOOR,
        )

    def _baseline(self, line: Line, _: Record | None) -> None:
        """What a project had agreed by this morning."""
        actions.freeze_baseline(
            actor=self.scribe.person(line.by),
            project=self.scribe.node(line.values["on"]),
            name=line.values["name"],
            saved=self.founding.dated.now,
            door=DOOR,
        )

    def _report(self, line: Line, _: Record | None) -> None:
        """A status report out of the facts, sent or not."""
        values: dict[str, Any] = {name: self.scribe.dated(each) for name, each in line.values.items()}
        node = Node.objects.get(pk=self.scribe.node(values.pop("on")))
        sent = values.pop("sent")
        actor = self.scribe.person(line.by)
        report = control.draft_report(node, actor=actor, door=DOOR, **values).row
        if sent:
            control.send_report(report, actor=actor, door=DOOR)

    def _file(self, line: Line, _: Record | None) -> None:
        """A small text, attached."""
        values = line.values
        actions.attach(
            actor=self.scribe.person(line.by),
            node=self.scribe.node(values["on"]),
            name=values["name"],
            data=values["text"].encode(),
            at=self.scribe.moment(values["at"]),
            door=DOOR,
        )
