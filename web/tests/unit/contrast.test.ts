/** WCAG 2.2, 1.4.3 and 1.4.11: the contrast of the design tokens, in light and in dark. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";

const css = readFileSync("src/styles/tokens.css", "utf8");

function tokens(selector: string): Record<string, string> {
  const block = css.split(`${selector} {`)[1]!.split("}")[0]!;
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]+);/gi)].map((m) => [m[1]!, m[2]!]));
}

/** Red, green, blue 0 to 1 of a colour, laid over a ground where it is translucent. */
function rgb(hex: string, ground: number[] = [1, 1, 1]): number[] {
  const full = hex.length < 6 ? [...hex.slice(1)].map((c) => c + c).join("") : hex.slice(1);
  const [r, g, b, a = 255] = full.match(/../g)!.map((pair) => Number.parseInt(pair, 16));
  return [r!, g!, b!].map((v, k) => (v / 255) * (a / 255) + ground[k]! * (1 - a / 255));
}

function luminance(colour: number[]): number {
  const [r, g, b] = colour.map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: number[], b: number[]): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

for (const [theme, selector] of [
  ["light", ":root"],
  ["dark", ':root[data-theme="dark"]'],
] as const) {
  const colour = tokens(selector);
  const check = (front: string, ground: string, min: number, over = rgb(colour[ground]!)) => {
    const ratio = contrast(rgb(colour[front]!, over), over);
    assert.ok(ratio >= min, `${theme}: ${front} on ${ground} is ${ratio.toFixed(2)}, ${min} is needed`);
  };
  describe(`contrast, ${theme}`, () => {
    it("of text", () => {
      for (const ground of ["paper", "surface", "sunken", "desk"])
        for (const ink of ["ink", "ink-2", "accent", "good", "warn", "bad"]) check(ink, ground, 4.5);
      check("accent-ink", "accent", 4.5);
    });
    it("of text on what is pressed", () => {
      for (const ground of ["paper", "surface"]) check("accent", ground, 4.5, rgb(colour["accent-soft"]!, rgb(colour[ground]!)));
    });
    it("of the edges of controls, of focus rings and bands", () => {
      for (const ground of ["paper", "surface", "sunken"])
        for (const edge of ["edge", "accent", "good", "warn", "bad", "cursor"]) check(edge, ground, 3);
    });
    it("of the cursor, of frames and of barlines on a page", () => {
      for (const mark of ["cursor", "frame", "barline"]) check(mark, "page", 3);
    });
  });
}
