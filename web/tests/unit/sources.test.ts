/** The structure of the sources: imports without circles, from one layer down to the next; colours only as tokens. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, it } from "node:test";

const files = readdirSync("src", { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name));
const modules = files.filter((path) => path.endsWith(".ts"));
const read = (path: string) => readFileSync(path, "utf8");

/** The modules and style sheets that a module imports, type-only and dynamic imports included. */
function importsOf(path: string): string[] {
  const found = read(path).matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"(\.{1,2}\/[^"]*)"/g);
  return [...found].map(([, relative]) => {
    const target = normalize(join(dirname(path), relative as string));
    const candidates = [target, `${target}.ts`, join(target, "index.ts")];
    const existing = candidates.find((candidate) => files.includes(candidate));
    assert.ok(existing, `${path} imports ${relative}, which is not there`);
    return existing;
  });
}
const imports = new Map(modules.map((path) => [path, importsOf(path).filter((target) => target.endsWith(".ts"))]));

/** Returns a circle of imports, as the modules on it, or `null`. */
function circle(graph: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>();
  const visit = (path: string, above: readonly string[]): string[] | null => {
    if (above.includes(path)) return [...above.slice(above.indexOf(path)), path];
    if (done.has(path)) return null;
    for (const target of graph.get(path) ?? []) {
      const found = visit(target, [...above, path]);
      if (found) return found;
    }
    done.add(path);
    return null;
  };
  for (const path of graph.keys()) {
    const found = visit(path, []);
    if (found) return found;
  }
  return null;
}

/** Folders of src/ from the lowest to the highest: each imports from itself and from those before it. "." is src/ itself. */
const LAYERS = ["strings", "music", ".", "media", "views"];
const layerOf = (path: string) => (path === "src/main.ts" ? LAYERS.length : LAYERS.indexOf(dirname(path).split("/")[1] ?? "."));

describe("imports", () => {
  it("are found", () => {
    assert.ok(imports.get("src/main.ts")?.includes("src/views/player/player.ts"), "a dynamic import");
    assert.ok(imports.get("src/strings/en.ts")?.includes("src/strings/types.ts"), "a type-only import");
    assert.ok(imports.get("src/views/player/player.ts")?.includes("src/strings/index.ts"), "an index");
  });
  it("form no circle, type-only imports included", () => {
    assert.deepEqual(circle(new Map([["a", ["b"]], ["b", ["c"]], ["c", ["b"]]])), ["b", "c", "b"]);
    assert.equal(circle(imports), null);
  });
  it("go from a layer down to a lower one", () => {
    const upward = [...imports].flatMap(([path, targets]) => {
      assert.ok(layerOf(path) >= 0, `${path} is in no layer`);
      return targets.filter((target) => layerOf(target) > layerOf(path)).map((target) => `${path} -> ${target}`);
    });
    assert.deepEqual(upward, []);
  });
  it("of one view come from that view or from what all views share", () => {
    const view = (path: string) => /^src\/views\/(\w+)\//.exec(path)?.[1];
    const across = [...imports].flatMap(([path, targets]) => targets.filter((k) => view(path) && view(k) && view(k) !== view(path)).map((k) => `${path} -> ${k}`));
    assert.deepEqual(across, []);
  });
  it("name modules that can be told apart", () => {
    const names = modules.map((path) => path.split("/").at(-1));
    assert.deepEqual(names.filter((name) => names.filter((other) => other === name).length > 2), []);
  });
});

describe("style sheets", () => {
  it("are each imported", () => {
    const sheets = files.filter((path) => path.endsWith(".css"));
    const imported = new Set(modules.flatMap(importsOf));
    assert.deepEqual(sheets.filter((path) => !imported.has(path)), []);
  });
  it("use tokens that exist, and every colour is used", () => {
    const tokens = read("src/styles/tokens.css");
    const light = tokens.split(':root[data-theme="dark"]')[0] as string;
    const defined = new Set([...light.matchAll(/^\s*--([\w-]+):/gm)].map((m) => m[1] as string));
    const text = files.filter((path) => !path.endsWith("tokens.css")).map(read).join("\n");
    const used = new Set([...text.matchAll(/(?:var\(|token\(")--([\w-]+)/g)].map((m) => m[1] as string));
    assert.deepEqual([...used].filter((name) => !defined.has(name) && name !== "row"), []);
    assert.deepEqual([...defined].filter((name) => !used.has(name)), []);
  });
});

describe("colours", () => {
  const LITERAL = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(|[:\s](?:white|black|red|green|blue|gr[ae]y|orange|yellow)(?=[;\s"])/gi;
  const literals = (text: string) => text.match(LITERAL) ?? [];
  const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|\/\/ .*/g, "");
  it("are tokens everywhere but in tokens.css", () => {
    assert.equal(literals("a { color: #fff; fill: rgb(1 2 3); stroke: black; }").length, 3);
    const found = files
      .filter((path) => path !== "src/styles/tokens.css" && /\.(ts|css|svg)$/.test(path))
      .flatMap((path) => literals(withoutComments(read(path))).map((literal) => `${path}: ${literal}`));
    assert.deepEqual(found, []);
  });
  const block = (selector: string) => read("src/styles/tokens.css").split(`${selector} {`)[1]?.split("}")[0] ?? "";
  const coloursOf = (selector: string) => new Map([...block(selector).matchAll(/--([\w-]+): (.*#.*|none|brightness.*);/g)].map((m) => [m[1] as string, m[2] as string]));
  it("are given for light and for dark", () => {
    assert.deepEqual([...coloursOf(':root[data-theme="dark"]').keys()], [...coloursOf(":root").keys()]);
  });
  it("of the icon are those of the light theme", () => {
    // A favicon is drawn without the styles of the page, so its colours stand in its file.
    const colours = [...coloursOf(":root")].filter(([name]) => name === "accent" || name === "paper").map(([, value]) => value);
    assert.deepEqual(new Set(literals(read("public/icon.svg"))), new Set(colours));
  });
});
