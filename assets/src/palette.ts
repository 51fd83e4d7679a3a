// Ctrl-K: go to any screen, crisis or row of this page by typing a part of its name.
import { moveTo } from "./keys";

type Place = { name: string; go: () => void };

function places(): Place[] {
  const links = [...document.querySelectorAll<HTMLAnchorElement>("nav.tabs a, [data-place]")].map((one) => ({
    name: one.textContent?.trim() ?? "",
    go: () => one.click(),
  }));
  const crises = [...document.querySelectorAll<HTMLOptionElement>("#crisis option")].map((one) => ({
    name: one.textContent?.trim() ?? "",
    go: () => {
      one.selected = true;
      one.closest("form")?.requestSubmit();
    },
  }));
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")].map((one) => ({
    name: one.dataset.row || (one.textContent ?? "").replace(/\s+/g, " ").trim().slice(0, 120),
    go: () => moveTo(one),
  }));
  return [...links, ...crises, ...rows];
}

function fill(list: HTMLElement, found: Place[], dialog: HTMLDialogElement): void {
  list.replaceChildren(
    ...found.slice(0, 12).map((place, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = place.name;
      button.setAttribute("role", "option");
      button.setAttribute("aria-selected", String(at === 0));
      button.addEventListener("click", () => {
        dialog.close();
        place.go();
      });
      return button;
    }),
  );
}

export function palette(): void {
  document.addEventListener("foreshock:palette", () => {
    const dialog = document.querySelector<HTMLDialogElement>("#palette");
    if (!dialog || dialog.open) return;
    const all = places();
    const input = document.createElement("input");
    input.type = "search";
    input.setAttribute("aria-label", dialog.getAttribute("aria-label") ?? "");
    const list = document.createElement("div");
    list.setAttribute("role", "listbox");
    dialog.replaceChildren(input, list);
    const search = () => {
      const words = input.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
      fill(list, all.filter((one) => words.every((word) => one.name.toLocaleLowerCase().includes(word))), dialog);
    };
    input.addEventListener("input", search);
    dialog.onkeydown = (event) => {
      const options = [...list.querySelectorAll<HTMLElement>("[role=option]")];
      const at = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
      if (event.key === "Enter") options[at]?.click();
      else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        const next = options[Math.min(Math.max(at + (event.key === "ArrowDown" ? 1 : -1), 0), options.length - 1)];
        options[at]?.setAttribute("aria-selected", "false");
        next?.setAttribute("aria-selected", "true");
        next?.scrollIntoView({ block: "nearest" });
      } else return;
      event.preventDefault();
    };
    search();
    dialog.showModal();
    input.focus();
  });
}
