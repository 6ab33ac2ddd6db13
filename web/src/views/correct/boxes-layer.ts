/** The drawing of the boxes editor on the page: systems, their staves and barlines, the part that is held. */

import { append, svg } from "../../dom";
import type { Draft, Edge, Grip } from "../../music/page-edit";
import type { Box } from "../../music/types";

/** Draws the systems of a page into a layer in page fractions; `drawn` is a system that is being drawn. */
export function drawBoxes(layer: SVGGElement, drafts: readonly Draft[], grip: Grip | null, drawn: Box | null): void {
  layer.replaceChildren();
  drafts.forEach((draft, k) => drawSystem(layer, draft, grip?.system === k ? grip : null));
  if (drawn) append(layer, rectangle(drawn, true));
}

function drawSystem(layer: SVGGElement, { box, lines, staves }: Draft, grip: Grip | null): void {
  const [x0, y0, x1, y1] = box;
  append(layer, rectangle(box, grip !== null));
  const chosen = grip && "staff" in grip ? grip.staff : null;
  if (grip) staves.forEach((staff, k) => append(layer, frame(staff, k === chosen ? "edit-staff edit-held" : "edit-staff")));
  const edges: Record<Edge, Box> = { left: [x0, y0, x0, y1], top: [x0, y0, x1, y0], right: [x1, y0, x1, y1], bottom: [x0, y1, x1, y1] };
  if (grip && "edge" in grip) append(layer, line(edges[grip.edge], "edit-held"));
  const held = grip && "line" in grip ? grip.line : null;
  lines.forEach((x, k) => append(layer, line([x, y0, x, y1], k === held ? "edit-line edit-held" : "edit-line")));
}

const rectangle = (box: Box, chosen: boolean) => frame(box, chosen ? "edit-box edit-chosen" : "edit-box");

const frame = ([x0, y0, x1, y1]: Box, name: string) => svg("rect", { x: x0, y: y0, width: x1 - x0, height: y1 - y0, class: name });

const line = ([x1, y1, x2, y2]: Box, name: string) => svg("line", { x1, y1, x2, y2, class: name, "vector-effect": "non-scaling-stroke" });
