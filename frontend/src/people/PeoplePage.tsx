import { useState } from "react";
import { readPeople } from "../api/calls";
import type { Absence, TeamMember } from "../api/types";
import { useResource } from "../store/resource";
import { Avatar } from "../ui/Avatar";
import { Button } from "../ui/Button";
import { days } from "../ui/dates";
import { Empty, Problem, Spinner } from "../ui/Empty";
import { say } from "../ui/strings";
import { AbsenceDialog } from "./AbsenceDialog";

function Absences({ absences }: { absences: Absence[] }) {
  if (!absences.length) return <span className="faint">{say("none")}</span>;
  return (
    <ul className="absences">
      {absences.map((absence) => (
        <li key={`${absence.first}-${absence.name}`}>
          {days(absence.first, absence.last)} <span className="faint">{absence.name}</span>
        </li>
      ))}
    </ul>
  );
}

function Row({ person, onAdd }: { person: TeamMember; onAdd: () => void }) {
  return (
    <tr>
      <th scope="row">
        <Avatar name={person.name} label />
      </th>
      <td className="wide-only">{[person.role, ...person.skills].filter(Boolean).join(", ")}</td>
      <td className="wide-only">{person.calendar}</td>
      <td className="wide-only number">{person.assignments}</td>
      <td>
        <Absences absences={person.absences} />
      </td>
      <td className="cell-action">
        <Button tone="quiet" onClick={onAdd}>
          {say("people.absence")}
        </Button>
      </td>
    </tr>
  );
}

function Table({ people, onAdd }: { people: TeamMember[]; onAdd: (who: TeamMember) => void }) {
  return (
    <table className="table">
      <caption className="sr-only">{say("people.title")}</caption>
      <thead>
        <tr>
          <th scope="col">{say("column.name")}</th>
          <th scope="col" className="wide-only">
            {say("column.role")}
          </th>
          <th scope="col" className="wide-only">
            {say("column.calendar")}
          </th>
          <th scope="col" className="wide-only number">
            {say("column.assignments")}
          </th>
          <th scope="col">{say("column.absences")}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <Row key={person.id} person={person} onAdd={() => onAdd(person)} />
        ))}
      </tbody>
    </table>
  );
}

export function PeoplePage() {
  const { value, problem, reload } = useResource(readPeople);
  const [away, setAway] = useState<TeamMember | null>(null);
  if (problem) return <Problem problem={problem} retry={reload} />;
  if (!value) return <Spinner />;
  return (
    <section className="page">
      <h1 className="page-title">{say("people.title")}</h1>
      {value.people.length > 0 ? (
        <Table people={value.people} onAdd={setAway} />
      ) : (
        <Empty title={say("people.empty")} hint={say("people.empty-hint")} />
      )}
      {away && <AbsenceDialog person={away} onClose={() => setAway(null)} onDone={reload} />}
    </section>
  );
}
