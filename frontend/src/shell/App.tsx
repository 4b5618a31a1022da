import { useEffect } from "react";
import { resume } from "../store/session";
import { useStore } from "../store/state";
import { Problem, Spinner } from "../ui/Empty";
import { Shell } from "./Shell";
import { SignIn } from "./SignIn";
import { Toasts } from "./Toasts";

function Screen() {
  const session = useStore((state) => state.session);
  const outage = useStore((state) => state.outage);
  if (outage) return <Problem problem={outage} retry={() => void resume()} />;
  if (session === undefined) return <Spinner />;
  return session ? <Shell /> : <SignIn />;
}

export function App() {
  useEffect(() => void resume(), []);
  return (
    <>
      <Screen />
      <Toasts />
    </>
  );
}
