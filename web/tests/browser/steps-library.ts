/** Steps in the library: add files and folders, search, filter. */
import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DocumentRecord } from "../../src/api";
import { excerptOf } from "./material";
import { DEMO } from "./server";
import { api, context, found, LATER, page, recording, score, server, step, unnamed } from "./visit";

const SCORE = "scores/scan_05.tif"; // of two pages
const RECORDING = "recordings/track_08.ogg"; // its recording, by truth.json

export function librarySteps(): void {
  step("opens on an empty library", async () => {
    await page.goto(server.url);
    await page.getByText("Drop scores and recordings anywhere").waitFor();
    assert.deepEqual(await unnamed(page), []);
  });

  step("takes a score, a recording and refuses what is neither", async () => {
    const nonsense = join(server.folder, "notes.pdf");
    writeFileSync(nonsense, "This is no music.");
    await page.locator("input[type=file]:not([webkitdirectory])").setInputFiles([join(DEMO, SCORE), join(DEMO, RECORDING), nonsense]);
    await page.locator(".upload").first().waitFor();
    await page.locator(".upload-failed", { hasText: "notes.pdf" }).waitFor();
    await page.getByRole("heading", { name: "2 files added" }).waitFor();
    await page.locator(".row-score", { hasText: "scan_05" }).waitFor();
    // The link is made automatically, a moment later.
    await page.locator(".row-score .row-link", { hasText: "track_08" }).waitFor();
    const { documents } = await api<{ documents: DocumentRecord[] }>("/documents");
    const score = documents.find((d) => d.kind === "score")!;
    const recording = documents.find((d) => d.kind === "recording")!;
    found({ score, recording });
    assert.equal(documents.length, 2);
    assert.equal(score.links[0]?.id, recording.id);
    assert.deepEqual(await unnamed(page), []);
  }, true);

  step("takes files that are dropped anywhere", async () => {
    const take = await excerptOf(page, `${server.url}/api/v1/documents/${recording.id}/audio`, 0, 600, LATER);
    const transfer = await page.evaluateHandle((data) => {
      const list = new DataTransfer();
      list.items.add(new File([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], "another take.wav", { type: "audio/wav" }));
      return list;
    }, take.toString("base64"));
    await page.dispatchEvent("body", "dragover", { dataTransfer: transfer });
    await page.getByText("Drop to add to the library").waitFor();
    await page.dispatchEvent("body", "drop", { dataTransfer: transfer });
    await page.locator(".row-score", { hasText: "and 1 more" }).waitFor();
    const { documents } = await api<{ documents: DocumentRecord[] }>("/documents");
    const other = documents.find((d) => d.title === "another take")!;
    found({ other });
    assert.equal(other.links[0]?.id, score.id);
  });

  step("takes a folder with folders in it, and leaves out hidden files", async () => {
    const folder = join(server.folder, "a shelf");
    mkdirSync(join(folder, "below", "further"), { recursive: true });
    copyFileSync(join(DEMO, SCORE), join(folder, "below", "further", "the same score.tif")); // the library has its content already
    writeFileSync(join(folder, "below", "words.txt"), "No music either.");
    writeFileSync(join(folder, ".hidden.pdf"), "%PDF-1.4");
    await page.getByRole("button", { name: "Done" }).click(); // clears the list of the files before
    const hand = await context.newCDPSession(page);
    const data = { items: [], files: [folder], dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"] as const) await hand.send("Input.dispatchDragEvent", { type, x: 600, y: 500, data });
    await page.locator(".upload-failed", { hasText: "words.txt" }).waitFor();
    await page.getByRole("heading", { name: "1 file added" }).waitFor();
    assert.equal(await page.locator(".uploads", { hasText: ".hidden" }).count(), 0);
    const { documents } = await api<{ documents: DocumentRecord[] }>("/documents");
    assert.equal(documents.length, 3);
  });

  step("shows files by the names they came with", async () => {
    const { documents } = await api<{ documents: DocumentRecord[] }>("/documents");
    assert.deepEqual(documents.map((d) => d.name).sort(), ["another take.wav", "scan_05.tif", "track_08.ogg"]);
    for (const { name } of documents) await page.locator(".row-name", { hasText: name }).waitFor();
    assert.doesNotMatch(await page.locator("#main").innerText(), /[0-9a-f]{16}/);
  });

  step("searches by name and filters what has no link", async () => {
    const names = () => page.locator(".row-name > a").allTextContents();
    await page.getByRole("searchbox").fill("TRACK 8");
    assert.deepEqual(await names(), ["track_08"]);
    await page.getByRole("searchbox").fill("");
    await page.getByRole("combobox", { name: "Links" }).selectOption("linked");
    assert.ok((await names()).includes("scan_05"));
    await page.getByRole("combobox", { name: "Links" }).selectOption("any");
  });
}
