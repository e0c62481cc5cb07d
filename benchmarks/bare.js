// A bare deck.gl page: one ArcLayer of the given arcs, and nothing else. It is drawn again on every animation frame, or,
// where `moved` says so, when a reader moves it.

import {Deck, MapView} from '@deck.gl/core';
import {ArcLayer} from '@deck.gl/layers';

window.waybillBare = {frames: 0};
window.startBare = ({arcs, view, height, tilt, parent, moved = false}) => {
  const still = {...view, pitch: 0, bearing: 0};
  const layer = new ArcLayer({
    id: 'arcs', data: arcs, getHeight: height, getTilt: tilt,
    getSourcePosition: (arc) => [arc.lon0, arc.lat0], getTargetPosition: (arc) => [arc.lon1, arc.lat1],
    getWidth: (arc) => arc.w, getSourceColor: [179, 89, 0, 240], getTargetColor: [179, 89, 0, 240]
  });
  const deck = new Deck({
    parent: document.getElementById(parent), views: new MapView({id: 'map'}),
    ...(moved ? {initialViewState: still, controller: true} : {viewState: still}),
    layers: [layer], onAfterRender: () => { window.waybillBare.frames += 1; }
  });
  if (moved) return;
  const again = () => { if (deck.isInitialized) deck.redraw('bench'); requestAnimationFrame(again); };
  requestAnimationFrame(again);
};
