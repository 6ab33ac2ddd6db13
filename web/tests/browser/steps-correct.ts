/** Steps in the corrections: pins, sections, barlines. */
import assert from "node:assert/strict";
import type { AlignmentRecord, ScorePages } from "../../src/api";
import { alignment, api, page, pages, recording, score, server, step, unnamed } from "./visit";

export function correctSteps(): void {
  step("corrects a pin, and the alignment goes through it", async () => {
    await page.goto(`${server.url}/#/correct/${score.id}/${recording.id}`);
    await page.locator(".correct[data-ready]").waitFor();
    assert.deepEqual(await unnamed(page), []);
    const was = alignment.points.find((p) => p.bar === 12)!.time_s;
    const wanted = Math.round((was + 1.5) * 10) / 10;
    await page.getByLabel("Bar", { exact: true }).fill("12");
    await page.getByLabel("Time", { exact: true }).fill(String(wanted));
    await page.getByRole("button", { name: "Pin", exact: true }).click();
    await page.getByText("Saved.").waitFor();
    const after: AlignmentRecord = await api(`/alignments/${score.id}/${recording.id}?wait=60`);
    assert.deepEqual(after.corrections.pins.map((p) => p.bar), [12]);
    const begins = after.points.find((p) => p.bar === 12)!.time_s;
    assert.ok(Math.abs(begins - wanted) <= 0.3, `bar 12 begins at ${begins}, pinned to ${wanted}, was ${was}`);
    await page.getByRole("button", { name: "Remove the pin at bar 12" }).click();
    await page.waitForFunction(() => document.querySelectorAll(".anchors li").length === 0);
  });

  step("sets the order of sections, and finds it automatically again", async () => {
    const last = Math.max(...alignment.points.map((p) => p.bar ?? 0));
    await page.getByRole("button", { name: "Sections" }).click();
    await page.getByLabel("Order").fill(`3-${last - 1}`);
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByText("Saved.").waitFor();
    const corrected: AlignmentRecord = await api(`/alignments/${score.id}/${recording.id}?wait=60`);
    assert.deepEqual(corrected.corrections.sections, [[3, last - 1]]);
    const bars = corrected.points.map((p) => p.bar ?? 0);
    assert.deepEqual([Math.min(...bars), Math.max(...bars)], [3, last - 1]);
    assert.deepEqual(corrected.sections.map((k) => [k.first_bar, k.last_bar]), [[3, last - 1]]);
    await page.getByRole("list").filter({ hasText: `bars 3–${last - 1}` }).waitFor();
    await page.getByLabel("Order").fill(`1-${last + 500}`);
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByRole("alert").filter({ hasText: "not a range of bars" }).waitFor();
    await page.getByRole("button", { name: "Find automatically" }).click();
    await page.waitForFunction(() => ![...document.querySelectorAll("button")].some((b) => b.textContent === "Find automatically"));
    const reset: AlignmentRecord = await api(`/alignments/${score.id}/${recording.id}?wait=60`);
    assert.deepEqual(reset.corrections, { pins: [], sections: [] });
    assert.deepEqual(reset.points, alignment.points);
  });

  step("corrects a barline by keys, and undoes it", async () => {
    await page.getByRole("button", { name: "Boxes" }).click();
    // First with the mouse; that is undone.
    const [line, [, y0, , y1]] = [pages[0]!.systems[1]!.bars[0]![1], pages[0]!.systems[1]!.box];
    const grip = await page.evaluate(
      ([x, y]) => {
        const p = new DOMPoint(x, y).matrixTransform(document.querySelector<SVGGElement>('.overlay g[data-page="1"]')!.getScreenCTM()!);
        return { x: p.x, y: p.y };
      },
      [line, (y0 + y1) / 2] as const,
    );
    await page.mouse.move(grip.x, grip.y);
    await page.mouse.down();
    await page.mouse.move(grip.x + 12, grip.y, { steps: 4 });
    await page.mouse.up();
    const dragged = Number(await page.locator(".edit-line.edit-held").getAttribute("x1"));
    assert.ok(dragged > line + 0.005 && dragged < line + 0.06, `${line} became ${dragged}`);
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    assert.ok(await page.getByRole("button", { name: "Save the page" }).isDisabled());
    await page.getByRole("button", { name: /^System 2,/ }).click();
    await page.getByRole("button", { name: "Barline 2" }).click();
    for (let k = 0; k < 3; k++) await page.keyboard.press("ArrowRight");
    await page.getByRole("button", { name: "Save the page" }).click();
    await page.getByText("Saved.").waitFor();
    const changed = (await api<ScorePages>(`/documents/${score.id}/pages`)).pages[0]!;
    assert.ok(changed.corrected);
    const [was, is] = [pages[0]!.systems[1]!.bars[0]![1], changed.systems[1]!.bars[0]![1]];
    assert.ok(Math.abs(is - was - 0.006) < 0.0005, `${was} to ${is}`);
    await page.getByRole("button", { name: "Undo all corrections" }).click();
    await page.waitForFunction(() => !document.body.textContent?.includes("Undo all corrections"));
  });
}
