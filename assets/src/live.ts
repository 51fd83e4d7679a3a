// What is new shows up without a reload: pages that say data-follow are fetched again and morphed in place, so that focus, scroll and
// open receipts stay; others offer a button. Nothing moves under somebody who types or looks at an earlier day.
import htmx from "./htmx";

const OWN = 4000; // milliseconds within which what is new is one's own decision
const main = () => document.getElementById("main") as HTMLElement;

function busy(): boolean {
  const at = document.activeElement;
  return at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement;
}

function refresh(): void {
  void htmx.ajax("get", location.pathname + location.search, { target: "#main", select: "#main", swap: "morph:outerHTML" });
}

export function follow(): void {
  const offer = document.querySelector<HTMLElement>("[data-live]");
  const button = offer?.querySelector<HTMLButtonElement>("[data-live-show]");
  if (!offer || !button || new URLSearchParams(location.search).get("as_of")) return;
  let waiting: number | undefined;
  let again: number | undefined;
  const follows = () => main().hasAttribute("data-follow") && !busy();
  const source = new EventSource("/live");
  // What somebody just decided here is on the page already.
  let decided = 0;
  document.addEventListener("foreshock:judged", () => (decided = Date.now()));
  source.addEventListener("grown", () => {
    if (Date.now() - decided < OWN && !main().hasAttribute("data-follow")) return;
    document.dispatchEvent(new CustomEvent("foreshock:grown"));
    window.clearTimeout(waiting);
    window.clearTimeout(again);
    // The picture is made behind the page: a moment later it is there, and what rests between two makings somewhat later.
    again = window.setTimeout(() => follows() && refresh(), 12_000);
    waiting = window.setTimeout(() => {
      if (follows()) refresh();
      else {
        button.textContent = button.dataset.text ?? button.textContent;
        offer.hidden = false;
      }
    }, 1200);
  });
  button.addEventListener("click", () => {
    offer.hidden = true;
    refresh();
  });
  window.addEventListener("pagehide", () => source.close());
}
