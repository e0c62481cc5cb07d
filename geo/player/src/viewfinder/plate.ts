// The picture as it will be exported, with what can be taken hold of on it, and a line of buttons under it.

import {el} from '../dom';
import {Finder, place} from './finder';
import {FramedPicture, type PictureData, type Wish} from './framed-picture';
import {Notes, type Note} from './notes';
import type {Box, Point} from './part';
import {Wording, type Words} from './wording';

/** map, callouts: shares of the picture, as boxes; spot: where the next callout is about, or nothing. */
export interface PlateData extends PictureData { map: Box; words: Words[]; callouts?: Note[]; spot?: number[] }
/** Other words, a place for a callout, or a callout that was moved. */
type Own = {name: string; text: string} | {point: [number, number]} | {callout: number; by: [number, number]};
/** What the reader wants of the picture with an id. */
export type Asked = {of: string} & (Wish | Own);

export class Plate extends FramedPicture<PlateData, Own> {
  private readonly wording: Wording;
  private readonly notes = new Notes((callout, by) => this.ask({callout, by}));
  private readonly spot = el('span', {class: 'vf-mark', 'aria-hidden': 'true', hidden: true});
  private map: Box | null = null;

  constructor(host: ParentNode) {
    super(host, 'plate', 'All data');
    this.wording = new Wording(this.picture, (name, text) => this.ask({name, text}));
    const finder = new Finder((part) => this.ask({part}), () => this.ask({whole: true}));
    finder.clicked = (at) => this.point(at);
    this.put(finder, 0.75, [this.spot, this.notes.root, this.wording.spots], this.wording.adders,
      el('span', {class: 'vf-hint'}, 'Drag the map to move it, its corners to zoom. Click any text to change it, or the map to place a callout.'));
  }

  protected override busy(): boolean {
    return this.wording.busy || this.notes.busy;
  }

  protected shown(data: PlateData): Box {
    this.map = data.map;
    this.wording.show(data.words);
    this.notes.show(data.callouts ?? []);
    const [x, y] = data.spot ?? [];
    this.spot.hidden = x === undefined || y === undefined;
    if (x !== undefined && y !== undefined) place(this.spot, x, y, 0, 0);
    return data.map;
  }

  /** A click on the map, told as shares of the picture. */
  private point({x, y}: Point): void {
    if (!this.map || x < 0 || x > 1 || y < 0 || y > 1) return;
    const [left, top, right, bottom] = this.map;
    this.ask({point: [left + x * (right - left), top + y * (bottom - top)]});
  }
}
