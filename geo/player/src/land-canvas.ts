// The canvas under the arcs, drawn when the view changes and not while the clock runs: land, areas and borders.

import {Deck, MapView, type Layer} from '@deck.gl/core';
import {baseLayers, type Base} from './base-layers';
import type {View} from './types';
import {LIMITS} from './view';

export class LandCanvas {
  readonly root = Object.assign(document.createElement('div'), {className: 'map-land'});
  readonly deck: Deck<MapView>;

  constructor(view: View, failed: (error: Error) => void) {
    this.deck = new Deck({
      parent: this.root, views: new MapView({id: 'map'}), viewState: {...view, ...LIMITS}, useDevicePixels: true, layers: [] as Layer[],
      controller: false, style: {pointerEvents: 'none'}, onError: (error: Error) => failed(error),
      deviceProps: {type: 'webgl', webgl: {antialias: true}, onError: failed}
    });
  }

  draw(base: Base): void {
    this.deck.setProps({layers: baseLayers(base)});
  }

  look(view: View): void {
    this.deck.setProps({viewState: {...view, ...LIMITS}});
  }

  destroy(): void {
    this.deck.finalize();
  }
}
