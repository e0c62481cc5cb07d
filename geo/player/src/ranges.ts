// The range of an arc, written on it: of as many arcs as have room, the widest first. A figure at the wrong arc would be a
// false statement, so it stands nearer to its own arc than to any other, or not at all.

import type { Box } from './base-labels';
import { toSegment } from './picking';
import type { SceneData, Moment, Theme } from './types';
import { rangeWords, toldOf } from './words';

export const RANGE_SIZE = 12.5;
const MOST = 12; // more figures are read from the list, not from the map
const SHARES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.72] as const;
const GAP = 4, NEARER = 4, MARGIN = 4;
const HALF = RANGE_SIZE * 0.65;

/** Where the range of a corridor stands: the middle of its words, px. */
export interface RangeSlot { corridor: number; x: number; y: number; width: number }
/** An arc on screen: `points` x and y in turn, `width` px of its widest. */
export interface Drawn { corridor: number; points: ArrayLike<number>; width: number }

/**
 * Slots for the words of arcs, given in order of importance; `measure`: px of a corridor's words. Pure. None covers a box
 * of `taken` or another slot, leaves the map, or comes as near to another arc as to its own.
 */
export function placeRanges(
  arcs: readonly Drawn[], measure: (corridor: number) => number, size: { width: number; height: number }, taken: readonly Box[]
): RangeSlot[] {
  const used = [...taken], slots: RangeSlot[] = [], around = new Map(arcs.map((arc) => [arc, boundsOf(arc)]));
  for (const arc of arcs.slice(0, MOST)) {
    const width = measure(arc.corridor);
    for (const [x, y] of candidates(arc, width)) {
      const box = { left: x - width / 2, right: x + width / 2, top: y - HALF, bottom: y + HALF };
      if (!within(box, size) || used.some((other) => meets(box, other)) || !own(box, arc, around)) continue;
      used.push(box);
      slots.push({ corridor: arc.corridor, x, y, width });
      break;
    }
  }
  return slots;
}

/** Beside the arc at some of its points, on either side. */
function* candidates({ points, width }: Drawn, wide: number): Generator<[number, number]> {
  const pieces = points.length / 2 - 1;
  for (const share of SHARES) {
    const i = Math.max(1, Math.min(pieces - 1, Math.round(share * pieces)));
    const [x, y] = [points[2 * i]!, points[2 * i + 1]!];
    const dx = points[2 * i + 2]! - points[2 * i - 2]!, dy = points[2 * i + 3]! - points[2 * i - 1]!, length = Math.hypot(dx, dy) || 1;
    const [nx, ny] = [-dy / length, dx / length];
    const away = width / 2 + GAP + (Math.abs(nx) * wide) / 2 + Math.abs(ny) * HALF;
    for (const side of [1, -1]) yield [x + side * nx * away, y + side * ny * away];
  }
}

/** Whether a box is nearer to its own arc than to any other, by NEARER px. around: where each arc is at all. */
function own(box: Box, arc: Drawn, around: ReadonlyMap<Drawn, Box>): boolean {
  const reach = distance(box, arc) + NEARER;
  const near = { left: box.left - reach, right: box.right + reach, top: box.top - reach, bottom: box.bottom + reach };
  for (const [other, bounds] of around) if (other !== arc && meets(near, bounds) && distance(box, other) <= reach) return false;
  return true;
}

function boundsOf({ points, width }: Drawn): Box {
  const found = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (let i = 0; i < points.length; i += 2) {
    found.left = Math.min(found.left, points[i]! - width / 2);
    found.right = Math.max(found.right, points[i]! + width / 2);
    found.top = Math.min(found.top, points[i + 1]! - width / 2);
    found.bottom = Math.max(found.bottom, points[i + 1]! + width / 2);
  }
  return found;
}

/** px between a box, taken as five points of it, and the edge of an arc; never below 0. */
function distance({ left, right, top, bottom }: Box, { points, width }: Drawn): number {
  const middle = (top + bottom) / 2;
  let least = Infinity;
  for (let i = 0; i + 3 < points.length; i += 2)
    for (const x of [left, (left + right) / 2, right])
      for (const y of x === left || x === right ? [top, bottom] : [middle])
        least = Math.min(least, toSegment(x, y, points[i]!, points[i + 1]!, points[i + 2]!, points[i + 3]!));
  return Math.max(0, least - width / 2);
}

const meets = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const within = (box: Box, { width, height }: { width: number; height: number }): boolean =>
  box.left >= MARGIN && box.top >= MARGIN && box.right <= width - MARGIN && box.bottom <= height - MARGIN;

/** The canvas of the ranges, over arcs and names. */
export class Ranges {
  readonly canvas = Object.assign(document.createElement('canvas'), { className: 'map-names' });
  private slots: RangeSlot[] = [];
  private said = '';

  /** Finds room once the view rests or the scene is new. `whole`: the volumes of the whole span, whose words are the longest. */
  place(scene: SceneData, whole: Moment, curves: Float32Array, size: { width: number; height: number }, taken: readonly Box[], theme: Theme, drawn: ReadonlySet<number>): void {
    const context = this.canvas.getContext('2d')!, count = scene.corridors.count;
    context.font = fontOf(theme);
    const each = count > 0 ? curves.length / count : 0;
    const arcs = curves.length === 0 ? [] : [...scene.corridors.id.keys()]
      .filter((c) => whole.width[c]! > 0 && drawn.has(c))
      .map((c) => ({ corridor: c, points: curves.subarray(c * each, (c + 1) * each), width: Math.max(whole.width[c]!, Number.isFinite(whole.high[c]!) ? whole.high[c]! * scene.style.perUnit : 0) }))
      .sort((a, b) => b.width - a.width);
    this.slots = placeRanges(arcs, (c) => context.measureText(rangeWords(toldOf(whole, c))).width + 4, size, taken);
    const ratio = window.devicePixelRatio || 1;
    Object.assign(this.canvas, { width: Math.round(size.width * ratio), height: Math.round(size.height * ratio) });
    this.said = '';
  }

  /** Boxes of the slots, which other names keep clear of. */
  boxes(): Box[] {
    return this.slots.map(({ x, y, width }) => ({ left: x - width / 2, right: x + width / 2, top: y - HALF, bottom: y + HALF }));
  }

  /** The words of the moment; drawn anew only when they change. */
  show(m: Moment, theme: Theme): void {
    const said = this.slots.map(({ corridor }) => words(m, corridor)).join('|') + theme.label;
    if (said === this.said) return;
    this.said = said;
    const context = this.canvas.getContext('2d')!;
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.paintOn(context, window.devicePixelRatio || 1, m, theme);
  }

  paintOn(context: CanvasRenderingContext2D, scale: number, m: Moment, theme: Theme): void {
    context.save();
    context.scale(scale, scale);
    Object.assign(context, {
      font: fontOf(theme), textAlign: 'center', textBaseline: 'middle', lineJoin: 'round', lineWidth: 3.5, strokeStyle: theme.land, fillStyle: theme.text
    });
    for (const { corridor, x, y } of this.slots) {
      const text = words(m, corridor);
      context.strokeText(text, x, y);
      context.fillText(text, x, y);
    }
    context.restore();
  }
}

const fontOf = ({ font }: Theme): string => `600 ${RANGE_SIZE}px ${font}`;
const words = (m: Moment, corridor: number): string => (m.width[corridor]! > 0 ? rangeWords(toldOf(m, corridor)) : '');
