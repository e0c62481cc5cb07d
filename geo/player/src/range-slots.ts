// Where the figure of an arc stands: beside its arc, or moved away on a thin line that leads to it. A figure that a reader
// takes for another arc's would be a false statement. Pure; geo/brief/plate/labels.py keeps the same rule on paper.

import type { Box } from './base-labels';
import { toSegment } from './picking';

export const RANGE_SIZE = 12.5;
const MOST = 24; // more figures are read from the list, not from the map
const SHARES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.72, 0.2, 0.8] as const;
const GAP = 4, NEARER = 4, MARGIN = 4;
/** px from its arc beyond which words stand beside it no longer. */
const FAR = 24;
/** px that a figure on a leader keeps off every arc, its line off other arcs and off names, and the line's foot off other arcs. */
const CLEAR = 5, LINE_CLEAR = 2, NAME_CLEAR = 2, FOOT_CLEAR = 4;
const MOST_CROSSED = 3;
const REACHES = [20, 34, 52, 76, 104, 140] as const;
const DIRECTIONS = [-35, 35, -145, 145, -90, 90].map((degrees) => [Math.cos(degrees * Math.PI / 180), Math.sin(degrees * Math.PI / 180)] as const);
/** Cosine of the angle to its own arc from which a leader runs along it rather than away. */
const ALONG = 0.8;
const HALF = RANGE_SIZE * 0.65;

type Line = readonly [x1: number, y1: number, x2: number, y2: number];
/** Where the range of a corridor stands: the middle of its words, px; leader: from its arc to its words. */
export interface RangeSlot { corridor: number; x: number; y: number; width: number; leader?: Line }
/** An arc on screen: `points` x and y in turn, `width` px of its widest. */
export interface Drawn { corridor: number; points: ArrayLike<number>; width: number }

/**
 * Slots for the words of arcs, given in order of importance; `measure`: px of a corridor's words. None covers a box of
 * `taken` or another slot, or leaves the map; one without a leader is nearer to its own arc than to any other, and a leader
 * begins where no other arc lies, crosses as few of them as it can, and touches no box and no other leader.
 */
export function placeRanges(
  arcs: readonly Drawn[], measure: (corridor: number) => number, size: { width: number; height: number }, taken: readonly Box[]
): RangeSlot[] {
  const room = new Room(arcs, size, taken), asked = arcs.slice(0, MOST), slots = new Map<Drawn, RangeSlot>();
  for (const [options, crossed] of PASSES)
    for (const arc of asked) {
      if (slots.has(arc)) continue;
      for (const slot of options(arc, measure(arc.corridor))) {
        if (!room.admits(slot, arc, crossed)) continue;
        room.take(slot);
        slots.set(arc, slot);
        break;
      }
    }
  return asked.flatMap((arc) => slots.get(arc) ?? []);
}

/** Beside the arc, else on a leader that touches no other arc, else on one that crosses a few. */
const PASSES = [[beside, 0], [led, 0], [led, MOST_CROSSED]] as const;

export const boxOf = ({ x, y, width }: RangeSlot): Box => ({ left: x - width / 2, right: x + width / 2, top: y - HALF, bottom: y + HALF });

/** Beside the arc at some of its points, on either side. */
function* beside(arc: Drawn, wide: number): Generator<RangeSlot> {
  for (const [x, y, [tx, ty]] of stands(arc)) {
    const away = arc.width / 2 + GAP + (Math.abs(ty) * wide) / 2 + Math.abs(tx) * HALF;
    for (const side of [1, -1]) yield { corridor: arc.corridor, x: x - side * ty * away, y: y + side * tx * away, width: wide };
  }
}

/** Moved away from some of its points, the shorter leader first. */
function* led(arc: Drawn, width: number): Generator<RangeSlot> {
  const { corridor } = arc, points = [...stands(arc)];
  for (const reach of REACHES)
    for (const [x, y, [tx, ty]] of points)
      for (const [dx, dy] of DIRECTIONS) {
        if (Math.abs(dx * tx + dy * ty) > ALONG) continue;
        const ex = x + dx * (arc.width / 2 + reach), ey = y + dy * (arc.width / 2 + reach);
        const level = Math.abs(dx) > 0.1;
        yield { corridor, x: level ? ex + Math.sign(dx) * width / 2 : ex, y: level ? ey : ey + Math.sign(dy) * HALF, width, leader: [x, y, ex, ey] };
      }
}

/** Points of the arc where words may belong, and the direction along it. */
function* stands({ points }: Drawn): Generator<readonly [number, number, readonly [number, number]]> {
  const pieces = points.length / 2 - 1;
  for (const share of SHARES) {
    const i = Math.max(1, Math.min(pieces - 1, Math.round(share * pieces)));
    const dx = points[2 * i + 2]! - points[2 * i - 2]!, dy = points[2 * i + 3]! - points[2 * i - 1]!, length = Math.hypot(dx, dy) || 1;
    yield [points[2 * i]!, points[2 * i + 1]!, [dx / length, dy / length]];
  }
}

/** What is free on the map. */
class Room {
  private readonly used: Box[];
  private readonly leaders: Line[] = [];
  private readonly around: readonly (readonly [Drawn, Box])[];

  constructor(arcs: readonly Drawn[], private readonly size: { width: number; height: number }, taken: readonly Box[]) {
    this.used = [...taken];
    this.around = arcs.map((arc) => [arc, boundsOf(arc)] as const);
  }

  take(slot: RangeSlot): void {
    this.used.push(boxOf(slot));
    if (slot.leader) this.leaders.push(slot.leader);
  }

  admits(slot: RangeSlot, arc: Drawn, crossed: number): boolean {
    const box = boxOf(slot), { leader } = slot;
    if (!within(box, this.size) || this.used.some((other) => meets(box, other))) return false;
    if (this.leaders.some((line) => toBox(line, box) <= NAME_CLEAR)) return false;
    const own = toEdge(arc, (piece) => toBox(piece, box), grown(box, FAR));
    if (!leader) return own <= FAR && !this.anyNear(box, own + NEARER, arc);
    return own > CLEAR && this.isFree(leader) && !this.anyNear(box, CLEAR, arc) && this.reads(leader, arc, crossed);
  }

  private isFree(leader: Line): boolean {
    const [x, y] = leader;
    return within({ left: x, right: x, top: y, bottom: y }, this.size) && !this.leaders.some((line) => crosses(line, leader))
      && !this.used.some((other) => toBox(leader, other) <= NAME_CLEAR);
  }

  /** Whether a leader leads to its own arc alone, and crosses no more than so many others. */
  private reads(line: Line, own: Drawn, crossed: number): boolean {
    const [x, y] = line, foot: Line = [x, y, x, y];
    return this.others(grown(boundsOf({ points: line, width: 0 }), LINE_CLEAR), own, (piece) => between(piece, line), LINE_CLEAR, crossed) <= crossed
      && (crossed === 0 || this.others(grown(boundsOf({ points: foot, width: 0 }), FOOT_CLEAR), own, (piece) => between(piece, foot), FOOT_CLEAR) === 0);
  }

  /** Whether another arc comes so near to a box. */
  private anyNear(box: Box, reach: number, own: Drawn): boolean {
    return this.others(grown(box, reach), own, (piece) => toBox(piece, box), reach) > 0;
  }

  /** How many other arcs are so near; beyond `enough` they are counted no further. */
  private others(near: Box, own: Drawn, away: (piece: Line) => number, reach: number, enough = 0): number {
    let found = 0;
    for (const [arc, bounds] of this.around)
      if (arc !== own && meets(near, bounds) && toEdge(arc, away, near) <= reach && ++found > enough) break;
    return found;
  }
}

function boundsOf({ points, width }: { points: ArrayLike<number>; width: number }): Box {
  const found = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (let i = 0; i < points.length; i += 2) {
    found.left = Math.min(found.left, points[i]! - width / 2);
    found.right = Math.max(found.right, points[i]! + width / 2);
    found.top = Math.min(found.top, points[i + 1]! - width / 2);
    found.bottom = Math.max(found.bottom, points[i + 1]! + width / 2);
  }
  return found;
}

/** px between something and the edge of an arc, of which only what meets `near` counts; 0 where they meet. */
function toEdge({ points, width }: Drawn, away: (piece: Line) => number, near: Box): number {
  const { left, right, top, bottom } = grown(near, width / 2);
  let least = Infinity;
  for (let i = 0; i + 3 < points.length && least > width / 2; i += 2) {
    const x1 = points[i]!, y1 = points[i + 1]!, x2 = points[i + 2]!, y2 = points[i + 3]!;
    if (Math.max(x1, x2) >= left && Math.min(x1, x2) <= right && Math.max(y1, y2) >= top && Math.min(y1, y2) <= bottom)
      least = Math.min(least, away([x1, y1, x2, y2]));
  }
  return Math.max(0, least - width / 2);
}

/** px between a line and a box; 0 where they meet. */
function toBox(line: Line, { left, top, right, bottom }: Box): number {
  const [x1, y1, x2, y2] = line;
  const outside = (x: number, y: number): number => Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
  const ends = Math.min(outside(x1, y1), outside(x2, y2));
  // A line through a box has corners on either side of it, and so runs through a diagonal.
  if (ends === 0 || crosses(line, [left, top, right, bottom]) || crosses(line, [left, bottom, right, top])) return 0;
  return Math.min(ends, toPoint(line, left, top), toPoint(line, right, top), toPoint(line, left, bottom), toPoint(line, right, bottom));
}

function between(a: Line, b: Line): number {
  if (crosses(a, b)) return 0;
  return Math.min(toPoint(a, b[0], b[1]), toPoint(a, b[2], b[3]), toPoint(b, a[0], a[1]), toPoint(b, a[2], a[3]));
}

const toPoint = ([ax, ay, bx, by]: Line, x: number, y: number): number => toSegment(x, y, ax, ay, bx, by);

function crosses([ax, ay, bx, by]: Line, [cx, cy, dx, dy]: Line): boolean {
  const side = (px: number, py: number, qx: number, qy: number, x: number, y: number): number => (qx - px) * (y - py) - (qy - py) * (x - px);
  return side(ax, ay, bx, by, cx, cy) * side(ax, ay, bx, by, dx, dy) < 0 && side(cx, cy, dx, dy, ax, ay) * side(cx, cy, dx, dy, bx, by) < 0;
}

const grown = ({ left, right, top, bottom }: Box, by: number): Box => ({ left: left - by, right: right + by, top: top - by, bottom: bottom + by });
const meets = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const within = (box: Box, { width, height }: { width: number; height: number }): boolean =>
  box.left >= MARGIN && box.top >= MARGIN && box.right <= width - MARGIN && box.bottom <= height - MARGIN;
