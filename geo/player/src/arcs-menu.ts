// The button over the map that says how many arcs are drawn, how wide the widest is, and whether routes stand in their place.

import { el, iconButton, setText } from './dom';
import { Popover } from './popover';
import type { Colouring, PathKind } from './types';
import { number } from './words';

/** largest: how many routes are drawn, 0 for all; width: px of the widest arc; paths: null where nothing here can have a route by sea; colour: null where no cargo is told. */
export interface ArcsShown { largest: number; width: number; paths: PathKind | null; colour: Colouring | null }
const COLOURS = { mode: 'Mode of transport', cargo: 'Cargo' } as const;
const PATHS = { arcs: 'Arcs', routes: 'Sea routes' } as const;
/** px; the same in geo/scene/style.py. */
export const WIDTH_RANGE = [4, 64] as const;

export class ArcsMenu {
  readonly root: HTMLElement;
  private readonly said = el('p', { class: 'wb-paths-note', role: 'status' });

  /** `routes`: how many there are; `choose` hears every change, with what is to be shown from then on. */
  constructor(routes: number, shown: ArcsShown, choose: (shown: ArcsShown) => void) {
    const range = (label: string, least: number, most: number, value: number, words: (value: number) => string): [HTMLElement, HTMLInputElement] => {
      const input = el('input', { type: 'range', min: least, max: most, step: 1, value, 'aria-label': label });
      const output = el('output', {}, words(value));
      input.addEventListener('input', () => { output.textContent = words(Number(input.value)); });
      return [el('label', { class: 'wb-slide' }, el('span', {}, label), input, output), input];
    };
    const [many, count] = range('Routes drawn, largest first', 1, Math.max(1, routes), shown.largest || routes, (n) => (n >= routes ? 'all' : number(n)));
    const [wide, width] = range('Widest arc', ...WIDTH_RANGE, Math.round(shown.width), (px) => `${px} px`);
    const {root, panel} = new Popover(iconButton('arcs', 'Arcs: how many and how wide'), 'wb-arcs', 'Arcs', routes > 1 && many, wide, shown.paths !== null && this.pathsOf(shown.paths), shown.colour !== null && choiceOf('Colour by', 'wb-colour', COLOURS, shown.colour));
    this.root = root;
    panel.addEventListener('change', () => choose({ largest: Number(count.value) >= routes ? 0 : Number(count.value), width: Number(width.value), paths: this.chosen('wb-paths'), colour: this.chosen('wb-colour') }));
    // Arrows move the slider here, not the clock.
    panel.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' && event.target instanceof HTMLInputElement) event.stopPropagation();
    });
  }

  /** What is to be said of the routes by sea; "" for nothing. */
  note(text: string): void {
    setText(this.said, text);
  }

  private pathsOf(shown: PathKind): HTMLElement {
    const choice = choiceOf('Draw', 'wb-paths', PATHS, shown);
    choice.append(this.said);
    return choice;
  }

  private chosen<T extends string>(name: string): T | null {
    return (this.root.querySelector<HTMLInputElement>(`input[name="${name}"]:checked`)?.value ?? null) as T | null;
  }
}

/** One of a few values, by radio buttons. */
function choiceOf(legend: string, name: string, words: Readonly<Record<string, string>>, shown: string): HTMLElement {
  const choices = Object.entries(words).map(([value, label]) =>
    el('label', {}, el('input', { type: 'radio', name, value, ...value === shown && { checked: true } }), label));
  return el('fieldset', { class: 'wb-paths' }, el('legend', {}, legend), ...choices);
}
