// The map of the picture: areas as large as what was told leaves them open, chips that say what stands there, one form for map,
// timeline and table. Everything that it shows stands in the table too, which works without it.
import "maplibre-gl/dist/maplibre-gl.css";
import type { Feature, FeatureCollection } from "geojson";
import { type GeoJSONSource, Map, NavigationControl, ScaleControl, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import countriesUrl from "../../basemap/countries.json?url";
import linesUrl from "../../basemap/lines.json?url";
import htmx from "../htmx";
import { basemap, bounds, chosen, type Country, fits, form, type Place, places, type Position, type Told } from "../map/data";
import { type Chip, Chips } from "../map/chips";
import { colours, named, pictures, type Sources, style } from "../map/style";

setWorkerUrl(workerUrl);
const PAD = 48;
const MOST = 0.85; // of all marks are in view at first
const still = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;
const collection = (features: Feature[]): FeatureCollection => ({ type: "FeatureCollection", features });

class Picture {
  private told: Told | null = null;
  private lit: string[] = [];
  private chips: Chips;
  private sources: Sources;
  private countries: globalThis.Map<string, Country>;

  constructor(private host: HTMLElement, private map: Map, countries: FeatureCollection, lines: FeatureCollection) {
    const known = countries.features as Country[];
    this.countries = new globalThis.Map(known.flatMap((one) => (one.properties.code ? [[one.properties.code, one] as const] : [])));
    const names = new Intl.DisplayNames([host.dataset.language ?? "en"], { type: "region", fallback: "none" });
    const labels = known.map(({ properties: { code, name, label, size } }): Feature => ({
      type: "Feature", properties: { code, size, name: (code && names.of(code)) || name }, geometry: { type: "Point", coordinates: label },
    }));
    this.sources = { countries, lines, labels: collection(labels), areas: collection([]), moves: collection([]) };
    this.chips = new Chips(map, host, (chip) => this.choose(chip), (keys) => this.light(keys));
    map.on("styleimagemissing", () => pictures(map, colours(host)));
    map.on("moveend", () => this.label());
    map.on("click", (event) => {
      const [hit] = map.queryRenderedFeatures(event.point, { layers: ["exact", "vague"] });
      if (hit) this.narrow(String(hit.properties.key));
    });
    this.dress();
  }

  dress(): void {
    const is = colours(this.host);
    pictures(this.map, is);
    this.map.setStyle(style(this.sources, is, ["Noto Sans", "sans-serif"]), { validate: false });
  }

  async read(): Promise<void> {
    this.told = await places(this.host.dataset.src ?? "");
    this.show();
  }

  // Areas and movements that have something in the window; a country is its own outline.
  show(): void {
    if (!this.told) return;
    const asked = chosen();
    const areas = this.shown().map((one): Feature => ({
      type: "Feature", properties: { key: one.id, precision: one.properties.precision }, geometry: this.geometry(one) as never,
    }));
    const moves = this.told.movements.filter((one) => fits(one.properties.mark, asked)).map((one): Feature => ({ type: "Feature", properties: { title: one.properties.title }, geometry: one.geometry }));
    this.sources = { ...this.sources, areas: collection(areas), moves: collection(moves) };
    for (const name of ["areas", "moves"] as const) (this.map.getSource(name) as GeoJSONSource | undefined)?.setData(this.sources[name]);
    this.label();
  }

  // All that is drawn, or most of it: a place that one report names far away does not make the rest small.
  fit(share = 1): void {
    const all = this.shown().sort((one, other) => other.properties.marks.length - one.properties.marks.length);
    let left = share * all.reduce((sum, one) => sum + one.properties.marks.length, 0);
    const some = all.filter((one) => {
      const wanted = left > 0;
      left -= one.properties.marks.length;
      return wanted;
    });
    const found = bounds(some.map((one) => this.geometry(one)).filter((one) => one !== null));
    if (found) this.map.fitBounds(found, { padding: this.map.getContainer().clientWidth < 500 ? PAD / 2 : PAD, maxZoom: 7, animate: !still() });
  }

  light(keys: string[]): void {
    for (const [some, lit] of [[this.lit, false], [keys, true]] as const)
      for (const id of some) if (this.map.getSource("areas")) this.map.setFeatureState({ source: "areas", id }, { lit });
    this.lit = keys;
  }

  // A row of the table is looked at: light its place up, and bring it into view.
  point(key: string): void {
    this.light(key ? [key] : []);
    const place = this.told?.features.find((one) => one.id === key);
    const middle = place && this.middle(place);
    if (middle && !this.map.getBounds().contains(middle)) this.map.easeTo({ center: middle, duration: still() ? 0 : 400 });
  }

  private shown(): Place[] {
    const asked = chosen();
    return (this.told?.features ?? [])
      .map((one) => ({ ...one, properties: { ...one.properties, marks: one.properties.marks.filter((mark) => fits(mark, asked)) } }))
      .filter((one) => one.properties.marks.length && this.geometry(one) && (!asked.place || one.id === asked.place));
  }

  private geometry(place: Place): Place["geometry"] {
    return place.geometry ?? this.countries.get(place.properties.outline ?? "")?.geometry ?? null;
  }

  private middle(place: Place): Position | null {
    return place.properties.middle ?? this.countries.get(place.properties.outline ?? "")?.properties.label ?? null;
  }

  private label(): void {
    if (!this.told) return;
    const chips = this.shown().flatMap((one): Chip[] => {
      const at = this.middle(one);
      return at ? [{ places: [one], marks: one.properties.marks, at }] : [];
    });
    this.chips.draw(chips, this.told);
    const codes = chips.flatMap((one) => one.places.map((place) => place.properties.outline ?? ""));
    if (this.map.getLayer("labels")) this.map.setFilter("labels", named(codes));
  }

  private choose(chip: Chip): void {
    const [only] = chip.places;
    if (chip.places.length > 1) {
      const found = bounds(chip.places.map((one) => this.geometry(one)).filter((one) => one !== null));
      if (found && this.map.getZoom() < this.map.getMaxZoom() - 0.5) this.map.fitBounds(found, { padding: PAD * 2, animate: !still() });
      else if (only) this.narrow(only.id);
    } else if (only && only.properties.marks.length === 1) this.receipt(only);
    else if (only) this.narrow(only.id);
  }

  private receipt(place: Place): void {
    const [mark] = place.properties.marks;
    const address = new URL(this.host.dataset.receipts ?? "/receipts", location.href);
    if (!mark) return;
    address.pathname += `/${mark[1]}/${encodeURIComponent(mark[0])}`;
    void htmx.ajax("get", address.pathname + address.search, { target: "#receipt", swap: "innerHTML" });
  }

  // Only what is told of one place; the table says which.
  private narrow(key: string): void {
    const field = form()?.elements.namedItem("place");
    if (!(field instanceof HTMLInputElement)) return;
    field.value = field.value === key ? "" : key;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function controls(host: HTMLElement, map: Map, fit: () => void): void {
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({ unit: "metric" }), "bottom-left");
  const group = document.createElement("div");
  group.className = "maplibregl-ctrl maplibregl-ctrl-group";
  const button = group.appendChild(document.createElement("button"));
  button.type = "button";
  button.className = "fit";
  button.title = host.dataset.fit ?? "";
  button.setAttribute("aria-label", button.title);
  button.addEventListener("click", fit);
  map.addControl({ onAdd: () => group, onRemove: () => group.remove() }, "top-right");
}

function listen(host: HTMLElement, box: HTMLElement, picture: Picture): void {
  document.addEventListener("change", (event) => {
    if ((event.target as Element).closest("#map-filter")) picture.show();
  });
  for (const name of ["foreshock:row", "focusin", "mouseover"])
    document.addEventListener(name, (event) => {
      const row = (event.target as Element).closest<HTMLElement>("#map-table [data-at]");
      if (row) picture.point(row.dataset.at ?? "");
    });
  // An address says only what is out of the ordinary.
  document.addEventListener("htmx:configRequest", (event) => {
    const { elt, parameters } = (event as CustomEvent<{ elt: Element; parameters: FormData }>).detail;
    if (elt.id !== "map-filter") return;
    const sorts = [...elt.querySelectorAll<HTMLInputElement>("[name=group]")];
    if (sorts.every((one) => one.checked === "usual" in one.dataset)) parameters.delete("group");
    for (const [name, value] of [...parameters.entries()]) if (value === "") parameters.delete(name);
  });
  document.addEventListener("click", (event) => {
    const field = form()?.elements.namedItem("place");
    if (!(event.target as Element).closest("[data-everywhere]") || !(field instanceof HTMLInputElement)) return;
    event.preventDefault();
    field.value = "";
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => picture.dress());
  // A page that is made again has an empty host: the map moves back in, and reads what is new.
  new MutationObserver(() => {
    if (box.parentElement === host) return;
    host.append(box);
    void picture.read();
  }).observe(host, { childList: true });
  new MutationObserver(() => void picture.read()).observe(host, { attributeFilter: ["data-src"] });
}

export async function start(host: HTMLElement): Promise<void> {
  const box = document.createElement("div");
  box.className = "map-box";
  host.replaceChildren(box);
  try {
    const map = new Map({
      container: box, center: [68, 45], zoom: 2, maxZoom: 9, maxPitch: 0, dragRotate: false, pitchWithRotate: false, touchPitch: false,
      attributionControl: false, cooperativeGestures: true, style: { version: 8, sources: {}, layers: [] },
      locale: {
        "Map.Title": host.getAttribute("aria-label") ?? "", "NavigationControl.ZoomIn": host.dataset.zoomIn ?? "", "NavigationControl.ZoomOut": host.dataset.zoomOut ?? "",
        "CooperativeGesturesHandler.WindowsHelpText": host.dataset.ctrl ?? "", "CooperativeGesturesHandler.MacHelpText": host.dataset.command ?? "",
        "CooperativeGesturesHandler.MobileHelpText": host.dataset.fingers ?? "",
      },
    });
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    const [countries, lines] = await Promise.all([basemap(countriesUrl), basemap(linesUrl)]);
    const picture = new Picture(host, map, countries, lines);
    await picture.read();
    controls(host, map, () => picture.fit());
    listen(host, box, picture);
    map.once("idle", () => host.setAttribute("data-ready", ""));
    picture.fit(MOST);
  } catch (error) {
    console.error(error);
    host.replaceChildren(host.dataset.failed ?? "");
    host.classList.add("failed");
  }
}
