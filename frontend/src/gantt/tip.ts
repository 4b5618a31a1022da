const OFFSET = 14;

/** A few words beside the pointer. It repeats what the grid says, so it is hidden from screen readers. */
export class Tip {
  private readonly box = document.createElement("div");

  constructor(private readonly host: HTMLElement) {
    this.box.className = "gantt-tip";
    this.box.ariaHidden = "true";
    this.box.hidden = true;
    host.append(this.box);
  }

  show(x: number, y: number, lines: readonly string[]): void {
    this.box.replaceChildren(...lines.map(lineOf));
    this.box.hidden = false;
    const { offsetWidth, offsetHeight } = this.box;
    const left = Math.min(x + OFFSET, this.host.clientWidth - offsetWidth - 4);
    const below = y + OFFSET + offsetHeight < this.host.clientHeight;
    const top = below ? y + OFFSET : y - OFFSET - offsetHeight;
    this.box.style.transform = `translate(${Math.max(4, left)}px, ${Math.max(4, top)}px)`;
  }

  hide(): void {
    this.box.hidden = true;
  }
}

function lineOf(text: string): HTMLElement {
  const line = document.createElement("div");
  line.textContent = text;
  return line;
}
