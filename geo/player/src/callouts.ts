// An author's notes on the map: boxes in italics with a line to their points, each said to be the author's, since no report says it.
// Their twin on paper is geo/brief/plate/callouts.py.

import type {Box} from './base-labels';
import {el, svg} from './dom';
import type {LonLat} from './geodesic';
import type {WireData} from './wire';

export interface Callout { text: string; lon: number; lat: number; offset: readonly number[] }
/** A box as it lies on the map, px; line: from its point to its edge, unless the box covers the point. */
export interface Boxed { lines: string[]; box: Box; line: readonly [number, number, number, number] | null }
type Size = {width: number; height: number};
type Measure = (text: string) => number;

export const AUTHOR = 'Author’s note';
const TEXT_PX = 13, LINE_PX = 17, HEAD_PX = 14, PAD = 6, MARGIN = 5;
const WIDEST = 210, SHARE = 0.4, MOST = 24, MOST_LETTERS = 160;
const REACHES = [34, 56, 84, 120] as const;
const DIRECTIONS = [-40, -140, 40, 140, -90, 90, 0, 180].map((degrees) => [Math.cos(degrees * Math.PI / 180), Math.sin(degrees * Math.PI / 180)] as const);

/** What the page sent: what is no callout is left out. */
export function calloutsOf(data: WireData): Callout[] {
  const sent: unknown = typeof data['callouts'] === 'string' ? JSON.parse(data['callouts']) : [];
  if (!Array.isArray(sent)) return [];
  return (sent as Partial<Callout>[]).slice(0, MOST).flatMap(({text, lon, lat, offset}) =>
    typeof text === 'string' && text && Number.isFinite(lon) && Number.isFinite(lat)
      ? [{text: text.slice(0, MOST_LETTERS), lon: lon!, lat: lat!, offset: Array.isArray(offset) && offset.length === 2 && offset.every(Number.isFinite) ? offset : []}]
      : []);
}

/** Lines no wider than `width`; a word that is wider by itself is broken. */
export function wrapped(text: string, width: number, measure: Measure): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (measure(longer) <= width) { line = longer; continue; }
    if (line) lines.push(line);
    line = '';
    for (const letter of word) {
      if (line && measure(line + letter) > width) { lines.push(line); line = ''; }
      line += letter;
    }
  }
  return line ? [...lines, line] : lines;
}

/** Where each stands whose point lies on the map: where its author put it, or else where it covers no other. Pure. */
export function placeCallouts(callouts: readonly Callout[], at: (callout: Callout) => readonly [number, number], size: Size, measure: Measure): Boxed[] {
  const found: Boxed[] = [];
  for (const callout of callouts) {
    const [x, y] = at(callout);
    if (!(x >= 0 && y >= 0 && x <= size.width && y <= size.height)) continue;
    const lines = wrapped(callout.text, Math.min(WIDEST, SHARE * size.width), measure);
    const wide = Math.max(measure(AUTHOR), ...lines.map(measure)) + 2 * PAD, tall = HEAD_PX + lines.length * LINE_PX + 2 * PAD;
    const around = (middleX: number, middleY: number): Box => within({left: middleX - wide / 2, right: middleX + wide / 2, top: middleY - tall / 2, bottom: middleY + tall / 2}, size);
    const [dx, dy] = callout.offset;
    const options = dx !== undefined && dy !== undefined
      ? [around(x + dx, y + dy)]
      : REACHES.flatMap((reach) => DIRECTIONS.map(([cx, cy]) => around(x + cx * (reach + wide / 2), y + cy * (reach + tall / 2))));
    const free = options.find((box) => !holds(box, x, y) && !found.some((other) => meets(box, other.box)));
    const box = free ?? options[0]!;
    found.push({lines, box, line: leader(x, y, box)});
  }
  return found;
}

function within(box: Box, size: Size): Box {
  const right = Math.max(MARGIN - box.left, 0) || Math.min(size.width - MARGIN - box.right, 0);
  const down = Math.max(MARGIN - box.top, 0) || Math.min(size.height - MARGIN - box.bottom, 0);
  return {left: box.left + right, right: box.right + right, top: box.top + down, bottom: box.bottom + down};
}

const holds = (box: Box, x: number, y: number): boolean => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
const meets = (one: Box, two: Box): boolean => one.left < two.right && two.left < one.right && one.top < two.bottom && two.top < one.bottom;

function leader(x: number, y: number, box: Box): Boxed['line'] {
  if (holds(box, x, y)) return null;
  const dx = (box.left + box.right) / 2 - x, dy = (box.top + box.bottom) / 2 - y;
  const end = Math.max(dx ? 1 - (box.right - box.left) / 2 / Math.abs(dx) : -1, dy ? 1 - (box.bottom - box.top) / 2 / Math.abs(dy) : -1);
  return [x, y, x + dx * end, y + dy * end];
}

export class Callouts {
  readonly root = el('div', {class: 'wb-callouts', hidden: true});
  private readonly lines = svg('svg', {'aria-hidden': 'true'});
  private readonly boxes = el('div', {});
  private readonly pen = document.createElement('canvas').getContext('2d');
  private placed: Boxed[] = [];

  constructor(private readonly callouts: readonly Callout[], private readonly toScreen: (at: LonLat) => readonly [number, number], private readonly size: () => Size) {
    this.root.hidden = callouts.length === 0;
    this.root.append(this.lines, this.boxes);
  }

  /** What they say, for those who do not see them. */
  get notes(): string[] {
    return this.callouts.map(({text}) => `${AUTHOR}: “${text}”`);
  }

  /** The view or the size of the map is another. */
  place(): void {
    if (this.root.hidden) return;
    const size = this.size();
    if (!size.width || !size.height) return;
    this.placed = placeCallouts(this.callouts, ({lon, lat}) => this.toScreen([lon, lat]), size, (text) => this.measure(text));
    this.lines.replaceChildren(...this.placed.flatMap(({line}) => {
      if (!line) return [];
      const [x1, y1, x2, y2] = line.map((px) => px.toFixed(1)), ends = {x1, y1, x2, y2};
      return [svg('line', {...ends, class: 'wb-callout-under'}), svg('line', ends), svg('circle', {cx: x1, cy: y1, r: 2.5})];
    }));
    this.boxes.replaceChildren(...this.placed.map(({lines, box}) => {
      const note = el('p', {class: 'wb-callout', role: 'note'}, el('span', {}, AUTHOR), ...lines.map((line) => el('em', {dir: 'auto'}, `${line} `)));
      Object.assign(note.style, {left: `${box.left}px`, top: `${box.top}px`, width: `${box.right - box.left}px`, height: `${box.bottom - box.top}px`});
      return note;
    }));
  }

  /** Draws them over a picture of the map, `scale` px of which are one of the screen's. */
  drawOn(canvas: HTMLCanvasElement, scale: number): HTMLCanvasElement {
    const first = this.boxes.firstElementChild, context = first ? canvas.getContext('2d') : null;
    if (!first || !context) return canvas;
    const {color, backgroundColor, fontFamily} = getComputedStyle(first);
    context.save();
    context.scale(scale, scale);
    [context.strokeStyle, context.lineWidth, context.textBaseline] = [color, 1, 'top'];
    for (const {lines, box, line} of this.placed) {
      if (line) {
        context.beginPath();
        context.moveTo(line[0], line[1]);
        context.lineTo(line[2], line[3]);
        context.stroke();
      }
      context.fillStyle = backgroundColor;
      context.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
      context.strokeRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
      context.fillStyle = color;
      context.font = `11px ${fontFamily}`;
      context.fillText(AUTHOR, box.left + PAD, box.top + PAD);
      context.font = `italic ${TEXT_PX}px ${fontFamily}`;
      lines.forEach((text, i) => context.fillText(text, box.left + PAD, box.top + PAD + HEAD_PX + 2 + i * LINE_PX));
    }
    context.restore();
    return canvas;
  }

  private measure(text: string): number {
    if (!this.pen) return text.length * TEXT_PX / 2;
    this.pen.font = `italic ${TEXT_PX}px ${getComputedStyle(this.root).fontFamily}`;
    return this.pen.measureText(text).width + 2;
  }
}
