// A map to point at: a click, or Enter, gives the position; it is moved and zoomed as the Brief page's picture is.

import {el, icon} from '../dom';
import {Finder} from './finder';
import {ALL, boxOf, type Box, type Point} from './part';
import css from './viewfinder.css';

/** picture: a data URL of the map; id: of the picture, given back with what is asked of it; ink, paper: its colours; whole: it is all of the world. */
export interface MapData { id: string; turn: number; picture: string; alt: string; wide: number; tall: number; ink: string; paper: string; whole: boolean }
/** What the reader wants: another part of the map, all of it, or a position, as shares of the picture. */
export type Asked = {of: string} & ({part: Box} | {whole: true} | {point: [number, number]});

const WHOLE: Box = boxOf(ALL, [0, 0, 1, 1]);
const LABEL = 'Map to point at. Arrow keys move it, plus and minus zoom, Enter takes the cross in its middle, 0 shows the world.';

export class Pointing {
  private readonly image = el('img', {class: 'vf-image', draggable: 'false'});
  private readonly finder: Finder;
  private readonly world = el('button', {type: 'button', class: 'vf-button'}, icon('fit'), 'World');
  private readonly root: HTMLElement;
  private data: MapData | null = null;
  private later: MapData | null = null;
  private send: (asked: Asked) => void = () => undefined;

  constructor(host: ParentNode) {
    this.finder = new Finder((part) => this.ask({part}), () => this.ask({whole: true}), (at) => this.point(at), LABEL);
    this.finder.root.classList.add('vf-pointing');
    this.finder.root.append(el('span', {class: 'vf-cross', 'aria-hidden': 'true'}));
    this.finder.root.addEventListener('rested', () => this.catchUp());
    const zoom = (label: string, sign: string, times: number) => {
      const button = el('button', {type: 'button', class: 'vf-button vf-sign', 'aria-label': label, title: label}, sign);
      button.addEventListener('click', () => this.finder.zoom(times));
      return button;
    };
    this.world.addEventListener('click', () => this.finder.showAll());
    this.root = el('div', {class: 'vf', 'data-testid': 'position-map'},
      el('div', {class: 'vf-picture'}, this.image, this.finder.root),
      el('div', {class: 'vf-tools'}, zoom('Zoom in', '+', 0.4), zoom('Zoom out', '−', 1 / 0.4), this.world,
        el('span', {class: 'vf-hint'}, 'Click where the place is. Drag the map to move it; after a click its wheel zooms.')));
    host.append(el('style', {}, css), this.root);
  }

  update(data: MapData, send: (asked: Asked) => void): void {
    this.send = send;
    this.later = data;
    if (!this.finder.busy) this.catchUp();
  }

  destroy(): void {
    this.finder.destroy();
  }

  private point({x, y}: Point): void {
    if (x >= 0 && x <= 1 && y >= 0 && y <= 1) this.ask({point: [x, y]});
  }

  private ask(what: {part: Box} | {whole: true} | {point: [number, number]}): void {
    if (!this.data) return;
    this.later = null;
    this.root.dataset['state'] = 'waiting';
    this.send({of: this.data.id, ...what});
  }

  private catchUp(): void {
    if (!this.later) return;
    const data = this.data = this.later;
    this.later = null;
    const style = this.root.style;
    style.setProperty('--ratio', String(data.wide / data.tall));
    style.setProperty('--ink', data.ink);
    style.setProperty('--paper', data.paper);
    if (this.image.getAttribute('src') !== data.picture) this.image.src = data.picture;
    this.image.alt = data.alt;
    this.finder.show(data.picture, WHOLE);
    this.world.disabled = data.whole;
    this.root.dataset['state'] = 'still';
    this.root.dataset['id'] = data.id;
  }
}
