// The row of buttons over the map: clear what is selected, list the routes, find a place, measure; the menus follow them.

import { el, iconButton, setText, icon } from './dom';
import { several } from './words';

export class Toolbar {
  readonly root: HTMLElement;
  private readonly clear: HTMLButtonElement;
  private readonly label = el('span');

  private readonly measuring = iconButton('ruler', 'Measure a distance', 'M');

  constructor(actions: { measure(): void; clear(): void }, search: HTMLElement, routes: HTMLElement) {
    this.measuring.addEventListener('click', () => actions.measure());
    this.setMeasuring(false);
    this.clear = el('button', { type: 'button', class: 'wb-button wb-clear', title: 'Clear the selection (Esc)', hidden: true },
      this.label, icon('clear'));
    this.clear.addEventListener('click', () => actions.clear());
    this.root = el('div', { class: 'wb-toolbar', role: 'group', 'aria-label': 'View' }, this.clear, routes, search, this.measuring);
  }

  setMeasuring(active: boolean): void {
    this.measuring.setAttribute('aria-pressed', String(active));
  }

  /** How many corridors are selected; the clear button shows only when there are some. */
  setSelected(count: number): void {
    this.clear.hidden = count === 0;
    const selected = `${several(count, 'route')} selected`;
    setText(this.label, selected);
    // Begins with what is seen: whoever steers by voice says that.
    this.clear.setAttribute('aria-label', `${selected}: clear the selection`);
  }
}
