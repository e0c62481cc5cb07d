// A map to point at: a click, or Enter, gives the position; it is moved and zoomed as the Brief page's picture is.

import {el} from '../dom';
import {Finder} from './finder';
import {FramedPicture, type PictureData, type Wish} from './framed-picture';
import {ALL, boxOf, type Box, type Point} from './part';

export interface MapData extends PictureData { turn: number }
/** A position, as shares of the picture. */
type Pointed = {point: [number, number]};
/** What the reader wants of the picture with an id. */
export type Asked = {of: string} & (Wish | Pointed);

const WHOLE: Box = boxOf(ALL, [0, 0, 1, 1]);
const LABEL = 'Map to point at. Arrow keys move it, plus and minus zoom, Enter takes the cross in its middle, 0 shows the world.';

export class Pointing extends FramedPicture<MapData, Pointed> {
  constructor(host: ParentNode) {
    super(host, 'position-map', 'World');
    const finder = new Finder((part) => this.ask({part}), () => this.ask({whole: true}), (at) => this.point(at), LABEL);
    finder.root.classList.add('vf-pointing');
    finder.root.append(el('span', {class: 'vf-cross', 'aria-hidden': 'true'}));
    this.put(finder, 0.4, [], el('span', {class: 'vf-hint'}, 'Click where the place is. Drag the map to move it; after a click its wheel zooms.'));
  }

  protected shown(): Box {
    return WHOLE;
  }

  private point({x, y}: Point): void {
    if (x >= 0 && x <= 1 && y >= 0 && y <= 1) this.ask({point: [x, y]});
  }
}
