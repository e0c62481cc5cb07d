// The picture as it will be exported, with what can be taken hold of on it, and a line of buttons under it.

import {el, icon} from '../dom';
import {Finder} from './finder';
import type {Box} from './part';
import {Wording, type Words} from './wording';
import css from './viewfinder.css';

/** picture: a data URL; id: of the picture, given back with what is asked of it; map: shares of the picture; ink, paper: its colours. */
export interface PlateData {
  id: string; picture: string; alt: string; wide: number; tall: number; map: Box; words: Words[]; ink: string; paper: string; whole: boolean;
}
/** What the reader wants: another part of the map, all of it, or other words. */
export type Asked = {of: string} & ({part: Box} | {whole: true} | {name: string; text: string});

export class Plate {
  private readonly image = el('img', {class: 'vf-image', draggable: 'false'});
  private readonly picture = el('div', {class: 'vf-picture'});
  private readonly finder: Finder;
  private readonly wording: Wording;
  private readonly all = el('button', {type: 'button', class: 'vf-button'}, icon('fit'), 'All data');
  private readonly root: HTMLElement;
  private data: PlateData | null = null;
  private later: PlateData | null = null;
  private send: (asked: Asked) => void = () => undefined;

  constructor(host: ParentNode) {
    this.finder = new Finder((part) => this.ask({part}), () => this.ask({whole: true}));
    this.wording = new Wording(this.picture, (name, text) => this.ask({name, text}));
    for (const part of [this.finder.root, this.wording.spots]) part.addEventListener('rested', () => this.catchUp());
    this.picture.append(this.image, this.finder.root, this.wording.spots);
    const zoom = (label: string, sign: string, times: number) => {
      const button = el('button', {type: 'button', class: 'vf-button vf-sign', 'aria-label': label, title: label}, sign);
      button.addEventListener('click', () => this.finder.zoom(times));
      return button;
    };
    this.all.addEventListener('click', () => this.finder.showAll());
    const tools = el('div', {class: 'vf-tools'},
      zoom('Zoom in', '+', 0.75), zoom('Zoom out', '−', 1 / 0.75), this.all, this.wording.adders,
      el('span', {class: 'vf-hint'}, 'Drag the map to move it, its corners to zoom. Click any text to change it.'));
    this.root = el('div', {class: 'vf', 'data-testid': 'plate'}, this.picture, tools);
    host.append(el('style', {}, css), this.root);
  }

  update(data: PlateData, send: (asked: Asked) => void): void {
    this.send = send;
    this.later = data;
    if (!this.finder.busy && !this.wording.busy) this.catchUp();
  }

  destroy(): void {
    this.finder.destroy();
  }

  /** What was asked stands for the picture that is shown; the one that waited is overtaken by it. */
  private ask(what: {part: Box} | {whole: true} | {name: string; text: string}): void {
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
    this.finder.show(data.picture, data.map);
    this.wording.show(data.words);
    this.all.disabled = data.whole;
    this.root.dataset['state'] = 'still';
    this.root.dataset['id'] = data.id;
  }
}
