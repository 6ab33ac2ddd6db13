/** Settings of the reader, kept in this browser; where it refuses storage they last until the page is closed. */

const session = new Map<string, string>();

export function loadSetting(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return session.get(key) ?? null;
  }
}

export function saveSetting(key: string, value: string): void {
  session.set(key, value);
  try {
    localStorage.setItem(key, value);
  } catch {
    // Private windows may refuse storage.
  }
}
