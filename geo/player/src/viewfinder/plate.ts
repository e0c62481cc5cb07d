// The picture as it will be exported, with what can be taken hold of on it, and a line of buttons under it.

import {el} from '../dom';
import {Finder} from './finder';
import {FramedPicture, type PictureData, type Wish} from './framed-picture';
import type {Box} from './part';
import {Wording, type Words} from './wording';

/** map: shares of the picture. */
export interface PlateData extends PictureData { map: Box; words: Words[] }
/** Other words. */
type Worded = {name: string; text: string};
/** What the reader wants of the picture with an id. */
export type Asked = {of: string} & (Wish | Worded);

export class Plate extends FramedPicture<PlateData, Worded> {
  private readonly wording: Wording;

  constructor(host: ParentNode) {
    super(host, 'plate', 'All data');
    this.wording = new Wording(this.picture, (name, text) => this.ask({name, text}));
    this.put(new Finder((part) => this.ask({part}), () => this.ask({whole: true})), 0.75, [this.wording.spots], this.wording.adders,
      el('span', {class: 'vf-hint'}, 'Drag the map to move it, its corners to zoom. Click any text to change it.'));
  }

  protected override busy(): boolean {
    return this.wording.busy;
  }

  protected shown(data: PlateData): Box {
    this.wording.show(data.words);
    return data.map;
  }
}
