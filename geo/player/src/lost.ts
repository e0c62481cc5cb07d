// What a map that shows none of its arcs says, and the way back.

import { el, icon } from './dom';

export class Lost {
  readonly root = el('button', { type: 'button', class: 'wb-button wb-lost', hidden: true }, icon('fit'), 'No route in view: show all');

  constructor(fit: () => void) {
    this.root.addEventListener('click', () => {
      fit();
      this.show(false);
    });
  }

  show(lost: boolean): void {
    this.root.hidden = !lost;
  }
}
