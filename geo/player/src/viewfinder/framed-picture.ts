// A picture that the server draws, with a finder on it: which one is shown, which one waits until the hand rests, and what was asked.

import {el, icon} from '../dom';
import type {Finder} from './finder';
import type {Box} from './part';
import css from './viewfinder.css';

/** picture: a data URL; id: of the picture, given back with what is asked of it; ink, paper: its colours; whole: its map shows all there is. */
export interface PictureData { id: string; picture: string; alt: string; wide: number; tall: number; ink: string; paper: string; whole: boolean }
/** What the reader may want of any map: another part of it, or all of it. */
export type Wish = {part: Box} | {whole: true};

export abstract class FramedPicture<Data extends PictureData, Wanted extends object> {
  protected readonly image = el('img', {class: 'vf-image', draggable: 'false'});
  protected readonly picture = el('div', {class: 'vf-picture'}, this.image);
  private readonly all: HTMLButtonElement;
  private readonly root: HTMLElement;
  private finder: Finder | null = null;
  private data: Data | null = null;
  private later: Data | null = null;
  private send: (asked: {of: string} & (Wanted | Wish)) => void = () => undefined;

  constructor(host: ParentNode, testid: string, all: string) {
    this.all = el('button', {type: 'button', class: 'vf-button'}, icon('fit'), all);
    this.root = el('div', {class: 'vf', 'data-testid': testid}, this.picture);
    host.append(el('style', {}, css), this.root);
  }

  update(data: Data, send: (asked: {of: string} & (Wanted | Wish)) => void): void {
    this.send = send;
    this.later = data;
    if (!this.finder?.busy && !this.busy()) this.catchUp();
  }

  destroy(): void {
    this.finder?.destroy();
  }

  /** What lies on the picture in this order, and below it zoom buttons and whatever else. step: of a zoom; on: what tells that it rests. */
  protected put(finder: Finder, step: number, on: readonly HTMLElement[], ...tools: HTMLElement[]): void {
    this.finder = finder;
    for (const part of [finder.root, ...on]) part.addEventListener('rested', () => this.catchUp());
    this.picture.append(finder.root, ...on);
    const zoom = (label: string, sign: string, times: number) => {
      const button = el('button', {type: 'button', class: 'vf-button vf-sign', 'aria-label': label, title: label}, sign);
      button.addEventListener('click', () => finder.zoom(times));
      return button;
    };
    this.all.addEventListener('click', () => finder.showAll());
    this.root.append(el('div', {class: 'vf-tools'}, zoom('Zoom in', '+', step), zoom('Zoom out', '−', 1 / step), this.all, ...tools));
  }

  /** What was asked stands for the picture that is shown; the one that waited is overtaken by it. */
  protected ask(what: Wanted | Wish): void {
    if (!this.data) return;
    this.later = null;
    this.root.dataset['state'] = 'waiting';
    this.send({of: this.data.id, ...what});
  }

  /** Whether something beside the finder keeps the picture as it is. */
  protected busy(): boolean {
    return false;
  }

  /** Another picture is shown. -> where the map stands in it. */
  protected abstract shown(data: Data): Box;

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
    this.finder?.show(data.picture, this.shown(data));
    this.all.disabled = data.whole;
    this.root.dataset['state'] = 'still';
    this.root.dataset['id'] = data.id;
  }
}
