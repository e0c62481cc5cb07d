// The column of buttons at the side of the map: zoom, fit, the whole screen, presentation.

import {el, iconButton} from './dom';

export interface MapActions { zoom(by: number): void; fit(): void; fullscreen(): void; present(): void }

export class MapButtons {
  readonly root: HTMLElement;

  constructor(actions: MapActions) {
    const button = (name: Parameters<typeof iconButton>[0], label: string, key: string, act: () => void): HTMLButtonElement => {
      const made = iconButton(name, label, key);
      made.addEventListener('click', act);
      return made;
    };
    this.root = el('div', {class: 'wb-side', role: 'group', 'aria-label': 'Map'},
      el('div', {class: 'wb-stack'},
        button('plus', 'Zoom in', '+', () => actions.zoom(1)),
        button('minus', 'Zoom out', '−', () => actions.zoom(-1)),
        button('fit', 'Fit the map to what is shown', 'F', () => actions.fit())),
      el('div', {class: 'wb-stack wb-screens'},
        button('fullscreen', 'Whole screen', '', () => actions.fullscreen()),
        button('present', 'Present: large date and figure, keys only', 'P', () => actions.present())));
  }
}
