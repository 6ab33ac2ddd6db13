/** Times and fractions as text in the language in use. */

import { language } from "./strings";

/** Returns seconds as 0:07, 12:34 or 1:02:03, with `tenths` as 0:07.5. */
export function formatTime(seconds: number, tenths = false): string {
  const whole = tenths ? Math.floor(seconds * 10) / 10 : Math.floor(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = (whole % 60).toFixed(tenths ? 1 : 0).padStart(tenths ? 4 : 2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** Returns a fraction from 0 to 1 in percent. */
export function formatPercent(share: number): string {
  return new Intl.NumberFormat(language(), { style: "percent" }).format(share);
}
