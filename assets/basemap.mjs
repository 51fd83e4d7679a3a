// The basemap, made once when the assets are built: Natural Earth (public domain) by way of world-atlas, as plain GeoJSON.
//
// world-atlas holds shapes on the sphere: Russia, Fiji and Antarctica run over the antimeridian, and read as plain longitudes they
// become bands around the world. So everything is projected onto a plate carrée first, which cuts at the antimeridian and closes
// Antarctica along the pole. Outlines are drawn from lines of their own, never from the edges of polygons, so no cut is seen.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { geoEquirectangular } from "d3-geo";
import { geoProject } from "d3-geo-projection";
import { feature, mesh } from "topojson-client";

const SOURCE = new URL("./node_modules/world-atlas/countries-50m.json", import.meta.url);
const OUT = new URL("./basemap/", import.meta.url);
const TOLERANCE = 0.02; // degrees: about 2 km, finer than the source, which is made for 1 : 50 million
const DIGITS = 2;
// Natural Earth gives these areas no ISO 3166 number.
const CODES = { Kosovo: "XK" };
// Dashed: along at least a part of it the two sides agree on no boundary. Natural Earth draws who is there, and so do we; a dash says
// that this is no judgement. An area without a code of its own is named as Natural Earth names it.
const UNAGREED = [
  "AM AZ", "CN IN", "CN BT", "CO VE", "CY N. Cyprus", "EG SD", "EH DZ", "EH MA", "EH MR", "ER ET", "GE RU", "GY VE", "GY SR", "IL LB", "IL PS",
  "IL SY", "IN PK", "IN Siachen Glacier", "CN Siachen Glacier", "PK Siachen Glacier", "JO PS", "EG PS", "KE SS", "KG TJ", "KP KR", "RS XK", "AL XK",
  "MK XK", "ME XK", "RU UA", "SD SS", "SO Somaliland", "DJ Somaliland", "ET Somaliland", "KH TH", "CF SS", "CF SD",
].map((pair) => pair.split(/ (.*)/).slice(0, 2).sort().join("|"));

// Latitudes run downwards here, as on a screen: geoProject tells outer rings from holes by that.
const plate = geoEquirectangular().scale(180 / Math.PI).translate([0, 0]).precision(0);
// ISO 3166 numbers are regions of Unicode, and their canonical form is the code of two letters: "398" is "KZ".
const codeOf = (shape) => (shape.id ? new Intl.Locale(`und-${shape.id}`).region : CODES[shape.properties.name]) ?? null;
const keyOf = (shape) => codeOf(shape) ?? shape.properties.name;
const rounded = (part) => (typeof part === "number" ? +part.toFixed(DIGITS) : part.map(rounded));
const upright = (part) => (typeof part[0] === "number" ? [part[0], -part[1]] : part.map(upright));
const onPlane = (shape) => {
  const { type, coordinates } = geoProject(shape, plate).geometry;
  return type.startsWith("Multi") ? upright(coordinates) : [upright(coordinates)];
};

// Douglas and Peucker (1973), along arcs that neighbours share, so that no gap opens between them.
function simplified(arc) {
  const kept = new Set([0, arc.length - 1]);
  const open = [[0, arc.length - 1]];
  while (open.length) {
    const [first, last] = open.pop();
    const [x, y] = arc[first];
    const [dx, dy] = [arc[last][0] - x, arc[last][1] - y];
    const squeeze = Math.cos((y * Math.PI) / 180);
    let [most, at] = [TOLERANCE, -1];
    for (let i = first + 1; i < last; i++) {
      const [px, py] = [arc[i][0] - x, arc[i][1] - y];
      const along = dx || dy ? Math.max(0, Math.min(1, (px * dx + py * dy) / (dx * dx + dy * dy))) : 0;
      const away = Math.hypot((px - along * dx) * squeeze, py - along * dy);
      if (away > most) [most, at] = [away, i];
    }
    if (at > 0) {
      kept.add(at);
      open.push([first, at], [at, last]);
    }
  }
  const closed = arc.at(0).every((value, i) => value === arc.at(-1)[i]);
  return closed && kept.size < 4 ? arc : arc.filter((_, i) => kept.has(i));
}

function unpacked(world) {
  const { scale, translate } = world.transform;
  const arcs = world.arcs.map((arc) => {
    const at = [0, 0];
    return simplified(arc.map((step) => step.slice(0, 2).map((value, i) => (at[i] += value) * scale[i] + translate[i])));
  });
  return { ...world, transform: undefined, arcs };
}

const turn = (ring) => ring.reduce((sum, [x, y], i) => sum + (i ? ring[i - 1][0] * y - x * ring[i - 1][1] : 0), 0) / 2;
const areaOf = (ring) => Math.abs(turn(ring));
// Rounding may leave a ring without an area. Outer rings run counterclockwise, holes clockwise (RFC 7946).
function whole(polygon) {
  const rings = polygon.map((ring, n) => {
    const some = rounded(ring).filter(([x, y], i, all) => i === 0 || x !== all[i - 1][0] || y !== all[i - 1][1]);
    if (some.length < 4 || areaOf(some) === 0) return null;
    return turn(some) > 0 === (n === 0) ? some : some.reverse();
  });
  return rings[0] ? rings.filter(Boolean) : null;
}

// A polygon all around the world is two: so nothing spans more than half of it.
function halved(polygon) {
  const xs = polygon[0].map(([x]) => x);
  if (Math.max(...xs) - Math.min(...xs) <= 180) return [polygon];
  return [-1, 1].map((side) => polygon.map((ring) => cut(ring, side)).filter((ring) => ring.length >= 4));
}

function cut(ring, side) {
  const found = [];
  for (let i = 0; i + 1 < ring.length; i++) {
    const [[x, y], [nx, ny]] = [ring[i], ring[i + 1]];
    if (x * side >= 0) found.push([x, y]);
    if (x * nx < 0) found.push([0, y + ((ny - y) * -x) / (nx - x)]);
  }
  if (found.length) found.push(found[0]);
  return found;
}

const spread = ([ring]) => {
  const ys = ring.map(([, y]) => y);
  return areaOf(ring) * Math.cos(((Math.min(...ys) + Math.max(...ys)) * Math.PI) / 360);
};

// Where a name stands: the point of a grid that is farthest from the outline of the largest part.
function middle([ring, ...holes]) {
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  const [left, low, right, top] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  const squeeze = Math.cos((((low + top) / 2) * Math.PI) / 180);
  let [best, most] = [[(left + right) / 2, (low + top) / 2], -1];
  for (let i = 1; i < 24; i++)
    for (let j = 1; j < 24; j++) {
      const [x, y] = [left + ((right - left) * i) / 24, low + ((top - low) * j) / 24];
      let [inside, least] = [false, Infinity];
      for (const line of [ring, ...holes])
        for (let n = 1; n < line.length; n++) {
          const [[ax, ay], [bx, by]] = [line[n - 1], line[n]];
          if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
          least = Math.min(least, Math.hypot((ax - x) * squeeze, ay - y));
        }
      if (inside && least > most) [best, most] = [[x, y], least];
    }
  return best;
}

function countries(world) {
  const found = new Map();
  for (const shape of feature(world, world.objects.countries).features) {
    const parts = onPlane(shape).flatMap(halved).map(whole).filter(Boolean);
    const before = found.get(keyOf(shape));
    const largest = Math.max(0, ...parts.map(spread));
    if (!before || largest > before.largest) found.set(keyOf(shape), { code: codeOf(shape), name: shape.properties.name, largest, parts: [...parts, ...(before?.parts ?? [])] });
    else before.parts.push(...parts);
  }
  return [...found.values()].filter(({ parts }) => parts.length).map(({ code, name, parts }) => {
    const largest = parts.reduce((one, other) => (spread(other) > spread(one) ? other : one));
    const size = +parts.reduce((sum, part) => sum + spread(part), 0).toFixed(2);
    return { type: "Feature", properties: { code, name, label: rounded(middle(largest)), size }, geometry: { type: "MultiPolygon", coordinates: parts } };
  });
}

function lines(world) {
  const unagreed = (one, other) => UNAGREED.includes([keyOf(one), keyOf(other)].sort().join("|"));
  const drawn = {
    coast: (one, other) => one === other,
    border: (one, other) => one !== other && !unagreed(one, other),
    unagreed: (one, other) => one !== other && unagreed(one, other),
  };
  return Object.entries(drawn).map(([kind, chosen]) => {
    const coordinates = rounded(onPlane({ type: "Feature", properties: {}, geometry: mesh(world, world.objects.countries, chosen) }));
    return { type: "Feature", properties: { kind }, geometry: { type: "MultiLineString", coordinates } };
  });
}

const world = unpacked(JSON.parse(readFileSync(SOURCE, "utf8")));
mkdirSync(OUT, { recursive: true });
for (const [name, features] of Object.entries({ countries: countries(world), lines: lines(world) }))
  writeFileSync(fileURLToPath(new URL(`${name}.json`, OUT)), JSON.stringify({ type: "FeatureCollection", features }));
