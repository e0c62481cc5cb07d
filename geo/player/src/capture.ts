// One button makes a picture for a briefing: the map, and all that it needs to be read without this page.

import type { CargoKey } from './cargo';
import { download } from './download';
import { el, icon, iconButton, setText } from './dom';
import { factsOf, type Facts } from './facts';
import { plate, sourcesOf, sourceText, tame, type Measure, type Op, type Plate, type TextStyle } from './plate';
import { withTexts } from './png';
import { figures, inHours, moment, onlyCorridor, sentence } from './words';
import type { Shown } from './restore';
import type { Moment, SceneData, Stage, Theme } from './types';

const SCALES = [1, 2, 3];
/** Width by height; 0 is as seen. */
const SHAPES: Record<string, number> = { 'As seen': 0, '16:9': 16 / 9, '4:3': 4 / 3 };
/** Longest side that browsers draw: Chromium and Firefox stop at 16,384 or later. */
const MAX_SIDE = 16_384;
const STATUS_MS = 6000;
const MAX_NAME = 80;

/** Letters, digits and hyphens: safe as a part of a file name on any system. */
export function slug(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
}

export class Capture {
  /** the corridors that are drawn; all where undefined */
  drawn: ReadonlySet<number> | undefined;
  readonly root: HTMLElement;
  private readonly scale = el('select', { class: 'wb-scale-choice', 'aria-label': 'Size of the picture', title: 'Size of the picture' },
    ...SCALES.map((scale) => el('option', { value: scale, selected: scale === 2 }, `${scale}×`)));
  private readonly shape = el('select', { class: 'wb-shape-choice', 'aria-label': 'Shape of the picture', title: 'Shape of the picture' },
    ...Object.keys(SHAPES).map((name) => el('option', { value: name }, name)));
  private readonly status = el('p', { class: 'wb-status', role: 'status' });
  /** rows of the legend where arcs are coloured by cargo */
  cargo: readonly CargoKey[] | null = null;
  private busy = false;
  private clearing: ReturnType<typeof setTimeout> | undefined;

  /** `before` runs ahead of each picture: a playing clock is paused there, so that map and words agree. */
  constructor(
    public scene: SceneData, private readonly stage: Stage,
    private readonly getMoment: () => Moment, private readonly getTheme: () => Theme, private readonly before: () => void = () => undefined,
    private readonly told: () => { facts: Facts; shown: Shown } | null = () => null,
    private readonly notes: readonly string[] = [],
  ) {
    const save = el('button', { type: 'button', class: 'wb-button wb-save', title: 'Save a picture (S)', 'aria-label': 'Save a picture, PNG' },
      icon('save'), el('span', {}, 'PNG'));
    const copy = iconButton('copy', 'Copy the picture');
    save.addEventListener('click', () => void this.run(() => this.save()));
    copy.addEventListener('click', () => void this.run(() => this.copy()));
    this.root = el('div', { class: 'wb-capture', role: 'group', 'aria-label': 'Picture' }, save, this.shape, this.scale, copy, this.status);
  }

  /** The whole picture at `scale` × CSS pixels. Throws when it is larger than a browser can draw. */
  async compose(scale: number): Promise<HTMLCanvasElement> {
    return (await this.composed(scale)).canvas;
  }

  /** The same, with the size of its map, CSS px. */
  private async composed(scale: number): Promise<{ canvas: HTMLCanvasElement; size: { width: number; height: number } }> {
    this.before();
    const [m, theme] = [this.getMoment(), this.getTheme()];
    const metresPerPixel = this.stage.metresPerPixel();
    const map = await this.stage.capture(scale);
    await document.fonts?.ready;
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d');
    if (!context) throw new Error('This browser could not draw the picture. Try a smaller size.');
    const measure: Measure = (text, style) => {
      context.font = fontOf(style, theme);
      return context.measureText(text).width;
    };
    const aspect = SHAPES[this.shape.value] ?? 0;
    const size = { width: map.width / scale, height: map.height / scale };
    const sheet = plate({ scene: this.scene, moment: m, drawn: this.drawn, theme, map: size, metresPerPixel, marks: this.stage.marks ?? 0, cargo: this.cargo, ...(aspect ? { aspect } : {}) }, measure);
    [canvas.width, canvas.height] = [Math.round(sheet.width * scale), Math.round(sheet.height * scale)];
    if (Math.max(canvas.width, canvas.height) > MAX_SIDE) throw new Error('The picture is too large at this size. Choose a smaller one.');
    context.scale(scale, scale);
    draw(context, sheet, map, theme);
    return { canvas, size };
  }

  /** "waybill-rason-vladivostok-2023-10-01.png": what is shown, and the last day (or minute) in it. */
  fileName(m: Moment): string {
    const { scene } = this;
    const only = onlyCorridor(scene, m);
    const name = (index: number | undefined): string => slug(scene.places[index ?? -1]?.name ?? '');
    const what = only >= 0
      ? [name(scene.corridors.origin[only]), name(scene.corridors.destination[only])].filter(Boolean).join('-')
      : slug(scene.title);
    const when = (t: number, end: boolean): string => {
      const at = inHours(scene) ? t : Math.max(0, end ? Math.ceil(t) - 1 : t);
      const iso = new Date(scene.start + at * 1000).toISOString();
      return inHours(scene) ? iso.slice(0, 16).replace(':', '') : iso.slice(0, 10);
    };
    const dates = m.mode === 'window' && moment(scene, m.stretch.from + 1) !== moment(scene, m.stretch.to)
      ? `${when(m.stretch.from, false)}-to-${when(m.stretch.to, true)}` : when(m.stretch.to, true);
    const short = (what || 'map').slice(0, MAX_NAME).replace(/-+$/, '');
    return `waybill-${short}-${dates}.png`;
  }

  /** What the file says of itself, by the keywords that plates have. */
  private facts(m: Moment, map: { width: number; height: number }): Record<string, string> {
    const { scene } = this;
    const told = this.told(), own = told ? factsOf(told.facts, scene, told.shown, this.getTheme().dark, map) : { Software: 'Waybill' };
    const sources = sourcesOf(scene, m, this.drawn).map((row) => `${row + 1}: ${sourceText(scene, row)}`).join('; ');
    const plate = { data: scene.key, moment: new Date(scene.start + m.t * 1000).toISOString(), unit: scene.unit, window: m.mode === 'window' ? m.stretch.to - m.stretch.from : null };
    return {
      Title: tame(sentence(scene, m)), Description: `${tame(sentence(scene, m))}. ${figures(scene, m).join(' · ')}. ${this.notes.map((note) => `${note}. `).join('')}Sources: ${sources || 'none'}.`,
      ...own, 'waybill-plate': JSON.stringify(plate), 'waybill-link': window.location.href,
    };
  }

  private async save(): Promise<string> {
    const { canvas, size } = await this.composed(Number(this.scale.value));
    const name = this.fileName(this.getMoment());
    download(name, await withTexts(await toBlob(canvas), this.facts(this.getMoment(), size)));
    return `Saved ${name}`;
  }

  private async copy(): Promise<string> {
    const refused = 'The browser did not allow copying. Save the picture instead.';
    if (typeof ClipboardItem !== 'function' || !navigator.clipboard?.write) return refused;
    const picture = this.compose(Number(this.scale.value)).then(toBlob);
    // A drawing that fails is told as such; only what the clipboard itself throws is a refusal.
    const [drawn, written] = await Promise.allSettled([picture, navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })])]);
    if (drawn.status === 'rejected') throw drawn.reason;
    return written.status === 'fulfilled' ? 'Copied the picture' : refused;
  }

  private async run(job: () => Promise<string>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.root.setAttribute('aria-busy', 'true');
    this.say('Drawing the picture…');
    try {
      this.say(await job());
    } catch (error) {
      this.say(error instanceof Error && error.message ? error.message : 'The picture could not be drawn. Try a smaller size.');
    } finally {
      this.busy = false;
      this.root.removeAttribute('aria-busy');
    }
  }

  private say(words: string): void {
    setText(this.status, words);
    clearTimeout(this.clearing);
    this.clearing = setTimeout(() => setText(this.status, ''), STATUS_MS);
  }
}

const fontOf = ({ weight, size }: TextStyle, theme: Theme): string => `${weight} ${size}px ${theme.font}`;

function toBlob(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => canvas.toBlob(
    (blob) => blob ? resolve(blob) : reject(new Error('The picture is too large at this size. Choose a smaller one.')), 'image/png'));
}

function draw(context: CanvasRenderingContext2D, sheet: Plate, map: HTMLCanvasElement, theme: Theme): void {
  context.fillStyle = theme.background;
  context.fillRect(0, 0, sheet.width, sheet.height);
  context.lineJoin = 'round';
  for (const op of sheet.ops) drawOp(context, op, map, theme);
}

function drawOp(context: CanvasRenderingContext2D, op: Op, map: HTMLCanvasElement, theme: Theme): void {
  switch (op.kind) {
    case 'map':
      context.drawImage(map, op.x, op.y, op.width, op.height);
      return;
    case 'text':
      context.font = fontOf(op.style, theme);
      context.textAlign = op.align;
      if (op.outline) {
        context.strokeStyle = op.outline;
        context.lineWidth = 3;
        context.strokeText(op.text, op.x, op.y);
      }
      context.fillStyle = op.style.colour;
      context.fillText(op.text, op.x, op.y);
      return;
    case 'rect':
      context.globalAlpha = op.opacity;
      context.fillStyle = op.colour;
      context.fillRect(op.x, op.y, op.width, op.height);
      context.globalAlpha = 1;
      return;
    case 'fade': {
      const fade = context.createLinearGradient(op.x, op.y, op.vertical ? op.x : op.x + op.width, op.vertical ? op.y + op.height : op.y);
      for (const [offset, colour, opacity] of op.stops) fade.addColorStop(offset, transparent(colour, opacity));
      context.fillStyle = fade;
      context.fillRect(op.x, op.y, op.width, op.height);
      return;
    }
    case 'dot':
      context.fillStyle = op.colour;
      context.beginPath();
      context.arc(op.x, op.y, op.radius, 0, 2 * Math.PI);
      context.globalAlpha = op.opacity ?? 1;
      context.fill();
      context.globalAlpha = op.edge ?? 0;
      context.lineWidth = 1;
      context.strokeStyle = op.colour;
      if (op.edge) context.stroke();
      context.globalAlpha = 1;
      return;
    case 'shape':
      context.beginPath();
      op.points.forEach(([x, y], i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
      context.fillStyle = op.colour;
      context.fill();
      return;
    case 'path':
      context.beginPath();
      op.points.forEach(([x, y], i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
      for (const [colour, width] of [[op.outline, op.width + 3], [op.colour, op.width]] as const) {
        if (!colour) continue;
        context.strokeStyle = colour;
        context.lineWidth = width;
        context.stroke();
      }
  }
}

/** "#RRGGBB" with an opacity; other colours are left as they are. */
function transparent(colour: string, opacity: number): string {
  const hex = Math.round(opacity * 255).toString(16).padStart(2, '0');
  return /^#[0-9a-f]{6}$/i.test(colour) ? `${colour}${hex}` : colour;
}
