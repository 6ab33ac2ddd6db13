/** Addresses of the views. They are in the fragment, so that the server has one page to serve. */

export type Route =
  | { view: "library" }
  | { view: "find"; score?: string; page?: number; recording?: string; from?: number; to?: number }
  | { view: "play"; score: string | null; recording: string | null; time?: number; bar?: number }
  | { view: "correct"; score: string; recording: string | null };

/** Stands in an address for a document that is not given. */
const NONE = "-";

/** Returns the route of a fragment; the library where it is not valid. */
export function parse(fragment: string): Route {
  const [path = "", query = ""] = fragment.replace(/^#\/?/, "").split("?");
  const [view, first, second] = path.split("/").map(decodeURIComponent);
  const values = new URLSearchParams(query);
  const number = (name: string) => {
    const value = Number.parseFloat(values.get(name) ?? "");
    return Number.isFinite(value) ? value : undefined;
  };
  const document = (id: string | undefined) => (id && id !== NONE ? id : null);
  if (view === "find")
    return {
      view,
      score: values.get("score") ?? undefined,
      page: number("page"),
      recording: values.get("recording") ?? undefined,
      from: number("from"),
      to: number("to"),
    };
  if (view === "play") return { view, score: document(first), recording: document(second), time: number("t"), bar: number("bar") };
  if (view === "correct" && document(first)) return { view, score: first as string, recording: document(second) };
  return { view: "library" };
}

/** Returns the fragment of a route. */
export function address(route: Route): string {
  const values = new URLSearchParams();
  const set = (name: string, value: string | number | undefined) => value !== undefined && values.set(name, String(value));
  let path = "";
  if (route.view === "find") {
    path = "find";
    set("score", route.score);
    set("page", route.page);
    set("recording", route.recording);
    set("from", route.from);
    set("to", route.to);
  } else if (route.view === "play") {
    path = `play/${encodeURIComponent(route.score ?? NONE)}/${encodeURIComponent(route.recording ?? NONE)}`;
    set("t", route.time === undefined ? undefined : Math.round(route.time * 1000) / 1000);
    set("bar", route.bar);
  } else if (route.view === "correct") {
    path = `correct/${encodeURIComponent(route.score)}/${encodeURIComponent(route.recording ?? NONE)}`;
  }
  const query = values.toString();
  return `#/${path}${query ? `?${query}` : ""}`;
}

export function go(route: Route): void {
  location.hash = address(route);
}
