// Lengths and courses on the globe, for the ruler.

const A_M = 6_378_137, FLATTENING = 1 / 298.257223563; // WGS 84
const RAD = Math.PI / 180;
const STEP_DEGREES = 2; // between two points of a great circle as it is drawn
/** Metres in a nautical mile. */
export const NAUTICAL_M = 1852;

export type LonLat = readonly [lon: number, lat: number];

/** Metres between two places on the ellipsoid, by Lambert's formula: off by some metres over thousands of kilometres. */
export function metresBetween([lon1, lat1]: LonLat, [lon2, lat2]: LonLat): number {
  const [b1, b2] = [lat1, lat2].map((lat) => Math.atan((1 - FLATTENING) * Math.tan(lat * RAD))) as [number, number];
  const angle = between([lon1 * RAD, b1], [lon2 * RAD, b2]);
  if (angle < 1e-12) return 0;
  const p = (b1 + b2) / 2, q = (b2 - b1) / 2, half = angle / 2;
  const x = (angle - Math.sin(angle)) * (Math.sin(p) * Math.cos(q) / Math.cos(half)) ** 2;
  const y = (angle + Math.sin(angle)) * (Math.cos(p) * Math.sin(q) / Math.sin(half)) ** 2;
  // At the very antipode x has no value; the sphere is as good as it gets there.
  const bend = Math.cos(half) < 1e-6 ? 0 : FLATTENING / 2 * (x + y);
  return A_M * (angle - bend);
}

/** Points of the great circle from one place to another, both included; longitudes go on past ±180°. */
export function greatCircle(from: LonLat, to: LonLat): LonLat[] {
  const [u, v] = [from, to].map(vector) as [Vec, Vec];
  const angle = between([from[0] * RAD, from[1] * RAD], [to[0] * RAD, to[1] * RAD]);
  const steps = Math.max(1, Math.ceil(angle / RAD / STEP_DEGREES)), sin = Math.sin(angle);
  const points: [number, number][] = [[from[0], from[1]]];
  for (let i = 1; i <= steps; i++) {
    const s = i / steps, a = sin < 1e-9 ? 1 - s : Math.sin((1 - s) * angle) / sin, b = sin < 1e-9 ? s : Math.sin(s * angle) / sin;
    const [x, y, z] = u.map((each, k) => a * each + b * v[k]!) as unknown as Vec;
    const before = points[i - 1]![0], lon = Math.atan2(y, x) / RAD;
    points.push([lon + 360 * Math.round((before - lon) / 360), Math.atan2(z, Math.hypot(x, y)) / RAD]);
  }
  return points;
}

type Vec = readonly [number, number, number];

function vector([lon, lat]: LonLat): Vec {
  const [l, p] = [lon * RAD, lat * RAD];
  return [Math.cos(p) * Math.cos(l), Math.cos(p) * Math.sin(l), Math.sin(p)];
}

/** Central angle of two places in radians. */
function between([l1, p1]: LonLat, [l2, p2]: LonLat): number {
  const a = Math.sin((p2 - p1) / 2) ** 2 + Math.cos(p1) * Math.cos(p2) * Math.sin((l2 - l1) / 2) ** 2;
  return 2 * Math.asin(Math.min(1, Math.sqrt(a)));
}
