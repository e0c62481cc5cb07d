// A bare deck.gl page: one ArcLayer of the given arcs, drawn again on every animation frame, and nothing else.

import {Deck, MapView} from '@deck.gl/core';
import {ArcLayer} from '@deck.gl/layers';

window.waybillBare = {frames: 0};
window.startBare = ({arcs, view, height, tilt, parent}) => {
  const layer = new ArcLayer({
    id: 'arcs', data: arcs, getHeight: height, getTilt: tilt,
    getSourcePosition: (arc) => [arc.lon0, arc.lat0], getTargetPosition: (arc) => [arc.lon1, arc.lat1],
    getWidth: (arc) => arc.w, getSourceColor: [179, 89, 0, 240], getTargetColor: [179, 89, 0, 240]
  });
  const deck = new Deck({
    parent: document.getElementById(parent), views: new MapView({id: 'map'}), viewState: {...view, pitch: 0, bearing: 0},
    layers: [layer], onAfterRender: () => { window.waybillBare.frames += 1; }
  });
  const again = () => { if (deck.isInitialized) deck.redraw('bench'); requestAnimationFrame(again); };
  requestAnimationFrame(again);
};
