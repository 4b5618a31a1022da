import type { Diagnostic, ImportAnswer, ImportReport, Severity } from "../../api/types";
import { days } from "../../ui/dates";
import { say, type Key } from "../../ui/strings";

const COUNTS = [
  "tasks",
  "summaries",
  "milestones",
  "links",
  "resources",
  "assignments",
  "calendars",
] as const;
const SEVERITIES: Severity[] = ["error", "warning", "note"];

function Understood({ report }: { report: ImportReport }) {
  const span = report.start && report.finish ? days(report.start, report.finish) : null;
  const { compared, equal } = report.saved_dates;
  return (
    <section>
      <h3>{say("import.understood")}</h3>
      <p>
        <strong>{report.name}</strong> {span && <span className="faint">{span}</span>}
        <br />
        <span className="faint">{report.application ?? report.format}</span>
      </p>
      <dl className="counts">
        {COUNTS.map((kind) => (
          <div key={kind}>
            <dt>{say(`count.${kind}`)}</dt>
            <dd>{report.counts[kind]}</dd>
          </div>
        ))}
      </dl>
      {compared > 0 && <p className="faint">{say("import.dates", { equal, compared })}</p>}
    </section>
  );
}

function Unmapped({ unmapped }: Pick<ImportReport, "unmapped">) {
  const columns: Key[] = ["import.unmapped-what", "import.unmapped-count", "import.unmapped-why"];
  return (
    <section>
      <h3>{say("import.unmapped")}</h3>
      {unmapped.length ? (
        <table className="table">
          <thead>
            <tr>
              {columns.map((title) => (
                <th key={title} scope="col">
                  {say(title)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {unmapped.map(({ what, count, why }) => (
              <tr key={what}>
                <th scope="row">{what}</th>
                <td className="number">{count}</td>
                <td>{why}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p className="faint">{say("import.none")}</p>
      )}
    </section>
  );
}

export function Messages({ diagnostics }: { diagnostics: Diagnostic[] }) {
  const sorted = SEVERITIES.flatMap((severity) =>
    diagnostics.filter((each) => each.severity === severity),
  );
  return (
    <ul className="messages">
      {sorted.map(({ severity, message, place, code }, at) => (
        <li key={at} className={`message-${severity}`}>
          <strong>{say(`severity.${severity}`)}</strong> {message}{" "}
          <span className="faint">{[place, code].filter(Boolean).join(" · ")}</span>
        </li>
      ))}
    </ul>
  );
}

/** What an import would bring, before it is brought: understood, not taken over, and in doubt. */
export function Report({ answer: { report } }: { answer: ImportAnswer }) {
  return (
    <div className="report" role="status">
      <Understood report={report} />
      <Unmapped unmapped={report.unmapped} />
      {report.diagnostics.length > 0 && (
        <section>
          <h3>{say("import.messages")}</h3>
          <Messages diagnostics={report.diagnostics} />
        </section>
      )}
    </div>
  );
}
