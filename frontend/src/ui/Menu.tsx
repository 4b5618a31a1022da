import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";

export interface MenuItem {
  label: string;
  icon?: ReactNode;
  run: () => void;
}

interface MenuProps {
  trigger: ReactNode;
  heading?: ReactNode;
  items: MenuItem[];
}

export function Menu({ trigger, heading, items }: MenuProps) {
  return (
    // Modal, it would lock scrolling by a style element, which the content policy forbids.
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          {heading && <DropdownMenu.Label className="menu-heading">{heading}</DropdownMenu.Label>}
          {items.map((item) => (
            <DropdownMenu.Item key={item.label} className="menu-item" onSelect={item.run}>
              {item.icon}
              {item.label}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
