// A receipt in the drawer: it takes the focus when it opens, and gives it back to what opened it.
let opener: HTMLElement | null = null;
document.addEventListener("foreshock:close", () => back());

function back(): void {
  if (opener?.isConnected) opener.focus({ preventScroll: true });
  opener = null;
}

export function start(sheet: HTMLElement): void {
  const drawer = sheet.closest<HTMLElement>("#receipt");
  if (!drawer) return;
  const at = document.activeElement;
  // One receipt leads to another: the way back is to the page, not to a link that is gone.
  if (at instanceof HTMLElement && !drawer.contains(at) && at !== document.body) opener = at;
  drawer.scrollTop = 0;
  sheet.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
  sheet.querySelector("[data-sheet-close]")?.addEventListener("click", () => {
    drawer.replaceChildren();
    back();
  });
}
