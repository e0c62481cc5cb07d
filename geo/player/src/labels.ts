// Names of places, on a 2D canvas over the map: any script, no overlaps, busiest first.

export interface Label { text: string; x: number; y: number; radius: number; width: number; priority: number }
export interface Placed { text: string; x: number; y: number; align: 'left' | 'right' | 'center' }
interface Box { left: number; top: number; right: number; bottom: number }

export const LABEL_SIZE = 13;
const GAP = 6;
const MARGIN = 4;
/** px between a name and what stands beside it: they would read as one. */
const AIR = 3;

/**
 * Where each name goes: to the right of its place, else left, below, above; left out where none is free.
 * Pure: names come in order of priority, nothing overlaps a placed name or another place's ring, and a side that
 * covers none of `curves` (x, y pairs) is taken first. `covered`: boxes of what lies over the map and would cut a name.
 */
export function placeLabels(
  labels: readonly Label[], size: {width: number; height: number}, curves: ArrayLike<number> = [], covered: readonly Box[] = []
): Placed[] {
  const rings = labels.map(({x, y, radius}) => ({left: x - radius, right: x + radius, top: y - radius, bottom: y + radius}));
  const taken: Box[] = [...covered];
  const placed: Placed[] = [];
  [...labels.keys()].sort((a, b) => labels[b]!.priority - labels[a]!.priority).forEach((i) => {
    const free = candidates(labels[i]!).filter(({box}) => {
      const aired = {...box, left: box.left - AIR, right: box.right + AIR};
      return inside(box, size) && !taken.some((other) => overlap(aired, other)) && !rings.some((ring, k) => k !== i && overlap(aired, ring));
    });
    const found = free.find(({box}) => !covers(box, curves)) ?? free[0];
    if (!found) return;
    taken.push(found.box);
    placed.push(found.placed);
  });
  return placed;
}

function candidates({text, x, y, radius, width}: Label): {box: Box; placed: Placed}[] {
  const half = LABEL_SIZE * 0.65, reach = radius + GAP;
  const at = (align: Placed['align'], px: number, py: number): {box: Box; placed: Placed} => {
    const left = align === 'left' ? px : align === 'right' ? px - width : px - width / 2;
    return {placed: {text, x: px, y: py, align}, box: {left, right: left + width, top: py - half, bottom: py + half}};
  };
  return [at('left', x + reach, y), at('right', x - reach, y), at('center', x, y + reach + half), at('center', x, y - reach - half)];
}

const overlap = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
function covers(box: Box, points: ArrayLike<number>): boolean {
  for (let i = 0; i < points.length; i += 2)
    if (points[i]! > box.left && points[i]! < box.right && points[i + 1]! > box.top && points[i + 1]! < box.bottom) return true;
  return false;
}

const inside = (box: Box, {width, height}: {width: number; height: number}): boolean =>
  box.left >= MARGIN && box.top >= MARGIN && box.right <= width - MARGIN && box.bottom <= height - MARGIN;

/** Draws placed names with a halo in the colour of the sea, so that they read over land and arcs. */
export function drawLabels(context: CanvasRenderingContext2D, placed: readonly Placed[], font: string, colour: string, halo: string): void {
  context.font = `500 ${LABEL_SIZE}px ${font}`;
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 3.5;
  context.strokeStyle = halo;
  context.fillStyle = colour;
  for (const {text, x, y, align} of placed) {
    context.textAlign = align;
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  }
}
