/**
 * The pages on the screen: OpenSeadragon shows their pictures, an SVG layer above it the marks.
 *
 * Coordinates are in page widths (`music/layout.ts`). The pages of the turns before and after lie
 * on the same spot, invisible and loaded ahead: turning a page changes the opacity only.
 */

import OpenSeadragon from "openseadragon";
import type { ScorePage } from "../api";
import { h, nonce, svg } from "../dom";
import { type Layout, layOutPages, type Mode, pageAt, type Rect } from "../music/layout";
import type { Box } from "../music/types";

export interface Spot {
  /** Number of the page, and the place on it in page fractions. */
  page: number;
  x: number;
  y: number;
}

export interface SheetEvents {
  click?: (spot: Spot) => void;
  /** A drag from one spot to another, where `draws` allows it; `end` is true at its end. */
  drag?: (from: Spot, to: Spot, end: boolean) => void;
  hover?: (spot: Spot | null) => void;
  turned?: (turn: number) => void;
  /** The reader has moved the page by hand. */
  moved?: () => void;
}

/** Page widths around what is shown. */
const MARGIN = 0.015;
/** Pages of a strip that are loaded before and after the one that is shown. */
const PRELOADED = 4;
/** px; a strip in a window wider than this has margins instead of larger pages. */
const MAX_STRIP_WIDTH = 900;
/** px/s; a faster flick of the finger turns the page. */
const MIN_FLICK_SPEED = 500;

export class Sheet {
  readonly viewer: OpenSeadragon.Viewer;
  /** An SVG group for the marks of each page, in page fractions. */
  readonly layers: SVGGElement[];
  layout: Layout;
  turn = 0;
  /** Whether a drag of this pointer draws (a passage, a box) instead of moving the page. */
  draws: (pointer: string, spot: Spot) => boolean = (pointer) => pointer === "mouse" || pointer === "pen";
  private readonly svg: SVGSVGElement;
  private readonly world: SVGGElement;
  private readonly items = new Map<number, OpenSeadragon.TiledImage | "loading">();
  private dragging: Spot | null = null;
  private readonly resizing: ResizeObserver;
  private destroyed = false;

  constructor(
    private readonly container: HTMLElement,
    private readonly pages: readonly ScorePage[],
    mode: Mode,
    private readonly events: SheetEvents = {},
  ) {
    this.layout = layOutPages(mode, pages);
    withoutInlineStyle();
    this.viewer = OpenSeadragon({
      element: container,
      drawer: "canvas",
      showNavigationControl: false,
      keyboardNavEnabled: false,
      tabIndex: -1, // the controls do by keys all that the canvas does by pointer
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: false, flickEnabled: false },
      gestureSettingsTouch: { clickToZoom: false, dblClickToZoom: true, pinchRotate: false },
      gestureSettingsPen: { clickToZoom: false, dblClickToZoom: false },
      autoResize: false,
      preserveImageSizeOnResize: false,
      visibilityRatio: 1,
      constrainDuringPan: true,
      minZoomImageRatio: 1,
      maxZoomPixelRatio: 3,
      animationTime: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 0.6,
      springStiffness: 9,
      imageLoaderLimit: 4,
      blendTime: 0,
      immediateRender: true,
    } as OpenSeadragon.Options);
    // A blank sheet takes the place of a page until its picture is loaded.
    this.layers = pages.map((page) => svg("g", { "data-page": page.page }, svg("rect", { class: "page-waiting", width: 1, height: 1 })));
    this.world = svg("g", {}, this.layers);
    this.svg = svg("svg", { class: "overlay", "aria-hidden": "true" }, this.world);
    this.viewer.container.append(this.svg);
    // The bounds include the pages that are not loaded yet.
    this.viewer.world.getHomeBounds = () => this.bounds();
    this.listen();
    this.arrange();
    this.fit(true);
    this.resizing = new ResizeObserver(() => this.resized());
    this.resizing.observe(container);
  }

  destroy(): void {
    this.destroyed = true;
    this.resizing.disconnect();
    this.viewer.destroy();
  }

  setMode(mode: Mode): void {
    const page = this.firstPage();
    this.layout = layOutPages(mode, this.pages);
    this.turn = this.layout.turnOf[page - 1] ?? 0;
    this.arrange();
    this.fit(true);
    this.events.turned?.(this.turn);
  }

  /** Returns the number of the first page that is shown. */
  firstPage(): number {
    return this.layout.turnOf.indexOf(this.turn) + 1 || 1;
  }

  /** Shows the turn of a page, unless it is shown already. */
  show(page: number, immediately = true): void {
    const turn = this.layout.turnOf[page - 1];
    if (turn === undefined || turn === this.turn) return;
    this.turn = turn;
    this.arrange();
    if (this.layout.mode === "strip") this.fit(immediately);
    else this.keepZoom();
    this.events.turned?.(turn);
  }

  /** Moves a box of a page into view, a third down the window, unless it is in view. */
  reveal(page: number, box: Box, immediately = false): void {
    const seen = this.viewer.viewport.getBoundsNoRotate(true);
    const r = this.toWorld(page, box);
    const margin = 0.01;
    const across = r.x >= seen.x - margin && r.x + r.width <= seen.x + seen.width + margin;
    const down = r.y >= seen.y - margin && r.y + r.height <= seen.y + seen.height + margin;
    if (across && down) return;
    const x = across ? seen.x + seen.width / 2 : r.width > seen.width ? r.x + seen.width / 2 : r.x + r.width / 2;
    const y = down ? seen.y + seen.height / 2 : r.y + seen.height / 2 - Math.min(seen.height / 3, Math.max((seen.height - r.height) / 2, 0));
    this.viewer.viewport.panTo(new OpenSeadragon.Point(x, y), immediately);
    this.viewer.viewport.applyConstraints(immediately);
  }

  /** Shows the whole turn; in a strip the width of the page, from its top. */
  fit(immediately = false): void {
    const rect = this.layout.turns[this.turn];
    if (!rect) return;
    const size = this.viewer.viewport.getContainerSize();
    let { x, y, width, height } = rect;
    if (this.layout.mode === "strip" && size.x > 0) {
      width = Math.max(1, size.x / MAX_STRIP_WIDTH);
      x = (1 - width) / 2;
      height = (width * size.y) / size.x;
    }
    const bounds = new OpenSeadragon.Rect(x - MARGIN, y - MARGIN, width + 2 * MARGIN, height + (this.layout.mode === "strip" ? 0 : 2 * MARGIN));
    this.viewer.viewport.fitBounds(bounds, immediately);
    this.draw();
  }

  zoom(factor: number): void {
    this.viewer.viewport.zoomBy(factor);
    this.viewer.viewport.applyConstraints();
    this.events.moved?.();
  }

  scroll(share: number): void {
    const seen = this.viewer.viewport.getBounds();
    this.viewer.viewport.panBy(new OpenSeadragon.Point(0, seen.height * share));
    this.viewer.viewport.applyConstraints();
    this.events.moved?.();
  }

  /** Returns the place on a page of a point of the window. */
  spotAt(clientX: number, clientY: number): Spot | null {
    const frame = this.container.getBoundingClientRect();
    return this.spot(new OpenSeadragon.Point(clientX - frame.left, clientY - frame.top));
  }

  /** Returns the rectangle in the window, in px, of a box of a page. */
  windowRect(page: number, box: Box): Rect {
    const frame = this.container.getBoundingClientRect();
    const r = this.toWorld(page, box);
    const p = this.viewer.viewport.pixelFromPointNoRotate(new OpenSeadragon.Point(r.x, r.y), true);
    const scale = frame.width / this.viewer.viewport.getBoundsNoRotate(true).width;
    return { x: p.x + frame.left, y: p.y + frame.top, width: r.width * scale, height: r.height * scale };
  }

  private toWorld(page: number, [x0, y0, x1, y1]: Box): Rect {
    const r = this.layout.pages[page - 1] ?? { x: 0, y: 0, width: 1, height: 1 };
    return { x: r.x + x0 * r.width, y: r.y + y0 * r.height, width: (x1 - x0) * r.width, height: (y1 - y0) * r.height };
  }

  private bounds(): OpenSeadragon.Rect {
    const rects = this.layout.mode === "strip" ? this.layout.pages : [this.layout.turns[this.turn] ?? { x: 0, y: 0, width: 1, height: 1 }];
    const right = Math.max(...rects.map((r) => r.x + r.width));
    const bottom = Math.max(...rects.map((r) => r.y + r.height));
    return new OpenSeadragon.Rect(-MARGIN, -MARGIN, right + 2 * MARGIN, bottom + 2 * MARGIN);
  }

  /** Keeps the zoom after a page turn; a zoomed page is shown from its top. */
  private keepZoom(): void {
    const { viewport } = this.viewer;
    const seen = viewport.getBoundsNoRotate(true);
    const turn = this.layout.turns[this.turn] as Rect;
    if (seen.height >= turn.height * 0.98) this.fit(true);
    else viewport.panTo(new OpenSeadragon.Point(seen.x + seen.width / 2, turn.y - MARGIN + seen.height / 2), true);
    this.draw();
  }

  /** Loads the pages that are shown now or next, places all loaded pages, shows those of this turn. */
  private arrange(): void {
    const { mode, turnOf } = this.layout;
    this.pages.forEach((page, k) => {
      const far = Math.abs((turnOf[k] as number) - this.turn);
      if (far <= (mode === "strip" ? PRELOADED : 1)) this.add(k, page);
      const item = this.items.get(k);
      if (item && item !== "loading") this.place(k, item);
      this.layers[k]?.toggleAttribute("hidden", mode !== "strip" && far > 0);
      this.layers[k]?.setAttribute("visibility", mode === "strip" || far === 0 ? "visible" : "hidden");
    });
    this.viewer.world.raiseEvent("metrics-change", {}); // the viewport reads the bounds again
    this.viewer.forceRedraw();
  }

  private place(k: number, item: OpenSeadragon.TiledImage): void {
    const r = this.layout.pages[k] as Rect;
    item.setPosition(new OpenSeadragon.Point(r.x, r.y), true);
    item.setWidth(r.width, true);
    const seen = this.layout.mode === "strip" || this.layout.turnOf[k] === this.turn;
    item.setPreload(!seen && Math.abs((this.layout.turnOf[k] as number) - this.turn) <= 1);
    item.setOpacity(seen ? 1 : 0);
  }

  private add(k: number, page: ScorePage): void {
    if (this.items.has(k)) return;
    this.items.set(k, "loading");
    this.viewer.addTiledImage({
      tileSource: `${page.iiif}/info.json`,
      width: 1,
      opacity: 0,
      success: (event: unknown) => {
        if (this.destroyed) return;
        const { item } = event as { item: OpenSeadragon.TiledImage };
        this.items.set(k, item);
        this.place(k, item);
        item.addHandler("fully-loaded-change", () => this.layers[k]?.querySelector(".page-waiting")?.remove());
      },
      error: () => this.items.delete(k),
    });
  }

  private listen(): void {
    const { viewer } = this;
    const preventDefault = (event: unknown) => ((event as { preventDefaultAction: boolean }).preventDefaultAction = true);
    viewer.addHandler("update-viewport", () => this.draw());
    viewer.addHandler("canvas-click", (event) => {
      if (!event.quick) return;
      const spot = this.spot(event.position);
      if (spot) this.events.click?.(spot);
    });
    viewer.addHandler("canvas-press", (event) => {
      const pointer = (event as unknown as { pointerType: string }).pointerType;
      const spot = this.spot(event.position);
      this.dragging = spot && this.events.drag && this.draws(pointer, spot) ? spot : null;
    });
    viewer.addHandler("canvas-drag", (event) => {
      if (!this.dragging) return this.events.moved?.();
      preventDefault(event);
      const to = this.spot(event.position);
      if (to) this.events.drag?.(this.dragging, to, false);
    });
    viewer.addHandler("canvas-drag-end", (event) => {
      if (!this.dragging) return;
      preventDefault(event);
      const to = this.spot(event.position);
      this.events.drag?.(this.dragging, to ?? this.dragging, true);
      this.dragging = null;
    });
    viewer.addHandler("canvas-scroll", (event) => {
      const wheel = event.originalEvent as WheelEvent;
      preventDefault(event);
      wheel.preventDefault();
      if (wheel.ctrlKey || wheel.metaKey) {
        const point = viewer.viewport.pointFromPixel(event.position);
        viewer.viewport.zoomBy(Math.exp(-wheel.deltaY / 300), point);
      } else {
        const line = wheel.deltaMode === 1 ? 24 : 1;
        const by = viewer.viewport.deltaPointsFromPixels(new OpenSeadragon.Point(wheel.deltaX * line, wheel.deltaY * line));
        viewer.viewport.panBy(by);
      }
      viewer.viewport.applyConstraints();
      this.events.moved?.();
    });
    // A flick of the finger turns a page that is shown whole.
    viewer.addHandler("canvas-drag-end", (event) => {
      const drag = event as unknown as { speed: number; direction: number; pointerType: string };
      if (this.dragging || this.layout.mode === "strip" || drag.pointerType !== "touch" || drag.speed < MIN_FLICK_SPEED) return;
      const seen = viewer.viewport.getBoundsNoRotate(true);
      if (seen.width < (this.layout.turns[this.turn]?.width ?? 1) * 0.95) return;
      const across = Math.cos(drag.direction);
      if (Math.abs(across) > 0.8) this.step(across < 0 ? 1 : -1);
    });
    if (this.events.hover) {
      this.container.addEventListener("pointermove", (event) => {
        if (event.pointerType === "mouse") this.events.hover?.(this.spotAt(event.clientX, event.clientY));
      });
      this.container.addEventListener("pointerleave", () => this.events.hover?.(null));
    }
    viewer.addHandler("animation-finish", () => this.updateTurn());
  }

  /** Turns one page forward or back. */
  step(by: 1 | -1): void {
    const page = this.layout.turnOf.indexOf(this.turn + by) + 1;
    if (page > 0) this.show(page, false);
  }

  /** Takes the page in the middle of the window as the turn of a strip. */
  private updateTurn(): void {
    if (this.layout.mode !== "strip") return;
    const y = this.viewer.viewport.getCenter().y;
    const k = this.layout.pages.findIndex((r) => y <= r.y + r.height);
    const turn = k < 0 ? this.layout.pages.length - 1 : k;
    if (turn === this.turn) return;
    this.turn = turn;
    this.arrange();
    this.events.turned?.(turn);
  }

  private spot(pixel: OpenSeadragon.Point): Spot | null {
    const p = this.viewer.viewport.pointFromPixelNoRotate(pixel, true);
    return pageAt(this.layout, this.turn, p.x, p.y);
  }

  private resized(): void {
    const { clientWidth, clientHeight } = this.container;
    if (!clientWidth || !clientHeight) return;
    this.viewer.viewport.resize(new OpenSeadragon.Point(clientWidth, clientHeight), false);
    this.fit(true);
    this.viewer.forceRedraw();
  }

  /** Moves the SVG layer to where the pictures are. */
  private draw(): void {
    const { width, height } = this.container.getBoundingClientRect();
    const seen = this.viewer.viewport.getBoundsNoRotate(true);
    const scale = width / seen.width;
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.world.setAttribute("transform", `matrix(${scale} 0 0 ${scale} ${-seen.x * scale} ${-seen.y * scale})`);
    this.layers.forEach((layer, k) => {
      const r = this.layout.pages[k] as Rect;
      layer.setAttribute("transform", `translate(${r.x} ${r.y}) scale(${r.width} ${r.height})`);
    });
  }
}

/** Adds the style element that OpenSeadragon expects: its own would have no nonce, and the security policy refuses that. */
function withoutInlineStyle(): void {
  if (document.querySelector("style[data-openseadragon-mobile-css]")) return;
  document.head.append(h("style", { "data-openseadragon-mobile-css": true, nonce: nonce() }));
}
