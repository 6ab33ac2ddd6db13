/** Steps in find, and the exports of the player. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AlignmentRecord } from "../../src/api";
import { excerptOf, noise, TIMEOUT } from "./material";
import { page, recording, score, server, step, unnamed } from "./visit";

export function findSteps(): void {
  step("searches with an excerpt", async () => {
    const start = 20;
    const excerpt = await excerptOf(page, `${server.url}/api/v1/documents/${recording.id}/audio`, start, 15);
    const file = join(server.folder, "excerpt.wav");
    writeFileSync(file, excerpt);
    await page.goto(`${server.url}/#/find`);
    await page.locator(".find input[type=file]").setInputFiles(file);
    await page.locator(".query").waitFor();
    await page.waitForFunction(() => !document.querySelector(".query-state"));
    const result = page.locator(".result").first();
    await result.waitFor({ state: "attached" });
    assert.equal(await result.getAttribute("data-id"), score.id);
    // Results of low confidence are folded.
    for (const fold of await page.locator(".nearest:not([open]) > summary").all()) await fold.click();
    const line = result.locator(".passage img").first();
    await line.evaluate((img: HTMLImageElement) => img.decode());
    await result.getByRole("button", { name: /^Play from/ }).first().click();
    await result.getByRole("button", { name: /^Play from/, pressed: true }).waitFor();
    assert.deepEqual(await unnamed(page), []);
  });

  step("searches with a region of a page", async () => {
    await page.goto(`${server.url}/#/find?score=${score.id}&page=1`);
    await page.getByRole("button", { name: "Search with this system" }).waitFor();
    const asked = page.waitForResponse((r) => r.url().includes("/find/region"));
    await page.getByRole("combobox", { name: "System" }).selectOption("1/3");
    await page.getByRole("button", { name: "Search with this system" }).click();
    assert.ok((await asked).ok());
    await page.waitForFunction(() => !document.querySelector(".query-state"));
    await page.locator(".result, .not-here").first().waitFor();
  });

  step("says that a recording has no score in the library", async () => {
    const file = join(server.folder, "noise.wav");
    writeFileSync(file, noise(12));
    await page.goto(`${server.url}/#/find`);
    const answered = page.waitForResponse((r) => r.url().includes("/api/v1/find"));
    await page.locator(".find input[type=file]").setInputFiles(file);
    await answered;
    await page.waitForFunction(() => !document.querySelector(".query-state"));
    await page.getByRole("heading", { name: "Not in your library" }).waitFor();
  });

  for (const [format, proves] of [
    ["csv", (bytes: Buffer) => assert.match(bytes.toString(), /^time_s,page,system,x,bar,number\n\d/)],
    ["json", (bytes: Buffer) => assert.ok((JSON.parse(bytes.toString()) as AlignmentRecord).points.length > 100)],
    ["iiif", (bytes: Buffer) => assert.equal((JSON.parse(bytes.toString()) as { type: string }).type, "Manifest")],
    ["mei", (bytes: Buffer) => assert.match(bytes.toString(), /<when [\s\S]*<\/mei>/)],
    ["mp4", (bytes: Buffer) => assert.equal(bytes.subarray(4, 8).toString(), "ftyp")],
  ] as const)
    step(`exports ${format}`, async () => {
      if (!(await page.getByRole("dialog").isVisible())) {
        await page.goto(`${server.url}/#/play/${score.id}/${recording.id}`);
        await page.locator(`.player[data-ready="${recording.id}"]`).waitFor();
        const button = page.getByRole("button", { name: "Export" });
        if (!(await button.isVisible())) await page.getByRole("button", { name: "More", exact: true }).click();
        await button.click();
      }
      const coming = page.waitForEvent("download", { timeout: 2 * TIMEOUT });
      await page.locator(`.export[data-format="${format}"] .export-start`).click();
      const file = await (await coming).path();
      proves(readFileSync(file));
    });
}
