// How the map looks, in the page's colours; nothing in it is fetched from elsewhere, and letters are drawn from the reader's own fonts.
import type { FeatureCollection } from "geojson";
import type { FilterSpecification, LayerSpecification, Map, StyleSpecification } from "maplibre-gl";

const NAMES = ["sea", "land", "coast", "border", "label", "halo", "area", "move"] as const;
export type Colours = Record<(typeof NAMES)[number], string>;
export type Sources = { countries: FeatureCollection; lines: FeatureCollection; labels: FeatureCollection; areas: FeatureCollection; moves: FeatureCollection };
const EXACT = ["site", "city", "admin2"];

// Which names fit at a zoom: larger countries first, none twice where a chip has it already.
export const named = (codes: string[]): FilterSpecification =>
  ["all", [">=", ["get", "size"], ["step", ["zoom"], 40, 2, 12, 3, 2, 4, 0.3, 5, 0.01, 6, 0]], ["!", ["in", ["get", "code"], ["literal", codes]]]] as never;

export function colours(element: HTMLElement): Colours {
  const told = getComputedStyle(element);
  return Object.fromEntries(NAMES.map((name) => [name, told.getPropertyValue(`--map-${name}`).trim()])) as Colours;
}

export function style(sources: Sources, is: Colours, fonts: string[]): StyleSpecification {
  const exact = ["in", ["get", "precision"], ["literal", EXACT]] as never;
  const vague = ["!", exact] as never;
  const lit = (on: number, off: number) => ["case", ["boolean", ["feature-state", "lit"], false], on, off] as never;
  const layers: LayerSpecification[] = [
    { id: "sea", type: "background", paint: { "background-color": is.sea } },
    { id: "land", type: "fill", source: "countries", paint: { "fill-color": is.land, "fill-antialias": false } },
    { id: "vague", type: "fill", source: "areas", filter: vague, paint: { "fill-color": is.area, "fill-opacity": lit(0.22, 0.08) } },
    { id: "hatched", type: "fill", source: "areas", filter: vague, paint: { "fill-pattern": "hatch", "fill-opacity": 0.5 } },
    { id: "coast", type: "line", source: "lines", filter: ["==", ["get", "kind"], "coast"], paint: { "line-color": is.coast, "line-width": 0.8 } },
    { id: "border", type: "line", source: "lines", filter: ["==", ["get", "kind"], "border"], paint: { "line-color": is.border, "line-width": 0.9 } },
    { id: "unagreed", type: "line", source: "lines", filter: ["==", ["get", "kind"], "unagreed"], paint: { "line-color": is.border, "line-width": 1, "line-dasharray": [3, 2.5] } },
    { id: "vague-edge", type: "line", source: "areas", filter: vague, paint: { "line-color": is.area, "line-width": lit(3, 1.4), "line-dasharray": [2.5, 1.6] } },
    { id: "exact", type: "fill", source: "areas", filter: exact, paint: { "fill-color": is.area, "fill-opacity": lit(0.45, 0.2) } },
    { id: "exact-edge", type: "line", source: "areas", filter: exact, paint: { "line-color": is.area, "line-width": lit(4, 1.8) } },
    { id: "moves", type: "line", source: "moves", paint: { "line-color": is.move, "line-width": 2, "line-dasharray": [1, 1] } },
    { id: "arrows", type: "symbol", source: "moves", layout: { "symbol-placement": "line", "symbol-spacing": 120, "icon-image": "arrow", "icon-allow-overlap": true, "icon-rotation-alignment": "map" } },
    {
      id: "labels", type: "symbol", source: "labels", filter: named([]),
      layout: {
        "text-field": ["get", "name"], "text-font": fonts, "text-size": ["interpolate", ["linear"], ["get", "size"], 1, 11, 200, 13, 1200, 15],
        "text-max-width": 7, "symbol-sort-key": ["-", 0, ["get", "size"]], "text-padding": 6,
      },
      paint: { "text-color": is.label, "text-halo-color": is.halo, "text-halo-width": 1.4 },
    },
  ];
  const data = (one: FeatureCollection) => ({ type: "geojson" as const, data: one });
  return {
    version: 8,
    sources: {
      countries: data(sources.countries), lines: data(sources.lines), labels: data(sources.labels), moves: data(sources.moves),
      areas: { ...data(sources.areas), promoteId: "key", tolerance: 0.05 },
    },
    layers,
  };
}

// Pictures of the style, made here: a hatch for what is somewhere within, an arrow for the way of a movement.
export function pictures(map: Map, is: Colours): void {
  for (const [name, size, has] of [
    ["hatch", 12, (x: number, y: number) => (x + y) % 12 < 2],
    ["arrow", 20, (x: number, y: number) => x >= 4 && x <= 16 && Math.abs(y - 9.5) <= (16 - x) * 0.55],
  ] as const) {
    const [red, green, blue] = rgb(name === "hatch" ? is.area : is.move);
    const data = new Uint8Array(size * size * 4);
    for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) if (has(x, y)) data.set([red, green, blue, 255], (y * size + x) * 4);
    if (map.hasImage(name)) map.removeImage(name);
    map.addImage(name, { width: size, height: size, data }, { pixelRatio: name === "hatch" ? 1 : 1.4 });
  }
}

function rgb(colour: string): [number, number, number] {
  const [, digits = "000000"] = /^#([0-9a-f]{6})$/i.exec(colour) ?? [];
  return [0, 2, 4].map((at) => parseInt(digits.slice(at, at + 2), 16)) as [number, number, number];
}
