// The frame on the map of a finished picture: drag the map to move it, a corner to zoom. Told is only what it comes to rest at.

import {el} from '../dom';
import {ALL, CORNERS, boxOf, cornered, moved, same, scaled, within, type Box, type Corner, type Part, type Point} from './part';

/** Milliseconds of rest after which keys and wheel count as done. */
const REST_MS = 450;
const STEP = 0.12, ZOOM = 0.75;
const CLICK_PX = 3;
const LINE_PX = 16;
const LABEL = 'Map area. Arrow keys move it, plus and minus zoom, 0 shows all data, Enter marks the middle for a callout.';

interface Grip { id: number; corner: Corner | null; from: Point; start: Part; far: boolean }

export class Finder {
  readonly root: HTMLElement;
  /** A click that moved nothing, in widths and heights of the map, or Enter in its middle; dragging stays what it is. */
  clicked: ((at: Point) => void) | null = null;
  private readonly layer = el('div', {class: 'vf-layer'});
  private readonly ghost = el('img', {class: 'vf-ghost', alt: '', draggable: 'false'});
  private readonly shade = el('div', {class: 'vf-shade'});
  private readonly frame = el('div', {class: 'vf-frame'});
  private map: Box = [0, 0, 1, 1];
  private part: Part = ALL;
  private grip: Grip | null = null;
  private rest: ReturnType<typeof setTimeout> | null = null;

  /** tell: a part of the picture as shares of it; whole: all of the scene is wanted; point: a click, in widths and heights of the map. */
  constructor(
    private readonly tell: (part: Box) => void, private readonly whole: () => void,
    private readonly point: ((at: Point) => void) | null = null, label = LABEL
  ) {
    this.layer.append(this.ghost);
    for (const [right, down] of CORNERS) {
      this.frame.append(el('span', {class: `vf-corner vf-${down ? 'bottom' : 'top'} vf-${right ? 'right' : 'left'}`}));
    }
    this.root = el('div', {class: 'vf-map', tabindex: 0, role: 'group', 'aria-label': label, 'data-state': 'still'},
      el('div', {class: 'vf-clip'}, this.layer, this.shade), this.frame);
    this.root.addEventListener('pointerdown', this.take);
    this.root.addEventListener('pointermove', this.follow);
    this.root.addEventListener('pointerup', this.release);
    this.root.addEventListener('pointercancel', this.letGo);
    if (!point) this.root.addEventListener('dblclick', () => this.showAll());
    this.root.addEventListener('keydown', this.key);
    this.root.addEventListener('wheel', this.wheel, {passive: false});
  }

  /** Whether a hand is on it, so that a new picture has to wait. */
  get busy(): boolean {
    return this.grip !== null || this.rest !== null;
  }

  /** Another picture, framed as it is drawn. */
  show(picture: string, map: Box): void {
    this.map = map;
    const [left, top, right, bottom] = map;
    const wide = right - left, tall = bottom - top;
    place(this.root, left, top, wide, tall);
    place(this.ghost, -left / wide, -top / tall, 1 / wide, 1 / tall);
    if (this.ghost.getAttribute('src') !== picture) this.ghost.src = picture;
    this.part = ALL;
    this.draw(ALL, 'still');
  }

  zoom(times: number, at?: Point): void {
    this.part = scaled(this.part, times, at);
    this.soon();
  }

  showAll(): void {
    this.forget();
    this.draw(ALL, 'waiting');
    this.whole();
  }

  destroy(): void {
    this.forget();
  }

  private draw(frame: Part, state: 'still' | 'moving' | 'waiting'): void {
    const {left, top, size} = this.part;
    this.layer.style.transform = `translate(${(-left / size) * 100}%, ${(-top / size) * 100}%) scale(${1 / size})`;
    this.layer.hidden = state === 'still';
    for (const node of [this.frame, this.shade]) place(node, frame.left, frame.top, frame.size, frame.size);
    this.root.dataset['state'] = state;
  }

  private readonly take = (event: PointerEvent): void => {
    if (event.button !== 0 || this.grip) return;
    event.preventDefault();
    this.root.focus({preventScroll: true});
    this.forget();
    const place = (event.target as Element).closest('.vf-corner');
    const turn = place ? [...this.frame.children].indexOf(place) : -1;
    this.grip = {id: event.pointerId, corner: CORNERS[turn] ?? null, from: this.at(event), start: this.part, far: false};
    this.root.setPointerCapture?.(event.pointerId);
  };

  private readonly follow = (event: PointerEvent): void => {
    const grip = this.grip;
    if (!grip || event.pointerId !== grip.id) return;
    const to = this.at(event), box = this.root.getBoundingClientRect();
    const by = {x: to.x - grip.from.x, y: to.y - grip.from.y};
    grip.far ||= Math.hypot(by.x * box.width, by.y * box.height) > CLICK_PX;
    if (!grip.far) return;
    if (grip.corner) {
      this.draw(cornered(grip.corner, to), 'moving');
    } else {
      this.part = moved(grip.start, by);
      this.draw(ALL, 'moving');
    }
  };

  private readonly release = (event: PointerEvent): void => {
    const grip = this.grip;
    if (!grip || event.pointerId !== grip.id) return;
    this.grip = null;
    if (!grip.far) {
      const still = same(this.part, ALL);
      this.settle();
      if (still && !grip.corner) (this.point ?? this.clicked)?.(this.at(event));
      return;
    }
    if (grip.corner) this.part = within(grip.start, cornered(grip.corner, this.at(event)));
    this.settle();
  };

  /** The system took the pointer away: nothing was meant. */
  private readonly letGo = (): void => {
    if (!this.grip) return;
    this.part = this.grip.start;
    this.grip = null;
    this.settle();
  };

  private readonly key = (event: KeyboardEvent): void => {
    // Streamlit's own keys would act on the page.
    event.stopPropagation();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by: Record<string, Point> = {
      ArrowLeft: {x: STEP, y: 0}, ArrowRight: {x: -STEP, y: 0}, ArrowUp: {x: 0, y: STEP}, ArrowDown: {x: 0, y: -STEP}
    };
    const step = by[event.key];
    if (step) {
      this.part = moved(this.part, step);
      this.soon();
    } else if (event.key === '+' || event.key === '=') this.zoom(ZOOM);
    else if (event.key === '-') this.zoom(1 / ZOOM);
    else if (event.key === '0') this.showAll();
    else if ((this.point ?? this.clicked) && event.key === 'Enter' && !this.busy) (this.point ?? this.clicked)!({x: 0.5, y: 0.5});
    else return;
    event.preventDefault();
  };

  /** Zooms once the map was taken in hand; before that the wheel is the page's. */
  private readonly wheel = (event: WheelEvent): void => {
    if (!event.ctrlKey && !this.root.matches(':focus')) return;
    event.preventDefault();
    const lines = event.deltaMode === 1 ? LINE_PX : 1;
    this.zoom(Math.exp(Math.max(-240, Math.min(240, event.deltaY * lines)) * 0.002), this.at(event));
  };

  private soon(): void {
    this.forget();
    this.draw(ALL, 'moving');
    this.rest = setTimeout(() => {
      this.rest = null;
      this.settle();
    }, REST_MS);
  }

  private settle(): void {
    const still = same(this.part, ALL);
    this.draw(ALL, still ? 'still' : 'waiting');
    if (!still) this.tell(boxOf(this.part, this.map));
    else this.root.dispatchEvent(new CustomEvent('rested'));
  }

  private forget(): void {
    if (this.rest !== null) clearTimeout(this.rest);
    this.rest = null;
  }

  /** In widths and heights of the map. */
  private at(event: MouseEvent): Point {
    const box = this.root.getBoundingClientRect();
    return {x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height};
  }
}

/** left, top, width and height as shares of what it stands in. */
export function place(node: HTMLElement, left: number, top: number, wide: number, tall: number): void {
  const percent = (share: number) => `${(share * 100).toFixed(4)}%`;
  Object.assign(node.style, {left: percent(left), top: percent(top), width: percent(wide), height: percent(tall)});
}
