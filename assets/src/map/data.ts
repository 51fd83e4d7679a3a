// What the map shows: the server's places, and what of them fits the form beside the map.
import type { Feature, FeatureCollection, Geometry, LineString, MultiLineString, MultiPolygon, Polygon } from "geojson";

// [id, sort, group, standing, first, last]; a null day is an open end, two are no time at all.
export type Mark = [string, string, string, string, string | null, string | null];
export type Position = [number, number];
export type Place = {
  id: string;
  geometry: Polygon | MultiPolygon | null;
  properties: { name: string; precision: string; note: string; middle: Position | null; outline: string | null; marks: Mark[] };
};
export type Movement = { id: string; geometry: LineString | MultiLineString; properties: { title: string; from: string; to: string; mark: Mark } };
export type Told = {
  features: Place[];
  movements: Movement[];
  groups: Record<string, { heading: string; shape: string }>;
  standings: Record<string, string>;
};
export type Country = Feature<MultiPolygon, { code: string | null; name: string; label: Position; size: number }>;
export type Chosen = { first: string; last: string; groups: Set<string>; place: string };

export const form = (): HTMLFormElement | null => document.querySelector<HTMLFormElement>("#map-filter");

export function chosen(): Chosen {
  const told = new FormData(form() ?? undefined);
  const word = (name: string) => String(told.get(name) ?? "");
  const groups = new Set(told.getAll("group").map(String));
  return { first: word("from"), last: word("to"), groups, place: word("place") };
}

export function fits([, , group, , first, last]: Mark, asked: Chosen): boolean {
  if (asked.groups.size && !asked.groups.has(group)) return false;
  if (!asked.first && !asked.last) return true;
  return (first !== null || last !== null) && (last ?? "9999") >= asked.first && (first ?? "") <= (asked.last || "9999");
}

let mark: string | null = null;
let kept: Told | null = null;

// The places of the scope; what has not changed is not sent again.
export async function places(address: string): Promise<Told> {
  const answer = await fetch(address, { headers: { Accept: "application/json", ...(mark && kept ? { "If-None-Match": mark } : {}) } });
  if (answer.status === 304 && kept) return kept;
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  mark = answer.headers.get("ETag");
  kept = (await answer.json()) as Told;
  return kept;
}

export async function basemap(address: string): Promise<FeatureCollection> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return (await answer.json()) as FeatureCollection;
}

// West, south, east and north of shapes; those on both sides of the antimeridian are taken together there.
export function bounds(shapes: Geometry[]): [Position, Position] | null {
  const points = shapes.flatMap((shape) => ("coordinates" in shape ? (shape.coordinates as unknown[]).flat(shape.type === "MultiPolygon" ? 2 : 1) : [])) as Position[];
  const [first] = points;
  if (!first) return null;
  const span = (turn: (x: number) => number): [number, number] =>
    points.reduce(([low, high], [x]) => [Math.min(low, turn(x)), Math.max(high, turn(x))], [Infinity, -Infinity]);
  const [plain, turned] = [span((x) => x), span((x) => (x < 0 ? x + 360 : x))];
  const [west, east] = plain[1] - plain[0] <= turned[1] - turned[0] ? plain : turned;
  const [south, north] = points.reduce(([low, high], [, y]) => [Math.min(low, y), Math.max(high, y)], [90, -90]);
  return [[west, Math.max(south, -84)], [east, Math.min(north, 84)]];
}
