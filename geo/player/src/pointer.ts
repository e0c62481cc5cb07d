// What the pointer does on the map: it measures where the ruler is out, else it tells of what it is on, and chooses it.

import type {Furniture} from './furniture';
import type {Picked} from './picking';
import type {Stage} from './stage';
import type {Moment} from './types';
import {LIMITS} from './view';

/** whole: the volumes of the whole span; null and null before there is a scene. */
export interface PointedAt {
  stage(): Stage;
  furniture(): Furniture | null;
  now(): Moment | null;
  whole(): Moment | null;
  select(corridors: number[]): void;
}

export class Pointer {
  constructor(private readonly at: PointedAt) {}

  click({corridor, place, group}: Picked, x: number, y: number): void {
    const furniture = this.at.furniture();
    if (furniture?.ruler.active) furniture.ruler.click(x, y);
    else if (group) {
      if (!this.at.stage().part(group)) furniture?.places.open(group.places[0]!);
    }
    else if (place !== undefined) furniture?.places.open(place);
    else this.at.select(corridor === undefined ? [] : [corridor]);
  }

  hover({corridor, place, group}: Picked, x: number, y: number): void {
    const furniture = this.at.furniture(), now = this.at.now(), whole = this.at.whole();
    if (!furniture) return;
    const {tooltip, ruler} = furniture;
    if (ruler.active) {
      ruler.hover(x, y);
      tooltip.hide();
      return;
    }
    if (!now || !whole) return;
    if (group) tooltip.group(group, x, y, now, LIMITS.maxZoom);
    else if (corridor !== undefined) tooltip.show(corridor, x, y, now, whole);
    else if (place !== undefined) tooltip.place(place, x, y, now);
    else tooltip.hide();
  }
}
