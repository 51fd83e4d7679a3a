// What stands at a place, said on the map: its name, and for each sort its shape and how many. Chips that would cover each other are
// one, which says how many places it stands for; those of a country or province may move aside, since they stand for no point.
import { Marker, type Map } from "maplibre-gl";
import type { Mark, Place, Position, Told } from "./data";

export type Chip = { places: Place[]; marks: Mark[]; at: Position };
type Box = { left: number; top: number; right: number; bottom: number };
const HEIGHT = 28;
const SORTS = 3; // that fit into a chip
const ASIDE = [0, -32, 32, -64, 64, -96, 96];
const STRENGTH = ["denied", "not_done", "contested", "told", "confirmed"];

const vague = (place: Place): boolean => ["admin1", "country"].includes(place.properties.precision);
const drawing = <Name extends keyof SVGElementTagNameMap>(name: Name, told: Record<string, string>): SVGElementTagNameMap[Name] => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(told)) made.setAttribute(key, value);
  return made;
};

export function shape(name: string, group: string, standing: string): SVGElement {
  const made = drawing("svg", { class: `shape g-${group} st-${standing}`, width: "16", height: "16", viewBox: "-10 -10 20 20", "aria-hidden": "true" });
  made.append(drawing("use", { href: `#m-${name}`, x: "-10", y: "-10", width: "20", height: "20" }));
  if (standing === "denied") made.append(drawing("path", { class: "strike", d: "M-9 9 9-9" }));
  return made;
}

// Marks by sort, the most numerous first, each with the firmest standing that one of them has.
export function sorts(marks: Mark[]): { group: string; count: number; standing: string }[] {
  const found = new globalThis.Map<string, { group: string; count: number; standing: string }>();
  for (const [, , group, standing] of marks) {
    const one = found.get(group) ?? { group, count: 0, standing };
    one.count += 1;
    if (STRENGTH.indexOf(standing) > STRENGTH.indexOf(one.standing)) one.standing = standing;
    found.set(group, one);
  }
  return [...found.values()].sort((one, other) => other.count - one.count);
}

export class Chips {
  private markers: Marker[] = [];

  constructor(private map: Map, private host: HTMLElement, private choose: (chip: Chip) => void, private light: (keys: string[]) => void) {}

  // Draw chips anew: the largest first, so that it stays where it is.
  draw(chips: Chip[], told: Told): void {
    for (const one of this.markers) one.remove();
    this.markers = [];
    const placed: { box: Box; chip: Chip; aside: number }[] = [];
    const meets = (one: Box, other: Box) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
    for (const chip of [...chips].sort((one, other) => Number(one.places.some(vague)) - Number(other.places.some(vague)) || other.marks.length - one.marks.length)) {
      const free = (chip.places.every(vague) ? ASIDE : [this.lift(chip)]).find((aside) => !placed.some(({ box }) => meets(box, this.box(chip, aside))));
      if (free !== undefined) placed.push({ box: this.box(chip, free), chip: { ...chip }, aside: free });
      else {
        const own = this.box(chip, this.lift(chip));
        const into = placed.find(({ box }) => meets(box, own)) ?? placed[0];
        if (!into) continue;
        into.chip.places = [...into.chip.places, ...chip.places];
        into.chip.marks = [...into.chip.marks, ...chip.marks];
        into.box = this.box(into.chip, into.aside);
      }
    }
    for (const { chip, aside } of placed) {
      const marker = new Marker({ element: this.element(chip, told), anchor: "center", offset: [0, aside] }).setLngLat(chip.at);
      this.markers.push(marker.addTo(this.map));
    }
  }

  // A chip stands over its area while that is small, so that it does not hide how large it is.
  private lift({ places: [place], at }: Chip): number {
    const shape = place?.geometry;
    if (shape?.type !== "Polygon") return 0;
    const top = Math.max(...(shape.coordinates[0] ?? []).map(([, y]) => y ?? -90));
    const radius = this.map.project(at).y - this.map.project([at[0], top]).y;
    return radius > 3 && radius < 60 ? -Math.round(radius + HEIGHT / 2 + 3) : 0;
  }

  private name(chip: Chip): string {
    const [first] = chip.places;
    if (!first) return "";
    if (chip.places.length > 1) return (this.host.dataset.merged ?? "{place} {n}").replace("{place}", first.properties.name).replace("{n}", String(chip.places.length - 1));
    return vague(first) ? (this.host.dataset.somewhere ?? "{place}").replace("{place}", first.properties.name) : first.properties.name;
  }

  private box(chip: Chip, aside: number): Box {
    const { x, y } = this.map.project(chip.at);
    const letters = [...this.name(chip)].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e80 ? 13 : 7), 0);
    const wide = 22 + letters + Math.min(sorts(chip.marks).length, SORTS + 1) * 34;
    return { left: x - wide / 2, right: x + wide / 2, top: y + aside - HEIGHT / 2, bottom: y + aside + HEIGHT / 2 };
  }

  private element(chip: Chip, told: Told): HTMLElement {
    const made = document.createElement("button");
    made.type = "button";
    made.tabIndex = -1; // the table's rows lead to each place by key
    made.className = `chip${chip.places.some(vague) ? " vague" : ""}${chip.places.length > 1 ? " merged" : ""}`;
    const called = made.appendChild(document.createElement("bdi"));
    called.textContent = this.name(chip);
    const all = sorts(chip.marks);
    for (const { group, count, standing } of all.slice(0, SORTS)) {
      const token = made.appendChild(document.createElement("span"));
      token.append(shape(told.groups[group]?.shape ?? "dot", group, standing), String(count));
    }
    const rest = all.slice(SORTS).reduce((sum, { count }) => sum + count, 0);
    if (rest) made.appendChild(document.createElement("span")).textContent = `+${rest}`;
    const said = all.map(({ group, count }) => `${told.groups[group]?.heading ?? group}: ${count}`);
    const [only] = chip.places.length === 1 ? chip.places : [];
    made.title = [this.name(chip), ...(only ? [only.properties.note] : chip.places.map((one) => one.properties.name)), ...said].join("\n");
    made.setAttribute("aria-label", made.title.replaceAll("\n", "; "));
    const keys = chip.places.map((one) => one.id);
    for (const event of ["mouseenter", "focus"]) made.addEventListener(event, () => this.light(keys));
    for (const event of ["mouseleave", "blur"]) made.addEventListener(event, () => this.light([]));
    made.addEventListener("click", (event) => {
      event.stopPropagation();
      this.choose(chip);
    });
    return made;
  }
}
