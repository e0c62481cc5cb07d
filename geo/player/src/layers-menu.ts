// The button over the map that says what the base map shows.

import {LAYERS, type LayerName} from './basemap';
import {el, iconButton} from './dom';
import {Popover} from './popover';

const WORDS: Record<LayerName, string> = {names: 'Names', borders: 'Borders', graticule: 'Graticule'};

export class LayersMenu {
  readonly root: HTMLElement;

  /** `choose` hears every change, with what is to be shown from then on. */
  constructor(shown: readonly LayerName[], choose: (layers: LayerName[]) => void) {
    const box = (name: LayerName): HTMLInputElement => el('input', {type: 'checkbox', name, checked: shown.includes(name)});
    const boxes = {names: box('names'), borders: box('borders'), graticule: box('graticule')};
    const {root, panel} = new Popover(iconButton('layers', 'Map layers'), 'wb-layers', 'Map layers',
      ...LAYERS.map((name) => el('label', {class: 'wb-check'}, boxes[name], el('span', {}, WORDS[name]))));
    this.root = root;
    panel.addEventListener('change', () => choose(LAYERS.filter((name) => boxes[name].checked)));
  }
}
