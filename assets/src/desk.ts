// The desk's one entry: htmx for moves, the keyboard, what is new, and what a page asks for.
import "./tokens.css";
import "./base.css";
import htmx from "./htmx";
import "idiomorph/htmx";
import { startFeatures } from "./features";
import { listen } from "./keys";
import { follow } from "./live";
import { palette } from "./palette";

import.meta.glob("./screens/*.css", { eager: true });

const token = () => document.querySelector<HTMLMetaElement>("meta[name=csrf-token]")?.content ?? "";

document.addEventListener("htmx:configRequest", (event) => {
  (event as CustomEvent<{ headers: Record<string, string> }>).detail.headers["X-CSRF-Token"] = token();
});
// A form that says data-auto is sent when one of its fields changes.
document.addEventListener("change", (event) => {
  const form = (event.target as Element).closest<HTMLFormElement>("form[data-auto]");
  form?.requestSubmit();
});
document.addEventListener("foreshock:close", () => {
  document.getElementById("receipt")?.replaceChildren();
});
// An error of the server is shown where it can be read, not lost.
document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
  const told = new DOMParser().parseFromString(xhr.responseText, "text/html").querySelector(".fault");
  const drawer = document.getElementById("receipt");
  if (drawer && told) drawer.replaceChildren(document.importNode(told, true));
});
htmx.onLoad((element) => startFeatures(element.parentElement ?? document));
document.documentElement.classList.add("scripted");
startFeatures(document);
listen();
palette();
follow();
