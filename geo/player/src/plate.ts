// A picture that stands alone: where each line of text and each sign of it goes. No canvas here, only positions.

import { attribution, legendWords, sectionAt, used, CARGO_NOTE } from './legend';
import type { CargoKey } from './cargo';
import { scaleBar, widthKey } from './measure';
import { coreOf } from './theme';
import { byMode, capital, counted, figures, number, sentence, several } from './words';
import type { Moment, SceneData, Theme } from './types';

const PAD = 24;
const LEAST_WIDTH = 360;
const SIGN_PX = 56;      // length of a legend's stroke
const MAX_SOURCES = 30;  // more are counted, not listed: a picture is no bibliography
const FEW_SOURCES = 8;   // as many stand beside the legend
const MAX_CHARS = 400;   // of one text from the data
const LINE = 1.4;
const COLUMN = 280;     // beside the map, at least

export interface TextStyle { size: number; weight: 400 | 600; colour: string }
export type Stop = readonly [offset: number, colour: string, opacity: number];
export type Op =
  | { kind: 'text'; x: number; y: number; text: string; style: TextStyle; align: 'left' | 'right'; outline?: string }
  | { kind: 'rect'; x: number; y: number; width: number; height: number; colour: string; opacity: number }
  | { kind: 'fade'; x: number; y: number; width: number; height: number; stops: readonly Stop[]; vertical: boolean }
  | { kind: 'dot'; x: number; y: number; radius: number; colour: string; opacity?: number; edge?: number }
  | { kind: 'path'; points: readonly (readonly [number, number])[]; colour: string; width: number; outline?: string }
  | { kind: 'shape'; points: readonly (readonly [number, number])[]; colour: string }
  | { kind: 'map'; x: number; y: number; width: number; height: number };

export interface Plate { width: number; height: number; ops: Op[] }
export type Measure = (text: string, style: TextStyle) => number;
export interface PlateInput {
  scene: SceneData; moment: Moment; theme: Theme; map: { width: number; height: number }; metresPerPixel: number;
  /** the corridors that are drawn; all where left out */
  drawn?: ReadonlySet<number> | undefined;
  /** rows of the legend where arcs are coloured by cargo */
  cargo?: readonly CargoKey[] | null;
  /** how many marks of several places are on the map */
  marks?: number;
  /** width by height of the whole; the map keeps its size, and the words stand beside it. As it comes where it is left out. */
  aspect?: number;
}

/** One line of text without line breaks and control characters, and no longer than a picture can bear. */
export function tame(text: string): string {
  const flat = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  const letters = Array.from(flat.slice(0, 4 * MAX_CHARS));
  return letters.length > MAX_CHARS ? `${letters.slice(0, MAX_CHARS - 1).join('').trimEnd()}…` : flat;
}

/** Lines no wider than `width`. A word that is wider than a line by itself is broken. */
export function wrap(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of tame(text).split(' ')) {
    const longer = line ? `${line} ${word}` : word;
    if (measure(longer) <= width) {
      line = longer;
      continue;
    }
    if (line) lines.push(line);
    line = '';
    for (const letter of word) {
      if (line && measure(line + letter) > width) {
        lines.push(line);
        line = '';
      }
      line += letter;
    }
  }
  return line ? [...lines, line] : lines;
}

/** Rows of reports behind what is shown, of the corridors drawn: their numbers are those of the cards. */
export function sourcesOf(scene: SceneData, m: Moment, drawn?: ReadonlySet<number>): number[] {
  return [...scene.reports.keys()].filter((r) => scene.reports[r]!.corridors.some((c) => (drawn?.has(c) ?? true) && (m.width[c]! > 0 || m.zero[c]!)));
}

export function sourceText(scene: SceneData, row: number): string {
  const { claimant, outlet, saidOn, summary, drawn } = scene.reports[row]!;
  const who = [claimant, outlet === claimant ? '' : outlet, saidOn].filter(Boolean).join(', ');
  return `${who || 'Source not named'}${summary ? `: ${summary}` : ''}${drawn ? '' : ' (not on the map)'}`;
}

export function plate(input: PlateInput, measure: Measure): Plate {
  const { aspect } = input;
  if (!aspect) return new Sheet(input, measure, Math.max(LEAST_WIDTH, input.map.width)).compose();
  // A wider column makes the words less tall: widened until the whole has the shape, or is wide enough for it.
  let width = input.map.width + COLUMN + 3 * PAD;
  for (let turn = 0; turn < 24; turn++) {
    const found = new Sheet(input, measure, width).wide();
    if (found.width >= found.height * aspect - 1) return { ...found, height: Math.round(found.width / aspect) };
    width = Math.max(width + 8, Math.min(found.height * aspect, width + 80));
  }
  const found = new Sheet(input, measure, width).wide();
  return { ...found, width: Math.ceil(found.height * aspect) };
}

class Sheet {
  private readonly ops: Op[] = [];
  private readonly rows: number[];
  private readonly text: TextStyle;
  private readonly small: TextStyle;
  private readonly muted: TextStyle;
  private readonly strong: TextStyle;

  constructor(private readonly input: PlateInput, private readonly measure: Measure, private readonly width: number) {
    const { theme } = input;
    this.rows = sourcesOf(input.scene, input.moment, input.drawn);
    this.text = { size: 13, weight: 400, colour: theme.text };
    this.small = { size: 12, weight: 400, colour: theme.text };
    this.muted = { ...this.small, colour: theme.muted };
    this.strong = { size: 12, weight: 600, colour: theme.text };
  }

  /** Words above the map; where they end. */
  private head(): number {
    const { scene, moment, theme } = this.input;
    const across = this.width - 2 * PAD;
    let y = PAD - 4;
    y = this.write(scene.title, PAD, y, across, this.muted);
    y = this.write(sentence(scene, moment), PAD, y + 2, across, { size: this.width < 620 ? 17 : 21, weight: 600, colour: theme.text });
    return this.write(figures(scene, moment).join(' · '), PAD, y + 2, across, { ...this.text, colour: theme.muted }) + 14;
  }

  private foot(y: number): number {
    return this.write(`${attribution(this.input.scene, this.input.drawn)}. All times UTC. Made with Waybill.`, PAD, y + 14, this.width - 2 * PAD, { ...this.muted, size: 11 });
  }

  /** Legend and sources to the right of the map. */
  wide(): Plate {
    const { map } = this.input;
    const top = this.head(), left = PAD + map.width + PAD, wide = this.width - left - PAD;
    this.ops.push({ kind: 'map', x: PAD, y: top, width: map.width, height: map.height });
    this.scale(PAD + map.width - 14, top + map.height - 14);
    const words = this.sources(left, this.meanings(left, this.key(left, top) + 14, wide) + 18, wide);
    const y = this.foot(Math.max(top + map.height, words) + 4);
    return { width: this.width, height: Math.ceil(y + PAD - 8), ops: this.ops };
  }

  compose(): Plate {
    const { map } = this.input;
    const across = this.width - 2 * PAD;
    let y = this.head();
    const left = (this.width - map.width) / 2;
    this.ops.push({ kind: 'map', x: left, y, width: map.width, height: map.height });
    this.scale(left + map.width - 14, y + map.height - 14);
    y = this.below(y + map.height + 18, across);
    y = this.foot(y);
    return { width: this.width, height: Math.ceil(y + PAD - 8), ops: this.ops };
  }

  /** Legend and sources in one, two or three columns, as the width allows. */
  private below(y: number, across: number): number {
    if (across < 560) return this.sources(PAD, this.meanings(PAD, this.key(PAD, y) + 14, across) + 18, across);
    const second = PAD + 208;
    if (across < 900 || this.rows.length > FEW_SOURCES) {
      const bottom = Math.max(this.key(PAD, y), this.meanings(second, y, Math.min(420, across - 208)));
      return this.sources(PAD, bottom + 18, across);
    }
    const third = second + 308;
    return Math.max(this.key(PAD, y), this.meanings(second, y, 280), this.sources(third, y, PAD + across - third));
  }

  private key(x: number, y: number): number {
    const { scene } = this.input;
    const colour = this.colour();
    y = this.write(legendWords(scene).title, x, y, 200, this.strong) + 4;
    for (const { volume, px } of widthKey(scene.style)) {
      const height = Math.max(18, px + 4);
      this.ops.push({ kind: 'rect', x, y: y + (height - px) / 2, width: SIGN_PX, height: px, colour, opacity: 1 });
      y = this.beside(counted(number(volume), scene.unit), x, y, 190, height);
    }
    return y;
  }

  private meanings(x: number, y: number, width: number): number {
    const { scene, theme } = this.input;
    const [has, words, colour] = [used(scene, this.input.drawn), legendWords(scene), this.colour()];
    const {cargo} = this.input;
    y = cargo ? this.cargoes(x, y, width, cargo) : this.modes(x, y, width, has.modes);
    const bar = (height: number, at: number, fill: string, opacity = 1): void => {
      this.ops.push({ kind: 'rect', x, y: at - height / 2, width: SIGN_PX, height, colour: fill, opacity });
    };
    if (has.doubt) {
      const { low, best, high } = sectionAt(scene, this.input.moment) ?? { low: 7, best: 14, high: 22 }, tall = Math.max(26, high + 4);
      bar(high, y + tall / 2, colour, 0.22);
      bar(best, y + tall / 2, colour);
      bar(low, y + tall / 2, coreOf(colour, this.input.theme));
      y = this.beside(`Core: ${words.atLeast.toLowerCase()}; body: ${words.best.toLowerCase()}; halo: ${words.atMost.toLowerCase()}`, x, y, width, tall) + 2;
    }
    if (has.open) {
      const stops: Stop[] = [[0, colour, 0], [0.35, colour, 0.5], [0.5, colour, 1], [0.65, colour, 0.5], [1, colour, 0]];
      this.ops.push({ kind: 'fade', x, y, width: SIGN_PX, height: 20, stops, vertical: true });
      y = this.beside(words.open, x, y, width, 20) + 2;
    }
    if (has.contested) {
      for (const [dash, wide] of [[0, 12], [18, 13], [36, 13]] as const)
        this.ops.push({ kind: 'rect', x: x + dash, y: y + 4, width: wide, height: 10, colour, opacity: 1 });
      y = this.beside(words.contested, x, y, width, 18) + 2;
    }
    if (has.arcs) {
      const neck = x + SIGN_PX - 13, at = y + 9;
      const points = [[x, at - 1.5], [x + 20, at - 4], [neck, at - 4], [neck, at - 7], [x + SIGN_PX, at], [neck, at + 7], [neck, at + 4], [x + 20, at + 4], [x, at + 1.5]] as const;
      this.ops.push({ kind: 'shape', points, colour });
      y = this.beside(words.direction, x, y, width, 18) + 2;
    }
    if (has.routes) {
      const points = Array.from({ length: 25 }, (_, i) => [x + SIGN_PX * i / 24, y + 9 + 4 * Math.sin(Math.PI * i / 12)] as const);
      this.ops.push({ kind: 'path', points, colour, width: 3 });
      y = this.beside(words.route, x, y, width, 18) + 2;
    }
    if (has.drift) {
      bar(8, y + 9, colour, 0.6);
      for (const dash of [2, 16, 30, 44]) this.ops.push({ kind: 'rect', x: x + dash, y: y + 6, width: 8, height: 6, colour: coreOf(colour, this.input.theme), opacity: 1 });
      y = this.beside(words.drift, x, y, width, 18) + 2;
    }
    if (has.pulses) {
      bar(3, y + 9, colour, 0.6);
      this.ops.push({ kind: 'dot', x: x + SIGN_PX / 2, y: y + 9, radius: 5, colour: coreOf(colour, this.input.theme) });
      y = this.beside(words.pulse, x, y, width, 18) + 2;
    }
    if (has.areas) {
      this.ops.push({ kind: 'dot', x: x + SIGN_PX / 2, y: y + 9, radius: 8, colour: theme.label, opacity: 0.14, edge: 0.5 });
      y = this.beside(words.area, x, y, width, 18) + 2;
    }
    if (this.input.marks) {
      this.ops.push({ kind: 'dot', x: x + SIGN_PX / 2, y: y + 9, radius: 9, colour: theme.line });
      this.ops.push({ kind: 'text', x: x + SIGN_PX / 2 + 3.5, y: y + 13, text: '3', style: { size: 11, weight: 600, colour: theme.land }, align: 'right' });
      y = this.beside(words.groups, x, y, width, 18) + 2;
    }
    if (!words.floor) return y;
    bar(1, y + 9, colour);
    return this.beside(words.floor, x, y, width, 18);
  }

  private cargoes(x: number, y: number, width: number, cargo: readonly CargoKey[]): number {
    for (const { colour, words } of cargo) {
      this.ops.push({ kind: 'rect', x, y: y + 4, width: 12, height: 12, colour: this.input.theme.cargo[colour]!, opacity: 1 });
      y = this.write(tame(words), x + 18, y + 1, width - 18, this.small) + 3;
    }
    return this.write(CARGO_NOTE, x, y, width, this.muted) + 8;
  }

  private modes(x: number, y: number, width: number, modes: readonly (keyof Theme['mode'])[]): number {
    let at = x;
    for (const mode of modes) {
      const name = capital(byMode(mode));
      const wide = this.measure(name, this.small) + 34;
      if (at > x && at + wide > x + width) [at, y] = [x, y + 20];
      this.ops.push({ kind: 'rect', x: at, y: y + 4, width: 12, height: 12, colour: this.input.theme.mode[mode], opacity: 1 });
      this.write(name, at + 18, y + 1, wide, this.small);
      at += wide;
    }
    return modes.length > 0 ? y + 24 : y;
  }

  private sources(x: number, y: number, width: number): number {
    const { rows } = this;
    y = this.write(rows.length > 0 ? 'Sources' : 'Sources: none at this moment', x, y, width, this.strong) + 4;
    const listed = rows.slice(0, MAX_SOURCES);
    const columns = width >= 700 && listed.length > FEW_SOURCES ? 2 : 1;
    const each = Math.ceil(listed.length / columns);
    const wide = (width - (columns - 1) * PAD) / columns;
    let bottom = y;
    for (let column = 0; column < columns; column++) {
      const part = listed.slice(column * each, (column + 1) * each);
      bottom = Math.max(bottom, this.column(part, x + column * (wide + PAD), y, wide));
    }
    if (rows.length <= MAX_SOURCES) return bottom;
    return this.write(`and ${several(rows.length - MAX_SOURCES, 'more report')} in the data set`, x + 26, bottom, width - 26, this.muted);
  }

  private column(rows: readonly number[], x: number, y: number, width: number): number {
    for (const row of rows) {
      this.ops.push({ kind: 'text', x: x + 18, y: y + this.muted.size * 1.05, text: `${row + 1}`, style: this.muted, align: 'right' });
      y = this.write(sourceText(this.input.scene, row), x + 26, y, width - 26, this.small) + 3;
    }
    return y;
  }

  private scale(right: number, bottom: number): void {
    const { theme, metresPerPixel } = this.input;
    const bar = scaleBar(metresPerPixel);
    if (!bar) return;
    const points = [[right - bar.px, bottom - 6], [right - bar.px, bottom], [right, bottom], [right, bottom - 6]] as const;
    this.ops.push({ kind: 'path', points, colour: theme.label, width: 1.5, outline: theme.sea });
    const style: TextStyle = { size: 12, weight: 400, colour: theme.label };
    this.ops.push({ kind: 'text', x: right, y: bottom - 11, text: bar.label, style, align: 'right', outline: theme.sea });
  }

  private colour(): string {
    const { scene, drawn, theme, cargo } = this.input;
    if (cargo) return theme.label;
    return theme.mode[used(scene, drawn).modes[0] ?? 1];
  }

  /** Text to the right of a sign of the legend, in the middle of its height. Returns the bottom of both. */
  private beside(text: string, x: number, y: number, width: number, height: number): number {
    const at = x + SIGN_PX + 12;
    const lines = this.lines(text, x + width - at, this.small).length;
    const tall = lines * this.small.size * LINE;
    this.write(text, at, y + Math.max(0, (height - tall) / 2), x + width - at, this.small);
    return y + Math.max(height, tall);
  }

  private lines(text: string, width: number, style: TextStyle): string[] {
    return wrap(text, width, (part) => this.measure(part, style));
  }

  /** Text from y down, wrapped; returns where it ends. */
  private write(text: string, x: number, y: number, width: number, style: TextStyle): number {
    for (const line of this.lines(text, width, style)) {
      this.ops.push({ kind: 'text', x, y: y + style.size * 1.05, text: line, style, align: 'left' });
      y += style.size * LINE;
    }
    return y;
  }
}
