// The reading view: a mark and its card are one thing. Hover shows which belong together, a click or j and k picks one, and what a
// person decides is shown before the server has answered, and taken back where it refuses.
const PHONE = "(max-width: 62rem)";
const VERDICTS: Record<string, string> = { confirmed: "is-confirmed", rejected: "is-rejected", amended: "is-amended", machine: "is-machine" };

export function start(root: HTMLElement): void {
  if (root.dataset.reading === "started") return;
  root.dataset.reading = "started";
  const phone = window.matchMedia(PHONE);
  const cards = () => [...root.querySelectorAll<HTMLDetailsElement>(".claim-card")];
  const cardOf = (id: string) => root.querySelector<HTMLDetailsElement>(`#claim-${CSS.escape(id)}`);
  const marksOf = (id: string) =>
    [...root.querySelectorAll<HTMLElement>("[data-claims]")].filter((mark) => mark.dataset.claims?.split(" ").includes(id));
  const cuesOf = (id: string) => [...root.querySelectorAll<HTMLElement>(".cue")].filter((cue) => cue.dataset.cue?.split(" ").includes(id));
  root.classList.toggle("sheets", phone.matches && root.matches(".reading"));
  phone.addEventListener("change", () => root.classList.toggle("sheets", phone.matches && root.matches(".reading")));

  function light(id: string | undefined, on: boolean): void {
    if (!id) return;
    for (const one of [...marksOf(id), ...cuesOf(id)]) one.classList.toggle("on", on);
    cardOf(id)?.classList.toggle("on", on);
  }

  let picked = "";

  function pick(id: string, from: "mark" | "card"): void {
    const card = cardOf(id);
    if (!card) return;
    picked = id;
    for (const one of root.querySelectorAll(".picked")) one.classList.remove("picked");
    for (const one of cards()) {
      if (one !== card) one.classList.remove("sheet");
      if (one === card) continue;
      one.removeAttribute("aria-current");
      // One card at a time, but none that somebody is writing in.
      if (!one.querySelector("form.correct")) one.open = false;
    }
    card.open = true;
    card.setAttribute("aria-current", "true");
    for (const mark of marksOf(id)) mark.classList.add("picked");
    const mark = marksOf(id)[0];
    if (phone.matches) {
      if (from === "mark") {
        card.classList.add("sheet");
        card.tabIndex = -1;
        card.focus({ preventScroll: true });
        mark?.scrollIntoView({ block: "start", behavior: "smooth" });
      }
    } else {
      toCard(card);
      if (from === "card" && mark && !onScreen(mark)) mark.scrollIntoView({ block: "center", behavior: "smooth" });
    }
    history.replaceState(history.state, "", `#claim-${id}`);
  }

  function onScreen(element: HTMLElement): boolean {
    const { top, bottom } = element.getBoundingClientRect();
    return top > 110 && bottom < window.innerHeight - 20;
  }

  // Only the column of cards moves: the words that were clicked stay where the eye is.
  function toCard(card: HTMLElement): void {
    const column = card.closest<HTMLElement>(".cards");
    if (!column) return;
    const from = card.getBoundingClientRect().top - column.getBoundingClientRect().top;
    column.scrollTo({ top: column.scrollTop + from - 8, behavior: "smooth" });
  }

  function closeSheet(): void {
    for (const one of root.querySelectorAll<HTMLElement>(".sheet")) {
      one.classList.remove("sheet");
      const id = one.dataset.claim;
      if (id) marksOf(id)[0]?.focus({ preventScroll: true });
    }
  }

  for (const [enter, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]] as const) {
    root.addEventListener(enter, (event) => {
      const target = event.target as HTMLElement;
      const mark = target.closest<HTMLElement>("[data-claims]");
      const card = target.closest<HTMLElement>(".claim-card");
      light(mark ? mark.dataset.claims?.split(" ")[0] : card?.dataset.claim, on);
    });
  }
  root.addEventListener("click", (event) => {
    const target = event.target as HTMLElement;
    const mark = target.closest<HTMLElement>("[data-claims]");
    if (mark) {
      event.preventDefault();
      const ids = mark.dataset.claims?.split(" ") ?? [];
      // A second click on words of several claims goes on to the next of them.
      const at = ids.findIndex((id) => cardOf(id)?.getAttribute("aria-current") === "true");
      const id = ids[(at + 1) % ids.length];
      if (id) pick(id, "mark");
      return;
    }
    if (target.closest("[data-close-sheet]")) {
      closeSheet();
      return;
    }
    if (target.closest("[data-close-form]")) {
      target.closest("form")?.remove();
      return;
    }
    const summary = target.closest(".claim-card > summary");
    const card = summary?.closest<HTMLDetailsElement>(".claim-card");
    if (card?.dataset.claim && !card.open) {
      event.preventDefault();
      pick(card.dataset.claim, "card");
    }
    if (target.closest("[data-plain]")) {
      const button = target.closest<HTMLElement>("[data-plain]") as HTMLElement;
      const plain = root.classList.toggle("plain");
      button.setAttribute("aria-pressed", String(plain));
    }
  });
  document.addEventListener("click", (event) => {
    const target = event.target as HTMLElement;
    if (root.isConnected && !target.closest(".sheet, [data-claims], .drawer, dialog")) closeSheet();
  });
  root.addEventListener("foreshock:row", (event) => {
    const id = (event.target as HTMLElement).dataset.claim;
    if (id) pick(id, "card");
  });
  document.addEventListener("foreshock:close", () => {
    if (!root.isConnected) return;
    const form = root.querySelector("form.correct");
    if (form) form.remove();
    else closeSheet();
  });
  root.addEventListener("keydown", (event) => {
    const form = (event.target as HTMLElement).closest<HTMLFormElement>("form[data-correct]");
    if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      const why = form.elements.namedItem("why") as HTMLInputElement;
      if (why.value.trim()) form.requestSubmit(form.querySelector<HTMLButtonElement>("button.main"));
      else why.focus();
    }
  });
  document.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (!root.isConnected || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return;
    const act = event.key === "y" ? "right" : event.key === "n" ? "wrong" : "";
    const card = root.querySelector<HTMLElement>(".claim-card[aria-current=true]");
    if (!act || !card || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    card.querySelector<HTMLElement>(`[data-act=${act}]`)?.click();
    if (act === "wrong") card.querySelector<HTMLElement>(".wrong .quick button")?.focus();
  });

  // What is decided shows at once; the answer replaces the card, an error brings the old one back.
  const before = new WeakMap<HTMLElement, string>();
  root.addEventListener("htmx:beforeRequest", (event) => {
    const form = (event.target as HTMLElement).closest<HTMLElement>("form[data-verdict]");
    const card = form?.closest<HTMLElement>(".claim-card");
    const verdict = VERDICTS[form?.dataset.verdict ?? ""];
    if (!card || !verdict || form?.matches("[data-correct]")) return;
    before.set(card, card.className);
    card.classList.remove(...Object.values(VERDICTS));
    card.classList.add(verdict);
  });
  for (const failed of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    root.addEventListener(failed, (event) => {
      const card = (event.target as HTMLElement).closest<HTMLElement>(".claim-card");
      const old = card && before.get(card);
      if (card && old) card.className = old;
    });
  }
  root.addEventListener("htmx:afterSwap", () => settle());
  document.addEventListener("htmx:afterSettle", () => root.isConnected && settle());

  function settle(): void {
    for (const card of cards()) {
      const gone = card.dataset.state === "rejected";
      for (const mark of marksOf(card.dataset.claim ?? "")) {
        const all = mark.dataset.claims?.split(" ").every((id) => cardOf(id)?.dataset.state === "rejected") ?? false;
        mark.classList.toggle("gone", gone && all);
      }
    }
    // The answer is a new card: it is the one that was picked, and the keyboard goes on from it.
    const card = picked ? cardOf(picked) : null;
    if (card && !card.hasAttribute("aria-current")) {
      card.setAttribute("aria-current", "true");
      for (const mark of marksOf(picked)) mark.classList.add("picked");
      if (phone.matches) card.classList.add("sheet");
      else toCard(card);
      if (document.activeElement === document.body) {
        card.tabIndex = -1;
        card.focus({ preventScroll: true });
      }
    }
    const form = root.querySelector<HTMLFormElement>("form.correct:not([data-shown])");
    if (form) {
      form.dataset.shown = "";
      const wrong = form.querySelector("[role=alert]");
      (wrong ?? form).scrollIntoView({ block: "nearest" });
      form.querySelector<HTMLElement>("[name=what]")?.focus({ preventScroll: true });
    }
  }

  const asked = root.dataset.chosen ?? location.hash.slice(1);
  if (/^claim-[0-9a-f]+$/.test(asked) && cardOf(asked.slice(6))) {
    pick(asked.slice(6), "mark");
    marksOf(asked.slice(6))[0]?.scrollIntoView({ block: "center" });
  }
}
