// What was seen is kept in this browser only: no server knows who has read what.
const KEY = "foreshock-seen";
const HIDE = "foreshock-hide-seen";
const MOST = 20_000;

function kept(): string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter((one) => typeof one === "string") : [];
  } catch {
    return []; // another program's value, or a browser that keeps nothing: then nothing was seen
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    return; // a browser that keeps nothing still shows it on this page
  }
}

export function start(root: HTMLElement): void {
  const seen = new Set(kept());
  const hide = () => root.querySelector<HTMLInputElement>("[data-hide-seen]");

  function show(): void {
    let count = 0;
    for (const button of root.querySelectorAll<HTMLElement>("button[data-seen]")) {
      const is = seen.has(button.dataset.seen ?? "");
      button.setAttribute("aria-pressed", String(is));
      const row = button.closest<HTMLElement>(".doc");
      row?.classList.toggle("is-seen", is);
      const mark = row?.querySelector<HTMLElement>(".seen-mark");
      if (mark) mark.hidden = !is;
      if (is) count += 1;
    }
    const told = root.querySelector("[data-seen-count]");
    if (told) told.textContent = count ? `(${count})` : "";
    const box = hide();
    root.classList.toggle("hiding", Boolean(box?.checked));
  }

  function set(id: string, is: boolean): void {
    seen.delete(id);
    if (is) seen.add(id);
    keep(KEY, JSON.stringify([...seen].slice(-MOST)));
    show();
  }

  root.addEventListener("click", (event) => {
    const button = (event.target as HTMLElement).closest<HTMLElement>("button[data-seen]");
    if (button?.dataset.seen) set(button.dataset.seen, !seen.has(button.dataset.seen));
  });
  root.addEventListener("change", (event) => {
    if (!(event.target as HTMLElement).matches("[data-hide-seen]")) return;
    keep(HIDE, String(hide()?.checked ?? false));
    show();
  });
  const box = hide();
  if (box) box.checked = localStorage.getItem(HIDE) === "true";
  // Who opens a text has seen it.
  if (root.matches(".reading") && root.dataset.document) set(root.dataset.document, true);
  show();
  document.addEventListener("htmx:afterSettle", () => root.isConnected && show());
}
