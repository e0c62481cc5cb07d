// The buttons over the map that belong to the view: fit, and clear what is selected.

import { el, iconButton, setText, icon } from './dom';
import { several } from './words';

export class Toolbar {
  readonly root: HTMLElement;
  private readonly clear: HTMLButtonElement;
  private readonly label = el('span');

  constructor(actions: { fit(): void; clear(): void }) {
    const fit = iconButton('fit', 'Fit the map to what is shown', 'F');
    fit.addEventListener('click', () => actions.fit());
    this.clear = el('button', { type: 'button', class: 'wb-button wb-clear', title: 'Clear the selection (Esc)', hidden: true },
      this.label, icon('clear'));
    this.clear.addEventListener('click', () => actions.clear());
    this.root = el('div', { class: 'wb-toolbar', role: 'group', 'aria-label': 'View' }, this.clear, fit);
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
