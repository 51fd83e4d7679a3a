// What was seen is kept in this browser only: no server knows who has read what.
const KEY = "foreshock-seen";
const HIDE = "foreshock-hide-seen";
const LIST = "foreshock-list";
const MOST = 20_000;

function kept(): string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter((one) => typeof one === "string") : [];
  } catch {
    return []; // another program's value, or a browser that keeps nothing: then nothing was seen
  }
}

function listed(): { url: string; ids: string[] } | null {
  try {
    const found = JSON.parse(sessionStorage.getItem(LIST) ?? "null") as { url?: unknown; ids?: unknown } | null;
    if (!found || typeof found.url !== "string" || !/^\/documents(\?|$)/.test(found.url) || !Array.isArray(found.ids)) return null;
    return { url: found.url, ids: found.ids.filter((one): one is string => typeof one === "string" && /^[0-9a-f]+$/.test(one)) };
  } catch {
    return null; // nothing was kept: there is no list to go back to
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
  if (!root.matches(".reading")) remember();
  else neighbours();

  // The list that a text was opened from, so that the next one is a key away. Kept for this tab only.
  function remember(): void {
    const ids = [...root.querySelectorAll<HTMLElement>(".doc")].map((row) => row.dataset.document ?? "");
    try {
      sessionStorage.setItem(LIST, JSON.stringify({ url: location.pathname + location.search, ids }));
    } catch {
      return; // a browser that keeps nothing has no way back but its own
    }
  }

  function neighbours(): void {
    const list = listed();
    if (!list) return;
    root.querySelector("[data-list]")?.setAttribute("href", list.url);
    const at = list.ids.indexOf(root.dataset.document ?? "");
    const nav = root.querySelector<HTMLElement>("[data-neighbours]");
    if (at < 0 || !nav) return;
    nav.hidden = false;
    for (const [name, id] of [["[data-before]", list.ids[at - 1]], ["[data-behind]", list.ids[at + 1]]] as const) {
      const link = nav.querySelector<HTMLAnchorElement>(name);
      if (!link) continue;
      if (id) link.href = `/documents/${id}${location.search.replace(/([?&])(claim|part|version)=[^&]*/g, "$1")}`;
      else link.remove();
    }
    document.addEventListener("keydown", (event) => {
      const target = event.target as HTMLElement;
      if (!root.isConnected || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return;
      const key = event.key === "J" ? "[data-behind]" : event.key === "K" ? "[data-before]" : "";
      if (key) nav.querySelector<HTMLElement>(key)?.click();
    });
  }

  // Who opens a text has seen it.
  if (root.matches(".reading") && root.dataset.document) set(root.dataset.document, true);
  show();
  document.addEventListener("htmx:afterSettle", () => root.isConnected && show());
}
