import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import type { DocumentRecord } from "../../src/api";
import { formatTime } from "../../src/format";
import { describeConfidence } from "../../src/media/band";
import {
  addLine,
  addSystem,
  barsOf,
  gripAt,
  linesOf,
  moveEdge,
  moveLine,
  removeLine,
  removeSystem,
  setKind,
  setPrinted,
  toDrafts,
  toRecords,
} from "../../src/music/page-edit";
import { addStaff, joinSystems, moveStaff, removeStaff, splitSystem, yBeside } from "../../src/music/staff-edit";
import { numberBars } from "../../src/music/bars";
import { filterDocuments, foldCase } from "../../src/document-filter";
import { formatSections, parseSections, parseTime } from "../../src/music/parse";
import { address, parse, type Route } from "../../src/router";
import { en } from "../../src/strings/en";
import { stamp } from "../../stamp.mjs";

describe("correcting a page", () => {
  const drafts = toDrafts([
    { system: 1, box: [0.1, 0.1, 0.9, 0.2], staves: [[0.1, 0.1, 0.9, 0.14], [0.1, 0.16, 0.9, 0.2]], bars: [[0.1, 0.5], [0.5, 0.9]], confidence: 1 },
    { system: 2, box: [0.1, 0.4, 0.9, 0.5], staves: [[0.1, 0.4, 0.9, 0.44], [0.1, 0.46, 0.9, 0.5]], bars: [[0.15, 0.9]], confidence: 1 },
  ]);
  it("keeps bars and barlines the same thing", () => {
    assert.deepEqual(drafts[0]!.lines, [0.1, 0.5, 0.9]);
    assert.deepEqual(barsOf(linesOf([[0.1, 0.3], [0.3005, 0.6]])), [[0.1, 0.3], [0.3, 0.6]]);
    assert.deepEqual(barsOf([0.4]), []);
  });
  it("moves an edge with its staves, never past the other edge", () => {
    const up = moveEdge(drafts, 0, "top", 0)[0]!;
    assert.equal(up.box[1], 0);
    assert.ok(Math.abs(up.staves[0]![3] - 0.08) < 1e-9);
    const over = moveEdge(drafts, 0, "bottom", 0)[0]!;
    assert.ok(over.box[3] > over.box[1]);
    const narrow = moveEdge(drafts, 0, "right", 0.7)[0]!;
    assert.deepEqual(narrow.lines, [0.1, 0.5, 0.7]);
    assert.deepEqual(drafts[0]!.box, [0.1, 0.1, 0.9, 0.2], "what was given stays as it was");
  });
  it("moves a barline between its neighbours, adds and removes one", () => {
    assert.ok(Math.abs(moveLine(drafts, 0, 1, 0.6)[0]!.lines[1]! - 0.6) < 1e-9);
    assert.ok(moveLine(drafts, 0, 1, 0.95)[0]!.lines[1]! < 0.9);
    assert.deepEqual(addLine(drafts, 0, 0.3)[0]!.lines, [0.1, 0.3, 0.5, 0.9]);
    assert.deepEqual(addLine(drafts, 0, 0.5005)[0]!.lines, [0.1, 0.5, 0.9]);
    assert.deepEqual(removeLine(drafts, 0, 1)[0]!.lines, [0.1, 0.9]);
  });
  it("adds a system in its place with staves like the others", () => {
    const more = addSystem(drafts, [0.1, 0.25, 0.9, 0.35]);
    assert.equal(more.length, 3);
    assert.ok(Math.abs(more[1]!.staves[0]![3] - 0.29) < 1e-9);
    assert.deepEqual(addSystem([], [0, 0, 1, 1])[0]!.staves.length, 2);
    assert.deepEqual(toRecords(removeSystem(more, 1)), toRecords(drafts));
  });
  const [above, below] = [drafts[0]!, drafts[1]!];
  const group = (first: number, last: number) => ({ kind: "bracket" as const, first, last });
  it("joins two systems, and splits one", () => {
    const grouped = drafts.map((draft) => ({ ...draft, groups: [group(1, 2)], printed: "5" }));
    const [joined, ...rest] = joinSystems(grouped, 0);
    assert.equal(rest.length, 0);
    assert.deepEqual(joined!.box, [0.1, 0.1, 0.9, 0.5]);
    assert.deepEqual(joined!.staves, [...above.staves, ...below.staves]);
    assert.deepEqual(joined!.lines, above.lines);
    assert.deepEqual(joined!.groups, [group(1, 2), group(3, 4)]);
    assert.deepEqual(joinSystems(drafts, 1), drafts, "there is none below");
    const halves = splitSystem([joined!], 0, 2);
    assert.deepEqual(halves.map(({ box, staves, groups }) => ({ box, staves, groups })), [
      { box: above.box, staves: above.staves, groups: [group(1, 2)] },
      { box: below.box, staves: below.staves, groups: [group(1, 2)] },
    ]);
    assert.deepEqual(halves.map((half) => half.printed), ["5", null]);
    assert.deepEqual(splitSystem([joined!], 0, 1).map((half) => half.groups), [[], [group(2, 3)]], "a group that is cut is gone");
  });
  it("adds a staff below, above and between, and removes it again", () => {
    const grouped = [{ ...above, groups: [group(1, 2)] }, below];
    const under = addStaff(grouped, 0, yBeside(above, 1, "below"));
    assert.equal(under.staff, 2);
    assert.deepEqual(under.drafts[0]!.groups, [group(1, 2)]);
    assert.ok(Math.abs(under.drafts[0]!.box[3] - 0.26) < 1e-9, "as far below as the second is below the first");
    const between = addStaff(grouped, 0, yBeside(above, 0, "below"));
    assert.equal(between.staff, 1);
    const [, added, last] = between.drafts[0]!.staves;
    assert.ok(added![1] > 0.14 && added![3] < last![1]);
    assert.deepEqual(between.drafts[0]!.groups, [group(1, 3)]);
    assert.deepEqual(between.drafts[0]!.box, above.box);
    const over = addStaff(grouped, 0, yBeside(above, 0, "above"));
    assert.equal(over.staff, 0);
    assert.deepEqual(over.drafts[0]!.groups, [group(2, 3)]);
    for (const { drafts: more, staff } of [under, between, over]) assert.deepEqual(removeStaff(more, 0, staff), grouped);
    assert.equal(removeStaff(removeStaff(grouped, 0, 0), 0, 0)[0]!.staves.length, 1, "the last one stays");
    assert.ok(addStaff(drafts, 1, 2).drafts[1]!.box[3] <= 1, "on the page");
  });
  it("moves a staff between its neighbours, and the box with it", () => {
    const down = moveStaff(drafts, 0, 1, 0.25)[0]!;
    assert.ok(Math.abs(down.box[3] - 0.27) < 1e-9 && down.box[1] === 0.1);
    const up = moveStaff(drafts, 0, 1, 0)[0]!;
    assert.ok(up.staves[1]![1] > up.staves[0]![3], "never past the one above");
  });
  it("gives kinds, groups and printed numbers as they are known", () => {
    const [one, two] = toRecords(setPrinted(setKind(drafts, 0, 1, "tablature"), 0, "12"));
    assert.deepEqual(one!.staff_kinds, ["standard", "tablature"]);
    assert.equal(one!.printed_number, "12");
    assert.ok(!("groups" in two!) && !("printed_number" in two!), "the server reads what is not known");
  });
  it("finds what is under the pointer", () => {
    const reach = { x: 0.01, y: 0.01 };
    assert.deepEqual(gripAt(drafts, 0.505, 0.15, reach), { system: 0, line: 1 });
    assert.deepEqual(gripAt(drafts, 0.3, 0.205, reach), { system: 0, edge: "bottom" });
    assert.deepEqual(gripAt(drafts, 0.105, 0.45, reach), { system: 1, edge: "left" });
    assert.equal(gripAt(drafts, 0.3, 0.3, reach), null);
  });
});

/** Bars of one page, with an editor's numbers. */
const counted = (count: number, numbers?: string[]) =>
  numberBars([
    {
      page: 1,
      width: 100,
      height: 100,
      systems: [
        {
          system: 1,
          box: [0, 0, 1, 1],
          staves: [],
          bars: [...Array(count).keys()].map((k) => [k / count, (k + 1) / count] as [number, number]),
          confidence: 1,
          numbers,
        },
      ],
    },
  ]);

describe("what people write", () => {
  it("reads sections and says which part is wrong", () => {
    const bars = counted(32);
    assert.deepEqual(parseSections("1-16, 1–16; 17 — 32, 4", bars), [[1, 16], [1, 16], [17, 32], [4, 4]]);
    assert.deepEqual(parseSections(" ", bars), []);
    for (const wrong of ["0-4", "5-3", "1-33", "x", "1-2-3"]) assert.throws(() => parseSections(`1-2, ${wrong}`, bars), new RangeError(wrong));
    assert.equal(formatSections([[1, 16], [4, 4]], bars), "1–16, 4");
    assert.deepEqual(parseSections(formatSections([[1, 16], [4, 4]], bars), bars), [[1, 16], [4, 4]]);
  });
  it("reads the numbers of editors: a pickup, halves of a bar, movements", () => {
    const bars = counted(8, ["0", "1", "2", "2b", "3", "0", "1", "2"]);
    assert.deepEqual(bars.map((b) => b.name), ["1/0", "1/1", "1/2", "2b", "3", "2/0", "2/1", "2/2"]);
    assert.deepEqual(parseSections("0-2b, 2/0–2/2, 1", bars), [[1, 4], [6, 8], [2, 2]]);
    assert.equal(formatSections([[1, 4], [6, 8]], bars), "1/0–2b, 2/0–2/2");
  });
  it("reads times as it writes them", () => {
    for (const seconds of [0, 7.5, 62.5, 3723.4]) assert.equal(parseTime(formatTime(seconds, true)), seconds);
    assert.equal(parseTime("12"), 12);
    assert.equal(parseTime("1:02,5"), 62.5);
    assert.equal(parseTime("soon"), null);
  });
});

describe("addresses", () => {
  const routes: Route[] = [
    { view: "library" },
    { view: "find", score: "ab", page: 2, recording: undefined, from: undefined, to: undefined },
    { view: "find", score: undefined, page: undefined, recording: "cd", from: 1.5, to: 9 },
    { view: "play", score: "ab", recording: null, time: undefined, bar: 9 },
    { view: "play", score: null, recording: "c/d", time: 1.25, bar: undefined },
    { view: "correct", score: "ab", recording: "cd" },
  ];
  it("are read as they are written", () => {
    for (const route of routes) assert.deepEqual(parse(address(route)), route);
  });
  it("lead to the library when they make no sense", () => {
    for (const fragment of ["", "#", "#/nowhere", "#/correct/-/x"]) assert.deepEqual(parse(fragment), { view: "library" });
  });
});

describe("how sure the places are, in words", () => {
  it("counts seconds, not bars, and leaves out what is no music of the score", () => {
    const list = [
      { start: 0, end: 2, level: "none", confidence: 0 },
      { start: 2, end: 8, level: "high", confidence: 0.95 },
      { start: 8, end: 10, level: "medium", confidence: 0.6 },
      { start: 10, end: 12, level: "low", confidence: 0.2 },
    ] as const;
    assert.equal(describeConfidence(list), "The bar on the page is right in 60% of the music, probably right in 20%, doubtful in 20%.");
    assert.equal(describeConfidence(list.slice(0, 1)), "no music of this score");
  });
});

describe("choosing documents", () => {
  const made = (title: string, kind: "score" | "recording", confidence?: number): DocumentRecord => ({
    id: title,
    path: `/music/${title}.x`,
    name: `${title}.x`,
    kind,
    title,
    added: "",
    links: confidence === undefined ? [] : [{ id: "1", title: "t", confidence }],
  });
  const all = [made("Für Elise", "score", 0.99), made("Fantasie f-Moll", "recording", 0.6), made("Étude", "score")];
  it("by the name of the file, but not by the id that an upload is kept under", () => {
    const kept = { ...made("Sonata", "score"), id: "3ed0", path: "/library/uploads/3ed0.pdf", name: "Sonata in A.jpeg" };
    const named = { ...made("Sonata", "score"), path: "/music/K331.pdf", name: "K331.pdf" };
    assert.deepEqual(filterDocuments([kept, named], "331", "all", "any"), [named]);
    assert.deepEqual(filterDocuments([kept, named], "jpeg", "all", "any"), [kept]);
    assert.deepEqual(filterDocuments([kept, named], "3ed0", "all", "any"), []);
  });
  const titles = (...args: [string, "all" | "score" | "recording", "any" | "linked" | "unlinked" | "uncertain"]) => filterDocuments(all, ...args).map((d) => d.title);
  it("by words without case and accents, kind and state", () => {
    assert.deepEqual(titles("fur ELI", "all", "any"), ["Für Elise"]);
    assert.deepEqual(titles("moll fant", "all", "any"), ["Fantasie f-Moll"]);
    assert.deepEqual(titles("", "score", "any"), ["Für Elise", "Étude"]);
    assert.deepEqual(titles("", "all", "unlinked"), ["Étude"]);
    assert.deepEqual(titles("", "all", "uncertain"), ["Fantasie f-Moll"]);
    assert.deepEqual(titles("", "all", "linked"), ["Für Elise", "Fantasie f-Moll"]);
    assert.equal(foldCase("Dvořák"), "dvorak");
  });
});

describe("the built app", () => {
  const built = "../src/scorebridge/server/static";
  it("is of these sources (else: npm run build)", () => {
    assert.equal(readFileSync(`${built}/sources.sha256`, "utf8").trim(), stamp("."));
  });
  it("is small, has no source maps and names no other host", () => {
    const files = readdirSync(built, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
    const paths = files.map((f) => `${f.parentPath}/${f.name}`);
    assert.ok(paths.reduce((sum, path) => sum + readFileSync(path).length, 0) < 3e6);
    assert.ok(!paths.some((path) => path.endsWith(".map")));
    for (const path of paths.filter((p) => /\.(css|html)$/.test(p))) assert.doesNotMatch(readFileSync(path, "utf8"), /(?:src|href|url)\W{1,3}https?:/);
  });
});

describe("strings", () => {
  const sources = (folder: string): string =>
    readdirSync(folder, { withFileTypes: true })
      .map((f) => (f.isDirectory() ? sources(`${folder}/${f.name}`) : f.name === "en.ts" ? "" : readFileSync(`${folder}/${f.name}`, "utf8")))
      .join("\n");
  const text = sources("src");
  it("are all used, by name or by a name that is put together", () => {
    const composed = [...text.matchAll(/t\(`([\w.]+)\$\{/g)].map((m) => m[1] as string);
    const unused = Object.keys(en).filter((key) => !text.includes(`"${key}"`) && !composed.some((prefix) => key.startsWith(prefix)));
    assert.deepEqual(unused, []);
  });
  it("have a form for every number", () => {
    for (const [key, value] of Object.entries(en)) if (typeof value !== "string") assert.ok(value.other, key);
  });
});
