// The slider of the day: it tells its day while it moves, and goes there when it rests. Without scripts the date field does the same.
const REST = 220; // milliseconds after which the slider is taken to rest

export function start(section: HTMLElement): void {
  let waiting: number | undefined;

  // The section may be morphed while it is used, so its parts are looked up each time.
  const day = () => section.querySelector<HTMLInputElement>("input[type=date]");
  section.addEventListener("input", (event) => {
    const at = event.target as HTMLInputElement;
    const field = day();
    if (!at.matches("[data-slide]") || !field) return;
    const moment = new Date(`${section.dataset.first}T00:00:00Z`);
    moment.setUTCDate(moment.getUTCDate() + Number(at.value));
    field.value = moment.toISOString().slice(0, 10);
    const told = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" }).format(moment);
    at.setAttribute("aria-valuetext", told);
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => field.form?.requestSubmit(), REST);
  });
  section.addEventListener("change", (event) => {
    const at = event.target as HTMLInputElement;
    if (at.matches("input[type=date]") && at.value && at.checkValidity()) at.form?.requestSubmit();
  });
}
