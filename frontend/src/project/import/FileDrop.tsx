import { FileUp } from "lucide-react";
import { useId, useState, type DragEvent } from "react";
import { say } from "../../ui/strings";

interface FileDropProps {
  file: File | null;
  busy: boolean;
  onChoose: (file: File) => void;
}

export function FileDrop({ file, busy, onChoose }: FileDropProps) {
  const id = useId();
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => files?.[0] && onChoose(files[0]);

  function hover(event: DragEvent, inside: boolean) {
    event.preventDefault();
    setOver(inside);
  }

  return (
    <div
      className={over ? "drop drop-over" : "drop"}
      onDragOver={(event) => hover(event, true)}
      onDragLeave={(event) => hover(event, false)}
      onDrop={(event) => {
        hover(event, false);
        take(event.dataTransfer.files);
      }}
    >
      <FileUp aria-hidden="true" />
      <label htmlFor={id}>{file ? file.name : say("import.drop")}</label>
      <input
        id={id}
        type="file"
        accept=".xml,.mpp,.mpt,.mpx,.xer"
        disabled={busy}
        onChange={({ target }) => take(target.files)}
      />
      {busy && file && <p role="status">{say("import.reading", { name: file.name })}</p>}
    </div>
  );
}
