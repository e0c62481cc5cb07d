// Which places are gathered under one mark where the map looks, and what happens where one is clicked.

import type {WebMercatorViewport} from '@deck.gl/core';
import type {Gathering, Group} from './gather';
import {gatheringOf, groupAt, parted} from './group-marks';
import type {Moment, SceneData} from './types';

export class PlaceGroups {
  private scene: SceneData | null = null;
  private gathering: Gathering | null = null;
  /** what gathers now */
  groups: readonly Group[] = [];
  /** the places of these groups */
  places: ReadonlySet<number> = new Set();

  /** Other arcs are drawn: other places may gather. whole: the volumes of the whole span. */
  show(scene: SceneData, whole: Moment, drawn: ReadonlySet<number>, zoom: number): void {
    this.scene = scene;
    this.gathering = gatheringOf(scene, whole, drawn);
    this.zoomed(zoom);
  }

  /** -> whether other places gather at this zoom */
  zoomed(zoom: number): boolean {
    const groups = this.gathering?.at(zoom) ?? [];
    if (groups === this.groups) return false;
    this.groups = groups;
    this.places = new Set(groups.flatMap(({places}) => places));
    return true;
  }

  /** The group whose mark lies at a point, px. */
  at(viewport: WebMercatorViewport, x: number, y: number): Group | undefined {
    return this.scene ? groupAt(this.scene, this.groups, viewport, x, y) : undefined;
  }

  /** Where the map looks so close that a group parts; null where none is close enough. */
  parted(group: Group, zoom: number): {lon: number; lat: number; zoom: number} | null {
    return this.scene && parted(this.scene, group, zoom);
  }
}
