export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ""];
  return letters
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toLocaleUpperCase();
}

/** A person as a disc of letters; the name stands beside it or is its tooltip. */
export function Avatar({ name, label = false }: { name: string; label?: boolean }) {
  return (
    <span className="person">
      <span className="avatar" aria-hidden={label} title={name}>
        {initials(name)}
      </span>
      {label && <span className="person-name">{name}</span>}
    </span>
  );
}
