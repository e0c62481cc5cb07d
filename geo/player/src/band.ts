// The cumulative range of what the words tell, over the whole span: the strip under the map. Twin of
// geo/brief/plate/timeline_chart.py.

import { svg } from './dom';

/** Seconds since start, rising, and the range at each; a step is two entries at nearly one time. high may be Infinity. */
export interface Band { time: Float64Array; low: Float64Array; best: Float64Array; high: Float64Array }

/** Between the lines of the axis, times a power of ten; the roundest first. */
const STEPS = [[1, 2, 5], [2.5, 4], [1.5, 3, 6, 8]] as const;
/** Lines of the axis above zero. */
const FEWEST = 2, MOST = 3;
export const HEADROOM = 1.04;

/** The largest finite figure; 0 where nothing is told. */
export function topOf({ low, best, high }: Band): number {
  let top = 0;
  for (const column of [low, best, high]) for (const value of column) if (Number.isFinite(value)) top = Math.max(top, value);
  return top;
}

/**
 * Round values for labelled lines above zero, evenly apart, none above `top`: two or three. Values are whole, so that below 2
 * there is the line at 1; where labels, which take a share `least` of `top`, have no room for two lines there is one.
 */
export function axisOf(top: number, least = 0): number[] {
  for (const digits of STEPS) {
    const step = largestStep(top / FEWEST, digits);
    if (step && top / step < MOST + 1 && step >= least * top)
      return Array.from({ length: MOST }, (_, k) => step * (k + 1)).filter((value) => value <= top * (1 + 1e-9));
  }
  const alone = largestStep(top, STEPS[0]);
  return alone ? [alone] : [];
}

/** The largest whole one of some digits times a power of ten; 0 where all are above `most`. */
function largestStep(most: number, digits: readonly number[]): number {
  if (!(most >= 1 - 1e-9) || !Number.isFinite(most)) return 0;
  const power = 10 ** Math.floor(Math.log10(most) + 1e-12);
  return Math.max(0, ...[power, power / 10].flatMap((scale) => digits.map((digit) => digit * scale))
    .filter((each) => each <= most * (1 + 1e-9) && each >= 1 && each % 1 === 0));
}

/** Share of the strip's height, from its foot. */
export const heightOf = (value: number, top: number): number => Math.min(1, value / (top * HEADROOM));

/** Paths on a square of one unit, y down: from low to high, from zero to low, and the line of best. */
export function bandPaths(band: Band, seconds: number): { range: string; sure: string; best: string } {
  const top = topOf(band);
  if (top === 0) return { range: '', sure: '', best: '' };
  const points = (column: Float64Array): string[] =>
    [...band.time].map((t, i) => `${(t / seconds).toFixed(5)} ${(1 - heightOf(column[i]!, top)).toFixed(4)}`);
  const low = points(band.low), high = points(band.high);
  return {
    range: `M${high.join('L')}L${[...low].reverse().join('L')}Z`,
    sure: `M0 1L${low.join('L')}L1 1Z`,
    best: `M${points(band.best).join('L')}`,
  };
}

/** The strip as a drawing that fills its box. */
export function bandFigure(band: Band, seconds: number, name: string): SVGSVGElement {
  const { range, sure, best } = bandPaths(band, seconds);
  return svg('svg', { class: name, viewBox: '0 0 1 1', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    svg('path', { class: 'wb-band-range', d: range }), svg('path', { class: 'wb-band-sure', d: sure }), svg('path', { class: 'wb-band-best', d: best }));
}
