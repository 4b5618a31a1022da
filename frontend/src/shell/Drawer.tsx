import { Dialog } from "radix-ui";
import { Shade } from "../ui/Dialog";
import { say } from "../ui/strings";
import { Sidebar } from "./Sidebar";

/** The sidebar of a narrow screen. */
export function Drawer({ onClose }: { onClose: () => void }) {
  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Shade />
        <Dialog.Content className="drawer" aria-describedby={undefined}>
          <Dialog.Title className="sr-only">{say("nav.label")}</Dialog.Title>
          <Sidebar onGo={onClose} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
