// The keyboard: j k move in the list, o opens, / searches, f filters, ? tells, g and a letter goes to a screen, [ ] move the day.
const GO_FOR = 1200; // milliseconds within which a letter follows g
let gone = 0;

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-row]")];
const present = (): HTMLElement | null => document.querySelector<HTMLElement>("[data-row][aria-current='true']");

export function moveTo(row: HTMLElement | undefined): void {
  if (!row) return;
  present()?.removeAttribute("aria-current");
  row.setAttribute("aria-current", "true");
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  row.dispatchEvent(new CustomEvent("foreshock:row", { bubbles: true }));
}

function move(by: number): void {
  const all = rows();
  const at = present();
  const index = at ? all.indexOf(at) + by : by > 0 ? 0 : all.length - 1;
  moveTo(all[Math.min(Math.max(index, 0), all.length - 1)]);
}

const click = (selector: string, within: ParentNode | null = document): boolean => {
  const found = within?.querySelector<HTMLElement>(selector);
  found?.click();
  return Boolean(found);
};

const ACTIONS: Record<string, () => void> = {
  j: () => move(1),
  k: () => move(-1),
  o: () => void (click("[data-act=open]", present()) || click("a[href]", present())),
  v: () => void (click("[data-act=original]", present()) || click("[data-act=original]")),
  s: () => void (click("[data-act=seen]", present()) || click("[data-act=seen]")),
  r: () => void (click("[data-act=receipt]", present()) || click("[data-act=receipt]")),
  e: () => void (click("[data-act=correct]", present()) || click("[data-act=correct]")),
  f: () => document.querySelector<HTMLElement>("[data-filters] input, [data-filters] select, [data-filters] summary")?.focus(),
  "/": () => document.querySelector<HTMLInputElement>("#find")?.focus(),
  "?": () => document.querySelector<HTMLDialogElement>("#keys")?.showModal(),
  "[": () => void click("[data-act=earlier]"),
  "]": () => void click("[data-act=later]"),
};

export function listen(): void {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      document.dispatchEvent(new CustomEvent("foreshock:palette"));
      return;
    }
    if (event.key === "Escape") {
      document.dispatchEvent(new CustomEvent("foreshock:close"));
      if (typing(event.target)) (event.target as HTMLElement).blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
    if (gone && event.timeStamp - gone < GO_FOR) {
      gone = 0;
      if (click(`[data-key="g ${CSS.escape(event.key)}"]`)) event.preventDefault();
      return;
    }
    gone = event.key === "g" ? event.timeStamp : 0;
    const action = ACTIONS[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  });
  document.addEventListener("click", (event) => {
    const opener = (event.target as Element).closest<HTMLElement>("[data-open]");
    if (opener) document.querySelector<HTMLDialogElement>(`#${CSS.escape(opener.dataset.open ?? "")}`)?.showModal();
  });
}
