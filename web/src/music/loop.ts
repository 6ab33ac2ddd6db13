/** A passage played again and again. */

export interface Loop {
  start: number;
  end: number;
}

const LEAST = 0.2; // s; shorter drags are clicks

/** A loop from two times in any order within the recording, or `null` where they are too near. */
export function makeLoop(a: number, b: number, duration: number): Loop | null {
  const start = Math.max(Math.min(a, b), 0);
  const end = Math.min(Math.max(a, b), duration);
  return end - start >= LEAST ? { start, end } : null;
}

/** Where to jump to from `time`, or `null`: back to the start when the end is reached while playing. */
export function wrap(loop: Loop | null, before: number, time: number): number | null {
  if (!loop) return null;
  return before < loop.end && time >= loop.end && time - before < 1 ? loop.start : null;
}
