import { useEffect } from "react";
import { Route, Switch } from "wouter";
import { ImportDialog } from "../project/import/ImportDialog";
import { PeoplePage } from "../people/PeoplePage";
import { ProductsPage } from "../product/ProductsPage";
import { PortfolioPage } from "../program/PortfolioPage";
import { ProjectPage } from "../project/ProjectPage";
import { listen } from "../store/listen";
import { overlay, useStore } from "../store/state";
import { loadTree } from "../store/tree";
import { Empty } from "../ui/Empty";
import { say } from "../ui/strings";
import { Drawer } from "./Drawer";
import { Palette } from "./Palette";
import { Shortcuts } from "./Shortcuts";
import { Sidebar } from "./Sidebar";
import { TopBar } from "./TopBar";
import { useKeys } from "./useKeys";

function useLive(): void {
  const seq = useStore((state) => state.tree?.seq);
  const ready = seq !== undefined;
  useEffect(() => {
    if (seq !== undefined) return listen(seq);
    // The stream starts once, from the first tree; later trees are its own doing.
  }, [ready]);
}

function Overlays() {
  const shown = useStore((state) => state.overlay);
  const close = () => overlay(null);
  if (shown === "palette") return <Palette onClose={close} />;
  if (shown === "keys") return <Shortcuts onClose={close} />;
  if (shown === "import") return <ImportDialog onClose={close} />;
  return shown === "nav" ? <Drawer onClose={close} /> : null;
}

function Pages() {
  return (
    <Switch>
      <Route path="/" component={PortfolioPage} />
      <Route path="/products" component={ProductsPage} />
      <Route path="/people" component={PeoplePage} />
      <Route path="/projects/:id">{({ id }) => <ProjectPage key={id} id={Number(id)} />}</Route>
      <Route>
        <Empty title={say("problem.missing")} hint={say("problem.missing-hint")} />
      </Route>
    </Switch>
  );
}

export function Shell() {
  useEffect(() => void loadTree(), []);
  useLive();
  useKeys();
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {say("nav.main")}
      </a>
      <aside className="shell-side">
        <Sidebar />
      </aside>
      <TopBar />
      <main className="shell-main" id="content" tabIndex={-1}>
        <Pages />
      </main>
      <Overlays />
    </div>
  );
}
