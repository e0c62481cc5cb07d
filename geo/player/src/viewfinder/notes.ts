// The boxes of callouts on the picture, which are moved by hand or by arrow keys. Told is only where one comes to rest.

import {el} from '../dom';
import {place} from './finder';
import type {Box} from './part';

/** turn: its place among the callouts; box: shares of the picture. */
export interface Note { turn: number; text: string; box: Box }

const STEP = 0.015;
const REST_MS = 450;
const CLICK_PX = 3;

interface Grip { id: number; note: Note; node: HTMLElement; x: number; y: number; by: [number, number] }

export class Notes {
  readonly root = el('div', {class: 'vf-notes'});
  private grip: Grip | null = null;
  private pressed: {note: Note; node: HTMLElement; by: [number, number]} | null = null;
  private rest: ReturnType<typeof setTimeout> | null = null;

  /** tell: which was moved, and by how much, as shares of the picture. */
  constructor(private readonly tell: (turn: number, by: [number, number]) => void) {}

  /** Whether a hand is on one, so that a new picture has to wait. */
  get busy(): boolean {
    return this.grip !== null || this.rest !== null;
  }

  show(notes: readonly Note[]): void {
    const focused = this.root.querySelector<HTMLElement>(':focus')?.dataset['turn'];
    this.root.replaceChildren(...notes.map((note) => this.node(note)));
    if (focused !== undefined) this.root.querySelector<HTMLElement>(`[data-turn="${focused}"]`)?.focus({preventScroll: true});
  }

  private node(note: Note): HTMLElement {
    const [left, top, right, bottom] = note.box;
    const node = el('button', {type: 'button', class: 'vf-note', 'data-turn': note.turn, 'aria-label': `Callout: ${note.text}. Arrow keys move it.`});
    place(node, left, top, right - left, bottom - top);
    node.addEventListener('pointerdown', (event) => this.take(event, note, node));
    node.addEventListener('pointermove', (event) => this.follow(event));
    node.addEventListener('pointerup', (event) => this.release(event));
    node.addEventListener('pointercancel', () => this.letGo());
    node.addEventListener('keydown', (event) => this.key(event, note, node));
    return node;
  }

  private take(event: PointerEvent, note: Note, node: HTMLElement): void {
    if (event.button !== 0 || this.grip) return;
    this.grip = {id: event.pointerId, note, node, x: event.clientX, y: event.clientY, by: [0, 0]};
    node.setPointerCapture?.(event.pointerId);
  }

  private follow(event: PointerEvent): void {
    const grip = this.grip;
    if (!grip || event.pointerId !== grip.id) return;
    const {width, height} = this.root.getBoundingClientRect();
    const [dx, dy] = [event.clientX - grip.x, event.clientY - grip.y];
    if (Math.hypot(dx, dy) <= CLICK_PX && grip.by[0] === 0 && grip.by[1] === 0) return;
    grip.by = [dx / width, dy / height];
    draw(grip.node, grip.note, grip.by);
  }

  private release(event: PointerEvent): void {
    const grip = this.grip;
    if (!grip || event.pointerId !== grip.id) return;
    this.grip = null;
    if (grip.by[0] || grip.by[1]) this.tell(grip.note.turn, grip.by);
    else this.rested();
  }

  /** The system took the pointer away: nothing was meant. */
  private letGo(): void {
    if (!this.grip) return;
    draw(this.grip.node, this.grip.note, [0, 0]);
    this.grip = null;
    this.rested();
  }

  private key(event: KeyboardEvent, note: Note, node: HTMLElement): void {
    // Streamlit's own keys would act on the page.
    event.stopPropagation();
    const step = {ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP]}[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const before = this.pressed?.note === note ? this.pressed.by : [0, 0];
    this.pressed = {note, node, by: [before[0]! + step[0]!, before[1]! + step[1]!]};
    draw(node, note, this.pressed.by);
    if (this.rest !== null) clearTimeout(this.rest);
    this.rest = setTimeout(() => {
      const {note: of, by} = this.pressed!;
      [this.rest, this.pressed] = [null, null];
      this.tell(of.turn, by);
    }, REST_MS);
  }

  private rested(): void {
    this.root.dispatchEvent(new CustomEvent('rested'));
  }
}

function draw(node: HTMLElement, {box: [left, top, right, bottom]}: Note, [dx, dy]: readonly [number, number]): void {
  node.toggleAttribute('data-moving', dx !== 0 || dy !== 0);
  place(node, left + dx, top + dy, right - left, bottom - top);
}
