// The curve of an arc, in deck.gl's common space (a 512-unit Web Mercator world). It rises as high and leans as far as
// pydeck's ArcLayer with the same height and tilt, but as a parabola: a half ellipse hooks at its ends when it leans.
// layers/glsl.ts holds its twin.

export interface ArcShape { height: number; tilt: number }
/** What deck.py says too; taken where a specification says nothing. */
export const DEFAULT_SHAPE: ArcShape = {height: 0.4, tilt: 30};
export type Vec3 = [number, number, number];

/** Share of the first arc's height by which each further one between the same two places rises: none hides another. */
export const LANE_RISE = 0.6;

/**
 * The shape of an arc by its bow (geo/scene/bows.py): its sign is the side, + for the left of travel, and its size less 1
 * the lane.
 */
export const bowed = ({height, tilt}: ArcShape, bow: number): ArcShape => (
  {height: height * (1 + LANE_RISE * (Math.abs(bow) - 1)), tilt: bow < 0 ? -tilt : tilt});

/** Share of its width that an arc begins with, and share of its length after which it has all of it. */
export const TAPER_FROM = 0.35, TAPER_SHARE = 0.3;
/** px of the arrow's head: its least length, its length in widths of the arc, and how far it stands out on either side. */
export const HEAD_LEAST = 10, HEAD_WIDTHS = 0.8, BARB = 3;
/** No head takes more of its arc than this. */
export const HEAD_MOST = 0.35;
/** Nor does the ring of the destination. */
export const RING_MOST = 0.25;
/** Pieces of a route that is drawn in place of an arc, and px after which it has all of its width: a strait shows what goes through it. */
export const ROUTE_PIECES = 128, ROUTE_TAPER_PX = 60;
/** px of the casing around an arc, in the colour of the land: neighbours never fuse into one. */
export const CASING = 1;

/** The point at `s` (0 origin, 1 destination): a parabola over the chord, leaned to the left of travel. */
export function arcPoint(sx: number, sy: number, tx: number, ty: number, s: number, {height, tilt}: ArcShape): Vec3 {
  const dx = tx - sx, dy = ty - sy, length = Math.hypot(dx, dy);
  if (length === 0) return [sx, sy, 0];
  const z = 2 * s * (1 - s) * length * height;
  const lean = z * Math.sin(tilt * Math.PI / 180) / length;
  return [sx + dx * s - dy * lean, sy + dy * s + dx * lean, z * Math.cos(tilt * Math.PI / 180)];
}

/** Width of the world in common space. */
export const WORLD = 512;
const HALF_WORLD = WORLD / 2;
export const EQUATOR_M = 40_075_016.686; // WGS 84
const MAX_LATITUDE = 85.051129;

/** Longitude and latitude in degrees to common space, Web Mercator (EPSG:3857 scaled to 512 units). */
export function toCommon(lon: number, lat: number): [number, number] {
  const phi = Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, lat)) * Math.PI / 180;
  return [HALF_WORLD + lon / 180 * HALF_WORLD, HALF_WORLD + Math.log(Math.tan(Math.PI / 4 + phi / 2)) / Math.PI * HALF_WORLD];
}

/** Both ends in common space, the destination moved by a world where that is the shorter way (over ±180°). */
export function ends(lon1: number, lat1: number, lon2: number, lat2: number): [number, number, number, number] {
  const delta = lon2 - lon1;
  const shorter = delta > 180 ? lon2 - 360 : delta < -180 ? lon2 + 360 : lon2;
  return [...toCommon(lon1, lat1), ...toCommon(shorter, lat2)];
}
