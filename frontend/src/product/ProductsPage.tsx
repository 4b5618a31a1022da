import { Diamond } from "lucide-react";
import { Link } from "wouter";
import { readProducts } from "../api/calls";
import type { Deliverable, Feature, Product } from "../api/types";
import { useResource } from "../store/resource";
import { date } from "../ui/dates";
import { Empty, Problem, Spinner } from "../ui/Empty";
import { say } from "../ui/strings";

function DeliverableName({ made }: { made: Deliverable }) {
  if (made.name === null || made.project === null) {
    return <span className="faint">{say("why.hidden")}</span>;
  }
  return (
    <span>
      <Link href={`/projects/${made.project}?task=${made.id}`}>{made.name}</Link>{" "}
      <span className="faint">{say("products.in", { project: made.project_name ?? "" })}</span>
    </span>
  );
}

function DeliverableCell({ made }: { made: Deliverable | null }) {
  if (!made) return <span className="faint">{say("products.undelivered")}</span>;
  return (
    <span className="cell-name">
      <Diamond aria-hidden="true" />
      <DeliverableName made={made} />
    </span>
  );
}

function FeatureRow({ feature }: { feature: Feature }) {
  const made = feature.deliverable;
  return (
    <tr>
      <th scope="row">{feature.name}</th>
      <td className="wide-only">{feature.state}</td>
      <td>
        <DeliverableCell made={made} />
      </td>
      <td className="number">
        {date(made?.finish ?? null)}
        {made?.critical && <span className="chip chip-critical">{say("task.critical")}</span>}
      </td>
    </tr>
  );
}

function Features({ product }: { product: Product }) {
  if (!product.features.length) return <p className="faint">{say("products.no-features")}</p>;
  return (
    <table className="table table-features">
      <caption className="sr-only">{say("products.features", { name: product.name })}</caption>
      <thead>
        <tr>
          <th scope="col">{say("products.feature")}</th>
          <th scope="col" className="wide-only">
            {say("column.state")}
          </th>
          <th scope="col">{say("column.deliverable")}</th>
          <th scope="col" className="number">
            {say("column.finish")}
          </th>
        </tr>
      </thead>
      <tbody>
        {product.features.map((feature) => (
          <FeatureRow key={feature.id} feature={feature} />
        ))}
      </tbody>
    </table>
  );
}

function ProductCard({ product }: { product: Product }) {
  return (
    <article className="product">
      <header>
        <h2>{product.name}</h2>
        {product.manager && (
          <span className="faint">{say("products.manager", { name: product.manager.name })}</span>
        )}
      </header>
      {product.vision && <p className="vision">{product.vision}</p>}
      <Features product={product} />
    </article>
  );
}

export function ProductsPage() {
  const { value, problem, reload } = useResource(readProducts);
  if (problem) return <Problem problem={problem} retry={reload} />;
  if (!value) return <Spinner />;
  return (
    <section className="page">
      <h1 className="page-title">{say("products.title")}</h1>
      {value.products.map((product) => (
        <ProductCard key={product.id} product={product} />
      ))}
      {!value.products.length && (
        <Empty title={say("products.empty")} hint={say("products.empty-hint")} />
      )}
    </section>
  );
}
