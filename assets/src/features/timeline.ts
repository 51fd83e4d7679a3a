// The timeline of the map: days are chosen by dragging over the bars, by a click on one, or by key with two sliders; the dates of the
// form say the same, and are what map and table go by.
export function start(section: HTMLElement): void {
  const bars = (): SVGAElement[] => [...section.querySelectorAll<SVGAElement>("#map-days a[data-first]")];
  const date = (name: string): HTMLInputElement | null => section.querySelector<HTMLInputElement>(`input[name="${name}"]`);
  const edge = (name: string): HTMLInputElement | null => section.querySelector<HTMLInputElement>(`[data-edge="${name}"]`);
  const brush = section.querySelector<HTMLElement>("[data-brush]");
  const every = section.querySelector<HTMLButtonElement>("[data-every-day]");
  let from: number | null = null;

  const window = (): [number, number] => {
    const all = bars();
    const [first, last] = [date("from")?.value ?? "", date("to")?.value ?? ""];
    const start = first ? all.findIndex((bar) => (bar.dataset.last ?? "") >= first) : 0;
    const end = last ? all.findLastIndex((bar) => (bar.dataset.first ?? "") <= last) : all.length - 1;
    return [start < 0 ? all.length - 1 : start, Math.max(end, 0)];
  };

  const paint = (start: number, end: number): void => {
    const all = bars();
    const whole = start === 0 && end === all.length - 1 && !date("from")?.value && !date("to")?.value;
    all.forEach((bar, at) => bar.classList.toggle("chosen", !whole && at >= start && at <= end));
    for (const [name, at] of [["first", start], ["last", end]] as const) {
      const slider = edge(name);
      if (!slider) continue;
      slider.max = String(Math.max(all.length - 1, 0));
      slider.value = String(at);
      slider.setAttribute("aria-valuetext", all[at]?.querySelector("title")?.textContent ?? "");
    }
    if (every) every.hidden = !date("from")?.value && !date("to")?.value;
    if (brush) brush.hidden = all.length < 2;
  };

  // All bars are no window: then what has no time stands in the table, too.
  const choose = (one: number, other: number): void => {
    const all = bars();
    const [start, end] = [Math.min(one, other), Math.max(one, other)];
    const [first, last] = [date("from"), date("to")];
    if (!first || !last) return;
    const whole = start === 0 && end === all.length - 1;
    first.value = whole ? "" : (all[start]?.dataset.first ?? "");
    last.value = whole ? "" : (all[end]?.dataset.last ?? "");
    paint(start, end);
    last.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const at = (event: Event): number => bars().indexOf((event.target as Element).closest("a[data-first]") as SVGAElement);
  section.addEventListener("pointerdown", (event) => {
    from = at(event) >= 0 ? at(event) : null;
  });
  section.addEventListener("pointermove", (event) => {
    const here = at(event);
    if (from !== null && here >= 0) paint(Math.min(from, here), Math.max(from, here));
  });
  section.addEventListener("click", (event) => {
    if (at(event) >= 0) event.preventDefault();
  });
  section.addEventListener("dragstart", (event) => event.preventDefault());
  document.addEventListener("pointerup", (event) => {
    if (from === null) return;
    const here = event.target instanceof Element ? at(event) : -1;
    choose(from, here >= 0 ? here : from);
    from = null;
  });
  section.addEventListener("input", (event) => {
    if (!(event.target instanceof HTMLInputElement) || !event.target.dataset.edge) return;
    const [one, other] = [Number(edge("first")?.value ?? 0), Number(edge("last")?.value ?? 0)];
    choose(one, other);
  });
  section.addEventListener("change", (event) => {
    if ((event.target as Element).hasAttribute("name")) paint(...window());
  });
  every?.addEventListener("click", () => choose(0, bars().length - 1));
  document.body.addEventListener("htmx:afterSettle", () => paint(...window()));
  paint(...window());
}
