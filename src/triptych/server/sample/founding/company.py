"""People, plans and products: the steps in which the company comes into a database, by those who may take them."""

from collections import defaultdict

from triptych.apps.history.writing import Door
from triptych.apps.people.models import User
from triptych.apps.people.roles import Role
from triptych.apps.product.models import Feature, FeatureState, Product
from triptych.apps.project import actions
from triptych.apps.project.models import Calendar, Kind, Node
from triptych.apps.project.rules import rights_of
from triptych.plan import Link
from triptych.plan.changes import AddLink, SetProgress
from triptych.server.sample.content import FeatureText, Person, ProductText, ProjectFile
from triptych.server.sample.plans import Dated
from triptych.server.sample.progress import progress

DOOR = Door("demo")

#: The states through which a feature comes, in order.
_STEPS = (FeatureState.IDEA, FeatureState.PLANNED, FeatureState.BUILDING, FeatureState.RELEASED)


class Founding:
    """One building of the company: every step needs what the ones before have made."""

    def __init__(self, dated: Dated, password: str) -> None:
        self.dated, self.content, self.password = dated, dated.content, password
        self.progress = progress(dated)
        self.users: dict[str, User] = {}
        self.nodes: dict[str, Node] = {}
        self.tasks: dict[int, int] = {}
        self.resources: dict[str, int] = {}

    def run(self) -> None:
        """Every step, in order."""
        self.admit_people()
        self.staff()
        self.grow_tree()
        for project in self.content.projects:
            self.record(project)
        self.grant()
        self.name_deliverables()
        self.record_leave(coming=False)
        self.record_progress()
        self.link_projects()
        self.record_leave(coming=True)
        for product in self.content.products:
            self.offer(product)

    def admit_people(self) -> None:
        """The workspace, its administrator, and an account for everybody."""
        first = self.content.people[self.content.administrator]
        self.users[first.key] = actions.found_workspace(
            name=self.content.name, email=first.email, person=first.name, password=self.password, door=DOOR
        )
        for person in self.content.people.values():
            if person.has_account and person is not first:
                self.users[person.key] = actions.add_person(
                    actor=self.administrator,
                    email=person.email,
                    name=person.name,
                    password=self.password if person.signs_in else None,
                    door=DOOR,
                )

    @property
    def administrator(self) -> User:
        return self.users[self.content.administrator]

    @property
    def planner(self) -> User:
        """Who looks after what lies between projects: the manager of the first program, named in a grant."""
        return self.users[self.content.programs[0].manager]

    def staff(self) -> None:
        """Calendars, and the people, team and machines that every project books."""
        calendars = {key: self._calendar(key) for key in self.dated.calendars}
        for person in self.content.people.values():
            if person.works:
                self.resources[person.key] = self._resource(person, calendars[person.calendar])

    def _calendar(self, key: str) -> Calendar:
        value = self.dated.calendars[key]
        return actions.create_calendar(
            actor=self.administrator, name=value.name, week=value.week, exceptions=value.exceptions, door=DOOR
        )

    def _resource(self, person: Person, calendar: Calendar) -> int:
        made = actions.create_resource(
            actor=self.administrator,
            name=person.name,
            user=self.users.get(person.key),
            email=person.email,
            role=person.role,
            skills=person.skills,
            units=person.units,
            calendar=calendar,
            door=DOOR,
        )
        return made.pk

    def grow_tree(self) -> None:
        """The portfolio and its programs."""
        top = self._branch(Kind.PORTFOLIO, self.content.name, None, self.administrator, None)
        for grant in self.content.grants:
            if grant.on == top.name:
                self._grant(grant.who, top, Role(grant.role), self.administrator)
        for program in self.content.programs:
            node = self._branch(Kind.PROGRAM, program.name, top, self.planner, program.manager)
            self._grant(program.manager, node, Role.PROGRAM_MANAGER, self.administrator)

    def _branch(self, kind: Kind, name: str, parent: Node | None, actor: User, manager: str | None) -> Node:
        person = self.users[manager] if manager else None
        node = actions.create_node(
            actor=actor, kind=kind, parent=parent, name=name, manager=person, door=DOOR
        )
        self.nodes[name] = node
        return node

    def _grant(self, who: str, node: Node, role: Role, actor: User) -> None:
        actions.grant_role(actor=actor, user=self.users[who], node=node, role=role, door=DOOR)

    def record(self, project: ProjectFile) -> None:
        """A project and its plan, by the manager of its program."""
        program = self.nodes[project.program]
        recorded = actions.record_plan(
            actor=program.manager or self.planner,
            parent=program,
            plan=self.dated.alone(project.key),
            name=project.name,
            manager=self.users[project.manager],
            door=DOOR,
        )
        self.nodes[project.name] = recorded.project
        self.tasks |= recorded.tasks

    def grant(self) -> None:
        """The roles that come with managing, and the others."""
        for project in self.content.projects:
            self._grant(project.manager, self.nodes[project.name], Role.PROJECT_MANAGER, self.planner)
        for product in self.content.products:
            self._grant(product.manager, self.nodes[product.home], Role.PRODUCT_MANAGER, self.administrator)
        for grant in self.content.grants:
            self._grant(grant.who, self.nodes[grant.on], Role(grant.role), self.administrator)

    def name_deliverables(self) -> None:
        for project in self.content.projects:
            for task in self.dated.deliverables[project.key]:
                actor = self.users[project.manager]
                actions.mark_deliverable(actor=actor, task=self.tasks[task], door=DOOR)

    def link_projects(self) -> None:
        """The links between projects, as one change of each project that waits."""
        waiting: defaultdict[str, list[Link]] = defaultdict(list)
        for crossing, link in zip(self.content.crossings, self.dated.crossings, strict=True):
            waiting[crossing.to].append(link)
        for project in self.content.projects:
            if links := waiting[project.key]:
                changes = [self._added(each) for each in links]
                node = self.nodes[project.name].pk
                actions.change_plan(actor=self.planner, project=node, changes=changes, door=DOOR)

    def _added(self, link: Link) -> AddLink:
        return AddLink(
            self.tasks[link.pred],
            self.tasks[link.succ],
            link.kind.name,  # type: ignore[arg-type]
            link.lag,
            link.lag_kind.name,  # type: ignore[arg-type]
        )

    def record_leave(self, *, coming: bool) -> None:
        """Everybody's leave, past or to come, by themselves if they hold a role."""
        for key, resource in self.dated.resources.items():
            user = self.users.get(key)
            actor = user if user and rights_of(user).highest else self.planner
            for away in resource.absences:
                if (away.last >= self.dated.today) is coming:
                    actions.add_absence(
                        actor=actor,
                        resource=self.resources[key],
                        first=away.first,
                        last=away.last,
                        name=away.name,
                        door=DOOR,
                    )

    def record_progress(self) -> None:
        """What was done before today, as one change of each project."""
        for project in self.content.projects:
            changes = [self._progress(each) for each in self.progress[project.key]]
            actions.change_plan(
                actor=self.users[project.manager],
                project=self.nodes[project.name].pk,
                changes=changes,
                door=DOOR,
            )

    def _progress(self, change: SetProgress) -> SetProgress:
        return SetProgress(
            self.tasks[change.task], change.percent_complete, change.actual_start, change.actual_finish
        )

    def offer(self, text: ProductText) -> None:
        """A product with its features."""
        manager = self.users[text.manager]
        product = actions.add(
            Product,
            actor=manager,
            door=DOOR,
            node=self.nodes[text.home],
            name=text.name,
            vision=text.vision,
            manager=manager,
        ).row
        for feature in text.features:
            self._feature(manager, product, feature)

    def _feature(self, manager: User, product: Product, feature: FeatureText) -> None:
        number = None if feature.by is None else self.dated.number[feature.by]
        node = None if number is None else self.tasks[number]
        row = actions.add(
            Feature, actor=manager, door=DOOR, product=product, name=feature.name, deliverable_id=node
        ).row
        reached = FeatureState(feature.state or self._state(feature))
        for step in _STEPS[1 : _STEPS.index(reached) + 1]:
            actions.move(row, actor=manager, to=step, door=DOOR)

    def _state(self, feature: FeatureText) -> FeatureState:
        """How far a feature is: as far as its deliverable and the work that stands beside it in the plan."""
        if feature.by is None:
            return FeatureState.PLANNED
        project, _ = feature.by
        done = {each.task: each.percent_complete for each in self.progress[project]}
        tasks = {each.uid: each for each in self.dated.tasks[project]}
        own = self.dated.number[feature.by]
        if done.get(own) == 100:
            return FeatureState.RELEASED
        family = [uid for uid, each in tasks.items() if each.parent == tasks[own].parent]
        return FeatureState.BUILDING if any(uid in done for uid in family) else FeatureState.PLANNED
