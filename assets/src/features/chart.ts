// A chart of the brief, live: the server's specification, drawn without eval, without requests of its own and without HTML in tips.
import embed from "vega-embed";
import { expressionInterpreter } from "vega-interpreter";

type Sized = { width?: number; columns?: number; spec?: Sized; vconcat?: Sized[]; hconcat?: Sized[]; concat?: Sized[]; config?: Record<string, unknown> };
const STEP = 160; // the server keeps drawings of a few widths
const LEAST = 120;

const dark = (): boolean => {
  const chosen = document.documentElement.dataset.theme;
  return chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
};

// A legend in one row is wider than a phone: there its entries stand below each other.
function stacked(part: unknown): void {
  if (!part || typeof part !== "object") return;
  for (const [name, inner] of Object.entries(part)) {
    if (name === "legend" && inner && typeof inner === "object") Object.assign(inner, { columns: 1 });
    else stacked(inner);
  }
}

// Every plot of a specification: it is a view, or holds views.
function* plots(spec: Sized): Generator<Sized> {
  if (typeof spec.width === "number") yield spec;
  for (const inner of [spec.spec, ...(spec.vconcat ?? []), ...(spec.hconcat ?? []), ...(spec.concat ?? [])]) if (inner) yield* plots(inner);
}

function tip(event: MouseEvent, value: unknown, figure: HTMLElement): void {
  figure.querySelector(".tip")?.remove();
  if (!value || typeof value !== "object") return;
  const list = document.createElement("dl");
  list.className = "tip";
  for (const [name, told] of Object.entries(value)) {
    if (told === null || told === undefined || told === "null") continue;
    const row = list.appendChild(document.createElement("div"));
    row.appendChild(document.createElement("dt")).textContent = name;
    row.appendChild(document.createElement("dd")).textContent = String(told);
  }
  figure.append(list);
  const box = figure.getBoundingClientRect();
  const left = Math.min(event.clientX - box.left + 12, box.width - list.offsetWidth - 4);
  list.style.left = `${Math.max(left, 0)}px`;
  list.style.top = `${event.clientY - box.top + 14}px`;
}

type Shown = { finalize: () => void; mark: string; asked: string; drawn: Node[] };
const shown = new WeakMap<HTMLElement, Shown>();
const busy = new WeakSet<HTMLElement>();

async function draw(figure: HTMLElement, spec: Sized, place: HTMLElement): Promise<void> {
  const before = shown.get(figure);
  const made = await embed(place, spec as never, {
    mode: "vega-lite", renderer: "svg", ast: true, expr: expressionInterpreter, actions: false, defaultStyle: false, logLevel: 1,
    tooltip: (_: unknown, event: MouseEvent, __: unknown, value: unknown) => tip(event, value, figure),
    loader: { load: () => Promise.reject(new Error("a chart fetches nothing")) } as never,
  });
  // The figure says what it is, and its table has all of it: what is drawn is a picture, not a list of unnamed signs.
  for (const one of place.querySelectorAll("svg, svg [role]")) {
    for (const name of ["role", "aria-roledescription", "aria-label"]) one.removeAttribute(name);
  }
  before?.finalize();
  shown.set(figure, { finalize: () => made.finalize(), mark: before?.mark ?? "", asked: before?.asked ?? "", drawn: [...place.childNodes] });
}

// Ask for the specification, and draw it if it is another than before.
async function show(figure: HTMLElement, place: HTMLElement): Promise<void> {
  const room = place.clientWidth;
  if (room === 0) return;
  const width = Math.min(Math.max(Math.round((room - STEP) / STEP) * STEP, STEP), 7 * STEP);
  const source = new URL(figure.dataset.src ?? "", location.href);
  source.searchParams.set("theme", dark() ? "dark" : "light");
  source.searchParams.set("width", String(width));
  const before = shown.get(figure);
  const asked = `${source.href} ${room}`;
  const same = before?.asked === asked ? { "If-None-Match": before.mark } : {};
  const answer = await fetch(source, { headers: { Accept: "application/json", ...same } as Record<string, string> });
  if (answer.status === 304) return;
  if (!answer.ok) throw new Error(`${source.pathname} answered ${answer.status}`);
  const spec = (await answer.json()) as Sized;
  if (room < 520) {
    for (const one of [spec, ...(spec.vconcat ?? [])]) if (one.columns) one.columns = 1;
    stacked({ ...spec, config: undefined });
    const axis = (spec.config?.axis ?? {}) as Record<string, unknown>;
    spec.config = { ...spec.config, axis: { ...axis, labelLimit: 96 } };
  }
  await draw(figure, spec, place);
  // Labels take what they need, so a plot is as wide as the rest lets it be.
  const drawn = place.querySelector("svg")?.getBoundingClientRect().width ?? room;
  if (Math.abs(drawn - room) > 8) {
    for (const one of plots(spec)) one.width = Math.max(Math.floor((one.width ?? width) + (room - drawn) / (spec.columns ?? 1)) - 2, LEAST);
    await draw(figure, spec, place);
  }
  const made = shown.get(figure);
  if (made) Object.assign(made, { mark: answer.headers.get("ETag") ?? "", asked });
}

export async function start(figure: HTMLElement): Promise<void> {
  const place = figure.querySelector<HTMLElement>("[data-drawn]");
  if (!place) return;
  const again = async (): Promise<void> => {
    if (busy.has(figure) || !figure.isConnected) return;
    busy.add(figure);
    place.setAttribute("role", "img");
    for (const name of ["aria-labelledby", "aria-describedby"]) place.setAttribute(name, figure.getAttribute(name) ?? "");
    try {
      await show(figure, place);
    } catch (error) {
      console.error(error);
      place.textContent = place.dataset.failed ?? "";
      figure.querySelector("details")?.setAttribute("open", "");
    } finally {
      busy.delete(figure);
    }
  };
  figure.addEventListener("mouseleave", () => figure.querySelector(".tip")?.remove());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  let seen = place.clientWidth;
  let waiting = 0;
  new ResizeObserver(() => {
    if (Math.abs(place.clientWidth - seen) < 16) return;
    seen = place.clientWidth;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(again, 200);
  }).observe(place);
  // A page that is made again has an empty place here: what was drawn moves back in, and what is new is asked for.
  new MutationObserver(() => {
    const before = shown.get(figure);
    if (busy.has(figure) || place.hasChildNodes() || !before) return;
    place.append(...before.drawn);
    void again();
  }).observe(place, { childList: true });
  await again();
}
