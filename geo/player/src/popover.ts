// A button over the map that opens a panel of settings below it. Escape and leaving it close the panel.

import { el, type Child } from './dom';

export class Popover {
  readonly root: HTMLElement;
  readonly panel: HTMLElement;

  constructor(private readonly button: HTMLButtonElement, id: string, legend: string, ...settings: Child[]) {
    this.panel = el('fieldset', { class: 'wb-layers-panel', id, hidden: true }, el('legend', {}, legend), ...settings);
    button.setAttribute('aria-expanded', 'false');
    button.setAttribute('aria-controls', id);
    this.root = el('div', { class: 'wb-layers' }, button, this.panel);
    button.addEventListener('click', () => this.open(button.getAttribute('aria-expanded') !== 'true'));
    this.root.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || this.panel.hidden) return;
      this.open(false);
      button.focus();
      event.stopPropagation();
    });
    this.root.addEventListener('focusout', (event) => {
      if (event.relatedTarget instanceof Node && !this.root.contains(event.relatedTarget)) this.open(false);
    });
  }

  close(): void {
    this.open(false);
  }

  private open(open: boolean): void {
    this.panel.hidden = !open;
    if (open) this.panel.querySelector<HTMLElement>('input[type="search"]')?.focus();
    this.button.setAttribute('aria-expanded', String(open));
  }
}
