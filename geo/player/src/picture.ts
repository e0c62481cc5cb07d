// The map as a picture at any size, with all its canvases on one.

import type {Deck, MapView} from '@deck.gl/core';

/** A part of the map: what deck.gl draws, or what a canvas of ours paints. */
export type Part = Deck<MapView> | ((context: CanvasRenderingContext2D) => void);

/** `parts` from below, on `sea`, drawn at `scale` × CSS pixels of `root`. */
export async function pictureOf(parts: readonly Part[], root: HTMLElement, scale: number, sea: string): Promise<HTMLCanvasElement> {
  const decks = parts.filter((part) => typeof part !== 'function');
  const width = Math.round(root.clientWidth * scale), height = Math.round(root.clientHeight * scale);
  try {
    decks.forEach((deck) => deck.setProps({useDevicePixels: scale}));
    await sized(decks, width);
    return painted(parts, width, height, sea);
  } finally {
    decks.forEach((deck) => deck.setProps({useDevicePixels: true}));
    await sized(decks, Math.round(root.clientWidth * window.devicePixelRatio)).catch(() => undefined);
  }
}

/** The same at once, from canvases of the size that they have. */
export function painted(parts: readonly Part[], width: number, height: number, sea: string): HTMLCanvasElement {
  const picture = Object.assign(document.createElement('canvas'), {width, height});
  const context = picture.getContext('2d')!;
  context.fillStyle = sea;
  context.fillRect(0, 0, width, height);
  // A WebGL canvas keeps its picture only until the task ends: draw and copy in one.
  for (const part of parts) {
    if (typeof part === 'function') {
      part(context);
      continue;
    }
    // Layers that were given a moment ago are taken on the next frame, for which there may be no time.
    (part as unknown as {layerManager?: {updateLayers(): void}}).layerManager?.updateLayers();
    part.redraw('capture');
    context.drawImage(part.getCanvas()!, 0, 0, width, height);
  }
  return picture;
}

/** Waits until the canvases have taken their new size, which deck.gl does on a later frame. */
async function sized(decks: readonly Deck<MapView>[], width: number): Promise<void> {
  for (let frame = 0; frame < 120; frame++) {
    decks.forEach((deck) => deck.redraw('capture'));
    if (decks.every((deck) => Math.abs(deck.getCanvas()!.width - width) <= 2)) return;
    await new Promise(requestAnimationFrame);
  }
  throw new Error('The map could not be drawn at that size. Try a smaller scale.');
}
