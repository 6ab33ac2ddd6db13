/**
 * A page put right by keys and pointer: its direction, its systems joined and split, staves added and
 * removed, their kinds, the printed number. What is saved is what the server then gives.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { after, before, describe, it } from "node:test";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import type { ScorePage, ScorePages } from "../../src/api";
import { put, TIMEOUT, unexpected, watch } from "./material";
import { browse, chromiumPath, DEMO, serve, type Served } from "./server";
import { unnamed } from "./visit";

const AXE = readFileSync(createRequire(resolve("package.json")).resolve("axe-core/axe.min.js"), "utf8");

const skip = chromiumPath() ? false : "there is no Chromium here";

describe("the layout of a page", { skip, timeout: 30 * 60_000 }, () => {
  let server: Served;
  let browser: Browser;
  let page: Page;
  let id: string;
  const foreign: string[] = [];
  const errors: string[] = [];

  const first = async (): Promise<ScorePage> =>
    ((await (await fetch(`${server.url}/api/v1/documents/${id}/pages`)).json()) as ScorePages).pages[0]!;
  const press = (name: string | RegExp) => page.getByRole("button", { name, exact: true }).click();
  const staves = (record: ScorePage) => record.systems.map((system) => system.staves.length);

  /** Saves the page, and returns it as the server has it then. */
  async function save(): Promise<ScorePage> {
    await press("Save the page");
    await page.getByText("Saved.").waitFor();
    return first();
  }

  /** Takes all corrections of the page back. */
  async function takeBack(): Promise<void> {
    await press("Undo all corrections");
    await page.waitForFunction(() => !document.body.textContent?.includes("Undo all corrections"));
  }

  before(async () => {
    server = await serve();
    const documents = await put(server.url, [join(DEMO, "scores/scan_05.tif")]);
    id = documents.get("scan_05")!.id;
    browser = await browse();
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true }); // axe-core adds styles
    context.setDefaultTimeout(TIMEOUT);
    page = await context.newPage();
    watch(page, server.url, foreign, errors);
    await page.goto(`${server.url}/#/correct/${id}/-`);
    await page.locator(".correct[data-ready]").waitFor();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** Returns what axe-core has against the panel. */
  async function violations(): Promise<string[]> {
    await page.evaluate(AXE);
    const found = await page.evaluate(() => (window as unknown as { axe: { run: (where: string) => Promise<AxeResults> } }).axe.run(".correct-tool"));
    assert.ok(found.passes.length > 5);
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  }

  async function picture(name: string): Promise<void> {
    const folder = process.env.PICTURES;
    if (folder) await page.screenshot({ path: join(folder, `layout-${name}.png`) });
  }

  it("joins two systems, and splits one", async () => {
    const read = await first();
    const count = read.systems.length;
    assert.ok(count >= 3 && staves(read).every((n) => n === 2));
    await press(/^System 1,/);
    await press("Join with the next system");
    await page.getByRole("button", { name: "Staff 4", exact: true }).waitFor();
    await picture("joined");
    const joined = await save();
    assert.deepEqual(staves(joined), [4, ...Array(count - 2).fill(2)]);
    assert.equal(joined.systems[0]!.box[3], read.systems[1]!.box[3]);
    assert.ok(joined.corrected);
    await press(/^System 1,/);
    await press("Staff 3");
    await press("Split above this staff");
    const split = await save();
    assert.deepEqual(staves(split), staves(read));
    read.systems.forEach(({ box }, k) => box.forEach((x, side) => assert.ok(Math.abs(x - split.systems[k]!.box[side]!) < 0.002)));
    await takeBack();
    assert.ok(!(await first()).corrected);
  });

  it("adds a staff by keys, moves it, and removes one", async () => {
    const read = await first();
    await press(/^System 2,/);
    await press("Add a staff below");
    assert.ok(await page.getByRole("button", { name: "Staff 3", exact: true }).getAttribute("aria-pressed"));
    const added = Number(await page.locator(".edit-staff.edit-held").getAttribute("y"));
    await page.getByRole("button", { name: "Staff 3", exact: true }).focus();
    for (let k = 0; k < 3; k++) await page.keyboard.press("ArrowDown");
    const moved = Number(await page.locator(".edit-staff.edit-held").getAttribute("y"));
    assert.ok(Math.abs(moved - added - 0.006) < 1e-4, `${added} became ${moved}`);
    await page.getByLabel("Kind of staff").selectOption({ label: "One line" });
    await picture("staff");
    assert.deepEqual(await violations(), []);
    const more = await save();
    assert.equal(more.systems[1]!.staves.length, 3);
    assert.deepEqual(more.systems[1]!.staff_kinds, ["standard", "standard", "percussion"]);
    assert.ok(Math.abs(more.systems[1]!.staves[2]![1] - moved) < 1e-3);
    assert.equal(more.systems[1]!.box[3], more.systems[1]!.staves[2]![3]);
    await press(/^System 2,/);
    await press("Staff 3");
    await page.getByRole("button", { name: "Staff 3", exact: true }).focus();
    await page.keyboard.press("Delete");
    const less = await save();
    assert.deepEqual(staves(less), staves(read));
    await takeBack();
  });

  it("adds a staff where the page is clicked", async () => {
    const read = await first();
    const [x0, y0, , y1] = read.systems[1]!.box;
    const y = y1 + 0.6 * (read.systems[2]!.box[1] - y1);
    await press(/^System 2,/);
    await press("Staff");
    const at = await page.evaluate(
      ([x, y]) => {
        const p = new DOMPoint(x, y).matrixTransform(document.querySelector<SVGGElement>('.overlay g[data-page="1"]')!.getScreenCTM()!);
        return { x: p.x, y: p.y };
      },
      [x0 + 0.1, y] as const,
    );
    await page.mouse.click(at.x, at.y);
    await page.getByRole("button", { name: "Staff 3", exact: true }).waitFor();
    const [top, height] = [await page.locator(".edit-staff.edit-held").getAttribute("y"), await page.locator(".edit-staff.edit-held").getAttribute("height")].map(Number);
    assert.ok(Math.abs(top! + height! / 2 - y) < 0.01, `${top} + ${height} / 2 is not ${y}`);
    assert.ok(y0 < top!);
    await press("Undo");
    assert.ok(await page.getByRole("button", { name: "Save the page" }).isDisabled());
  });

  it("takes the number that is printed at a system, and counts on from it", async () => {
    const read = await first();
    for (const [system, number] of [[2, "57"], [3, ""]] as const) {
      await press(new RegExp(`^System ${system},`));
      await page.getByLabel("Printed bar number").fill(number);
      await page.keyboard.press("Tab");
    }
    const given = await save();
    assert.deepEqual(given.systems.slice(1, 3).map((system) => system.printed_number), ["57", ""]);
    const bars = read.systems.slice(1, 3).map((system) => system.bars.length);
    const counted = (from: number, n: number) => Array.from({ length: n }, (_, k) => String(from + k));
    assert.deepEqual(given.systems[1]!.numbers, counted(57, bars[0]!));
    assert.deepEqual(given.systems[2]!.numbers, counted(57 + bars[0]!, bars[1]!));
    await takeBack();
  });

  it("turns the page, and the picture and the boxes with it", async () => {
    const read = await first();
    const drawn = page.waitForResponse((answer) => answer.url().includes(`${id}-1-180/`) && answer.ok());
    await press("Turn over");
    await page.getByText("Saved.").waitFor();
    await drawn;
    const over = await first();
    assert.equal(over.rotation, 180);
    assert.ok(over.iiif.endsWith("-180") && over.corrected);
    await page.waitForTimeout(1000); // until it is painted
    await picture("turned");
    assert.deepEqual(await unnamed(page), []);
    await press("Turn over");
    await page.waitForFunction(() => !document.querySelector(".correct-tool")?.textContent?.includes("Reading"));
    await page.getByText("Saved.").waitFor();
    for (let k = 0; k < 100 && (await first()).rotation !== 0; k++) await new Promise((r) => setTimeout(r, 200));
    const back = await first();
    assert.deepEqual(back.systems.map((system) => system.box), read.systems.map((system) => system.box));
    await takeBack();
  });

  it("asks no other server and reports no error", () => {
    assert.deepEqual(foreign, []);
    assert.deepEqual(unexpected(errors), []);
  });
});
