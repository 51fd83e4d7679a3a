// What a page needs beyond htmx is loaded when an element asks for it: <div data-map>, <figure data-chart>, <article data-reading>.
type Feature = { start(element: HTMLElement): void | Promise<void> };
const modules = import.meta.glob<Feature>("./features/*.ts");
const started = new WeakMap<HTMLElement, Set<string>>();

export function startFeatures(root: ParentNode): void {
  for (const [path, load] of Object.entries(modules)) {
    const name = path.replace("./features/", "").replace(".ts", "");
    for (const element of root.querySelectorAll<HTMLElement>(`[data-${name}]`)) {
      const done = started.get(element) ?? new Set<string>();
      if (done.has(name)) continue;
      started.set(element, done.add(name));
      void load().then((feature) => feature.start(element));
    }
  }
}
