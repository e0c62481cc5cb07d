// A part of the map, as it is framed: numbers only.

/** left, top: of the frame, in widths and heights of the map; size: of the frame, the map being 1. Both have one ratio. */
export interface Part { left: number; top: number; size: number }
export interface Point { x: number; y: number }
/** left, top, right, bottom, as shares of the picture's width and height. */
export type Box = readonly [number, number, number, number];
/** Where a corner stands: 0 or 1, across and down. */
export type Corner = readonly [0 | 1, 0 | 1];

export const ALL: Part = {left: 0, top: 0, size: 1};
export const CORNERS: readonly Corner[] = [[0, 0], [1, 0], [1, 1], [0, 1]];
/** Of one picture: a new one is drawn after each drag, and goes on from there. */
const LEAST = 1 / 32, MOST = 32;
const SMALLEST_FRAME = 0.06;

export const same = (a: Part, b: Part): boolean =>
  Math.abs(a.left - b.left) < 1e-3 * a.size && Math.abs(a.top - b.top) < 1e-3 * a.size && Math.abs(a.size / b.size - 1) < 1e-3;

/** The map taken by the hand: what was under the pointer stays there. by: in widths and heights of the map. */
export const moved = (part: Part, by: Point): Part =>
  ({...part, left: part.left - by.x * part.size, top: part.top - by.y * part.size});

/** A part `times` as large around a point of the frame, which stays where it is; at: 0 to 1, across and down. */
export function scaled(part: Part, times: number, at: Point = {x: 0.5, y: 0.5}): Part {
  const size = Math.min(Math.max(part.size * times, LEAST), MOST);
  return {left: part.left + at.x * (part.size - size), top: part.top + at.y * (part.size - size), size};
}

/** The frame whose corner follows the pointer, while the one opposite stays; to: 0 to 1 in the map, or beyond it. */
export function cornered(corner: Corner, to: Point): Part {
  const [right, down] = corner;
  const wide = right ? to.x : 1 - to.x, tall = down ? to.y : 1 - to.y;
  // The ratio stays: the larger of the two decides, so that the frame reaches the pointer.
  const size = Math.min(Math.max(wide, tall, SMALLEST_FRAME), MOST);
  return {left: right ? 0 : 1 - size, top: down ? 0 : 1 - size, size};
}

/** A frame on what a part shows, as a part itself. */
export const within = (part: Part, frame: Part): Part => ({
  left: part.left + frame.left * part.size, top: part.top + frame.top * part.size, size: part.size * frame.size
});

/** As shares of the picture. map: where the map stands in it. */
export function boxOf(part: Part, map: Box): Box {
  const wide = map[2] - map[0], tall = map[3] - map[1];
  const left = map[0] + part.left * wide, top = map[1] + part.top * tall;
  return [left, top, left + part.size * wide, top + part.size * tall];
}
