// The button over the map that says what the base map shows.

import {LAYERS, type LayerName} from './basemap';
import {el, iconButton} from './dom';

const WORDS: Record<LayerName, string> = {names: 'Names', borders: 'Borders', graticule: 'Graticule'};

export class LayersMenu {
  readonly root: HTMLElement;
  private readonly button = iconButton('layers', 'Map layers');
  private readonly boxes: Record<LayerName, HTMLInputElement>;
  private readonly panel: HTMLElement;

  /** `choose` hears every change, with what is to be shown from then on. */
  constructor(shown: readonly LayerName[], choose: (layers: LayerName[]) => void) {
    const box = (name: LayerName): HTMLInputElement => el('input', {type: 'checkbox', name, checked: shown.includes(name)});
    this.boxes = {names: box('names'), borders: box('borders'), graticule: box('graticule')};
    this.panel = el('div', {class: 'wb-layers-panel', id: 'wb-layers', role: 'group', 'aria-label': 'Map layers', hidden: true},
      ...LAYERS.map((name) => el('label', {class: 'wb-check'}, this.boxes[name], el('span', {}, WORDS[name]))));
    this.button.setAttribute('aria-expanded', 'false');
    this.button.setAttribute('aria-controls', 'wb-layers');
    this.root = el('div', {class: 'wb-layers'}, this.button, this.panel);
    this.button.addEventListener('click', () => this.open(this.button.getAttribute('aria-expanded') !== 'true'));
    this.panel.addEventListener('change', () => choose(LAYERS.filter((name) => this.boxes[name].checked)));
    this.root.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || this.panel.hidden) return;
      this.open(false);
      this.button.focus();
      event.stopPropagation();
    });
    this.root.addEventListener('focusout', (event) => {
      if (event.relatedTarget instanceof Node && !this.root.contains(event.relatedTarget)) this.open(false);
    });
  }

  private open(open: boolean): void {
    this.panel.hidden = !open;
    this.button.setAttribute('aria-expanded', String(open));
  }
}
