import { LogOut, Menu as MenuIcon, Monitor, Moon, Redo2, Search, Sun, Undo2 } from "lucide-react";
import { Link, useRoute } from "wouter";
import { leave } from "../store/session";
import { overlay, useStore } from "../store/state";
import { trail } from "../store/tree";
import { redo, undo } from "../store/undo";
import { IconButton } from "../ui/Button";
import { Menu } from "../ui/Menu";
import { say } from "../ui/strings";
import { nextTheme, useTheme } from "../ui/theme";
import { PLACES } from "./places";

const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon };
const MAC = navigator.platform.startsWith("Mac");

function useTrail(): string[] {
  const tree = useStore((state) => state.tree);
  const plan = useStore((state) => state.plan);
  const [inProject, params] = useRoute("/projects/:id");
  const here = [useRoute("/"), useRoute("/products"), useRoute("/people")];
  if (!inProject) return PLACES.filter((_, at) => here[at]![0]).map(({ title }) => say(title));
  const known = tree ? trail(tree, Number(params.id)).map((node) => node.name) : [];
  return known.length ? known : plan ? [plan.project.name] : [];
}

function Breadcrumb() {
  const names = useTrail();
  const [last] = names.slice(-1);
  return (
    <nav className="crumbs" aria-label={say("nav.place")}>
      <ol>
        {names.slice(0, -1).map((name) => (
          <li key={name}>
            <Link href="/">{name}</Link>
          </li>
        ))}
        <li aria-current="page">{last}</li>
      </ol>
    </nav>
  );
}

function PersonMenu() {
  const user = useStore((state) => state.session?.user);
  if (!user) return null;
  const trigger = (
    <button
      type="button"
      className="avatar avatar-button"
      aria-label={say("nav.person", { initials: user.initials, name: user.name })}
    >
      <span aria-hidden="true">{user.initials}</span>
    </button>
  );
  const heading = (
    <>
      {user.name}
      <br />
      <small>{user.email}</small>
    </>
  );
  const out = { label: say("enter.leave"), icon: <LogOut />, run: () => void leave() };
  return <Menu trigger={trigger} heading={heading} items={[out]} />;
}

function ThemeButton() {
  const now = useTheme();
  const Icon = THEME_ICONS[now];
  return (
    <IconButton
      className="top-theme"
      label={say("theme.label", { now: say(`theme.${now}`) })}
      onClick={nextTheme}
    >
      <Icon />
    </IconButton>
  );
}

export function TopBar() {
  return (
    <header className="top">
      <IconButton className="top-menu" label={say("nav.open")} onClick={() => overlay("nav")}>
        <MenuIcon />
      </IconButton>
      <Breadcrumb />
      <div className="top-tools">
        <IconButton label={say("undo")} onClick={() => void undo()}>
          <Undo2 />
        </IconButton>
        <IconButton label={say("redo")} onClick={() => void redo()}>
          <Redo2 />
        </IconButton>
        <button type="button" className="top-search" onClick={() => overlay("palette")}>
          <Search aria-hidden="true" />
          <span>{say("nav.search")}</span>
          <kbd>{MAC ? "⌘K" : "Ctrl K"}</kbd>
        </button>
        <ThemeButton />
        <PersonMenu />
      </div>
    </header>
  );
}
