// The range of an arc, written on the map: of as many arcs as have room, the widest first.

import type { Box } from './base-labels';
import { boxOf, placeRanges, RANGE_SIZE, type RangeSlot } from './range-slots';
import type { SceneData, Moment, Theme } from './types';
import { rangeWords, toldOf } from './words';

const HALO = 3.5, LINE = 1, DOT = 2.5, PAD = 2;
/** px of a piece of a leader, which other names keep clear of. */
const PIECE = 8;

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
    this.slots = placeRanges(arcs, (c) => context.measureText(rangeWords(toldOf(whole, c))).width + 2 * PAD, size, taken);
    // An empty canvas would have to be laid over each frame as well.
    this.canvas.hidden = this.slots.length === 0;
    const ratio = window.devicePixelRatio || 1;
    Object.assign(this.canvas, { width: Math.round(size.width * ratio), height: Math.round(size.height * ratio) });
    this.said = '';
  }

  /** Boxes of the slots and along their leaders, which other names keep clear of. */
  boxes(): Box[] {
    return this.slots.flatMap((slot) => [boxOf(slot), ...alongOf(slot)]);
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
    const said = this.slots.map((slot) => ({ ...slot, text: words(m, slot.corridor) })).filter(({ text }) => text !== '');
    Object.assign(context, { font: fontOf(theme), textBaseline: 'middle', lineJoin: 'round', lineCap: 'round' });
    for (const { leader } of said) if (leader) paintLeader(context, leader, theme);
    Object.assign(context, { lineWidth: HALO, strokeStyle: theme.land, fillStyle: theme.text });
    for (const { text, x, y, width, leader } of said) {
      // The words of a moment may be shorter than the longest: at a leader they stand at its end.
      const side = leader && Math.abs(leader[2] - x) > 1 ? Math.sign(x - leader[2]) : 0;
      context.textAlign = side > 0 ? 'left' : side < 0 ? 'right' : 'center';
      const at = x - side * (width / 2 - PAD);
      context.strokeText(text, at, y);
      context.fillText(text, at, y);
    }
    context.restore();
  }
}

/** A line with a casing from a dot on its arc to its words. */
function paintLeader(context: CanvasRenderingContext2D, [x1, y1, x2, y2]: readonly [number, number, number, number], theme: Theme): void {
  for (const [colour, more] of [[theme.land, 2], [theme.text, 0]] as const) {
    Object.assign(context, { lineWidth: LINE + more, strokeStyle: colour, fillStyle: colour });
    context.beginPath();
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
    context.stroke();
    context.beginPath();
    context.arc(x1, y1, DOT + more / 2, 0, 2 * Math.PI);
    context.fill();
  }
}

function alongOf({ leader }: RangeSlot): Box[] {
  if (!leader) return [];
  const [x1, y1, x2, y2] = leader, pieces = Math.ceil(Math.hypot(x2 - x1, y2 - y1) / PIECE), half = PIECE / 2;
  return Array.from({ length: pieces + 1 }, (_, i) => {
    const x = x1 + (x2 - x1) * i / pieces, y = y1 + (y2 - y1) * i / pieces;
    return { left: x - half, right: x + half, top: y - half, bottom: y + half };
  });
}

const fontOf = ({ font }: Theme): string => `600 ${RANGE_SIZE}px ${font}`;
const words = (m: Moment, corridor: number): string => (m.width[corridor]! > 0 ? rangeWords(toldOf(m, corridor)) : '');
