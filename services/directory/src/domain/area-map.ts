import type { AreaMap, GivenMap } from '@ddp/contracts/directory/area-maps';

type Map2D = AreaMap['map'];
type Geometry = Map2D['features'][number]['geometry'];
type Ring = number[][];

/** About ten metres: enough for a wall, and no more than it needs. */
const decimals = 4;
/** What a screen draws at once. */
const mostPoints = 60_000;

export type MapVerdict =
  | { map: Map2D }
  | {
      refusal: 'unknown-area' | 'twice' | 'no-shape' | 'off-the-globe' | 'too-many-points';
      /** Which of the features, from one. */
      at: number;
    };

/**
 * What is kept of a file: the shapes, made coarser, with the code and our own name of an area right
 * below; whatever else the file says of it, such as somebody's name, is dropped.
 */
export function decideMap(given: GivenMap, parts: ReadonlyMap<string, string>): MapVerdict {
  const features: Map2D['features'] = [];
  const known = new Set<string>();
  let points = 0;
  for (const [index, { properties, geometry: shape }] of given.features.entries()) {
    const at = index + 1;
    const code = codeOf(properties);
    const name = parts.get(code);
    if (name === undefined) return { refusal: 'unknown-area', at };
    if (known.has(code)) return { refusal: 'twice', at };
    known.add(code);
    if (!isOnGlobe(shape)) return { refusal: 'off-the-globe', at };
    const geometry = coarsen(shape);
    if (geometry === null) return { refusal: 'no-shape', at };
    points += countPoints(geometry);
    if (points > mostPoints) return { refusal: 'too-many-points', at };
    features.push({ type: 'Feature', properties: { code, name }, geometry });
  }
  return { map: { type: 'FeatureCollection', features } };
}

/** `adcode` is what files of Chinese divisions call it. */
function codeOf({ code, adcode }: Record<string, unknown>): string {
  const given = code ?? adcode;
  return typeof given === 'string' || typeof given === 'number' ? String(given) : '';
}

const polygonsOf = (shape: Geometry): Ring[][] =>
  shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates;

function isOnGlobe(shape: Geometry): boolean {
  return polygonsOf(shape)
    .flat(2)
    .every(([longitude = 999, latitude = 999]) => {
      return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;
    });
}

function countPoints(shape: Geometry): number {
  return polygonsOf(shape)
    .flat()
    .reduce((sum, ring) => sum + ring.length, 0);
}

/** Rings with fewer points; what has no extent any more is left out. Null where nothing is left. */
function coarsen(shape: Geometry): Geometry | null {
  const polygons = polygonsOf(shape).flatMap((rings) => {
    const [outer, ...holes] = rings.map(coarsenRing);
    if (!outer) return [];
    return [[outer, ...holes.filter((ring) => ring !== null)]];
  });
  const [only, ...more] = polygons;
  if (!only) return null;
  return more.length === 0
    ? { type: 'Polygon', coordinates: only }
    : { type: 'MultiPolygon', coordinates: polygons };
}

function coarsenRing(ring: Ring): Ring | null {
  const kept: Ring = [];
  for (const [longitude = 0, latitude = 0] of ring) {
    const point = [round(longitude), round(latitude)];
    const last = kept.at(-1);
    if (last?.[0] !== point[0] || last?.[1] !== point[1]) kept.push(point);
  }
  const [first] = kept;
  const last = kept.at(-1);
  if (!first || !last) return null;
  if (first[0] !== last[0] || first[1] !== last[1]) kept.push([...first]);
  return kept.length < 4 ? null : kept;
}

const round = (degrees: number): number => Number(degrees.toFixed(decimals));
