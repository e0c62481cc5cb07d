// Meridians and parallels of round degrees. On this map they are straight.

type Line = [lon: number, lat: number][];

const STEPS = [30, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05];
const LEAST_PX = 90; // between two lines, so that they stay in the background
const TILE = 512;
const FARTHEST = 85;

/** The lines within bounds (west, south, east, north), so many degrees apart as leaves LEAST_PX between them. */
export function graticule([west, south, east, north]: readonly [number, number, number, number], zoom: number): Line[] {
  const least = LEAST_PX * 360 / (TILE * 2 ** zoom);
  const step = STEPS.findLast((each) => each >= least) ?? STEPS[0]!;
  const low = Math.max(south, -FARTHEST), high = Math.min(north, FARTHEST);
  const lines: Line[] = [];
  for (let i = Math.ceil(west / step); i * step <= east; i++) lines.push([[i * step, low], [i * step, high]]);
  for (let i = Math.ceil(low / step); i * step <= high; i++) lines.push([[west, i * step], [east, i * step]]);
  return lines;
}
