import type { Frame } from "./frame";
import { paintBackdrop } from "./paint_backdrop";
import { paintBars } from "./paint_bars";
import { paintHeader, paintTodayLine } from "./paint_header";
import { paintLabels } from "./paint_labels";
import { paintLinks, paintPull } from "./paint_links";
import { paintMarks } from "./paint_marks";
import { paintPreview } from "./paint_preview";

/** One frame, from back to front. */
export function paint(frame: Frame): void {
  // The header's labels are measured in the font they are painted in.
  frame.ctx.font = `11px ${frame.theme.family}`;
  paintBackdrop(frame);
  paintTodayLine(frame);
  paintLinks(frame);
  paintBars(frame);
  paintPreview(frame);
  paintLabels(frame);
  paintMarks(frame);
  paintPull(frame);
  paintHeader(frame);
}
