/** A passage that is repeated, in seconds of the recording. */

export interface Loop {
  start: number;
  end: number;
}

/** s; a shorter drag is a click. */
export const MIN_LOOP = 0.2;

/** Returns the loop between two times in any order, cut to the recording; `null` where it is too short. */
export function makeLoop(a: number, b: number, duration: number): Loop | null {
  const start = Math.max(Math.min(a, b), 0);
  const end = Math.min(Math.max(a, b), duration);
  return end - start >= MIN_LOOP ? { start, end } : null;
}

/** Returns the time to jump to, or `null`: back to the start when playing has reached the end between `before` and `time`. */
export function jumpBack(loop: Loop | null, before: number, time: number): number | null {
  if (!loop) return null;
  return before < loop.end && time >= loop.end && time - before < 1 ? loop.start : null;
}
