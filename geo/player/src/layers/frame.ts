// What every layer of ours draws with: the textures of a scene, the moment as uniforms, and the camera.

import {Layer, type LayerProps, type Viewport} from '@deck.gl/core';
import type {Device, Texture} from '@luma.gl/core';
import {Model} from '@luma.gl/engine';
import {Matrix4} from '@math.gl/core';
import {WORLD} from '../arc';

export const ALPHA_BLEND = {
  blend: true,
  blendColorOperation: 'add', blendColorSrcFactor: 'src-alpha', blendColorDstFactor: 'one-minus-src-alpha',
  blendAlphaOperation: 'add', blendAlphaSrcFactor: 'one', blendAlphaDstFactor: 'one-minus-src-alpha',
  depthCompare: 'always', depthWriteEnabled: false, cullMode: 'none'
} as const;

/** Uniform values of one frame; changed in place by the player, read in draw(): no deck.gl prop changes while playing. */
export interface FrameState {
  moment: Record<string, number>;
  ink: Record<string, [number, number, number, number]>;
  /** seconds since the scene's start */
  t: number;
  /** whether any corridor is selected */
  selected: boolean;
  /** whether it is drawn with fewer pixels than the screen has */
  coarse: boolean;
  /** set by the layers once they have drawn */
  drawn: boolean;
}

export type Extent = readonly [number, number];

/** A scene's columns on the GPU: corridors that cross the edge of the world, the others, each biggest first; then places. */
export interface SceneTextures {
  corridors: number;
  places: number;
  /** common-space position that all coordinates are relative to, so that float32 keeps its precision */
  origin: [number, number];
  /** how many corridors cross the edge of the world: the first columns. They alone are needed in neighbouring copies. */
  wrapped: number;
  /** common x from west to east that those corridors reach, and that all other corridors and the places reach */
  outer: Extent;
  inner: Extent;
  volumes: Texture;
  rates: Texture;
  /** plane 0: ends of the arc; plane 1: mode + MODES × (2 × lane + 1 on the right), emphasis (-2 not drawn, -1 faded, 0, 1 selected), reconciled, number of its dispute (0
   * none); plane 2: column of the destination in `volumes`, volume of the largest ring (0: an area, which has none), number of its route (0: an arc) */
  corridorFacts: Texture;
  /** plane 0: position x, y, radius of the area in common units, largest volume; plane 1: emphasis */
  placeFacts: Texture;
  /** the points of the routes, as in route-lines.ts; null where all are arcs */
  paths: Texture | null;
  /** planes 0 and 1: the shares of each corridor's colours; null where arcs have the colour of their mode */
  shares: Texture | null;
}

export interface DrawnProps extends LayerProps { frame: FrameState; textures: SceneTextures }

// A type, not an interface: luma.gl wants an index signature, which only a type gives by itself.
export type CameraUniforms = { toClip: number[]; viewport: [number, number]; pixelRatio: number; scale: number };

/**
 * One camera for each copy of the world on screen that shows anything between `extent` (common x, west to east). Copies
 * are drawn layer by layer, not deck.gl's way (all layers copy by copy), lest arcs of one copy cover ports of another.
 * Matrices are for coordinates relative to `origin` and computed in double precision.
 */
export function cameras(
  viewport: Viewport, origin: readonly [number, number], extent: readonly [number, number], pixelRatio: number
): CameraUniforms[] {
  const [west, , east] = viewport.getBounds();
  const [left, right] = [(west + 180) / 360 * WORLD, (east + 180) / 360 * WORLD];
  const found: CameraUniforms[] = [];
  for (let k = Math.ceil((left - extent[1]) / WORLD); extent[0] + k * WORLD <= right; k++)
    found.push({
      toClip: new Matrix4(viewport.viewProjectionMatrix).translate([origin[0] + k * WORLD, origin[1], 0]).toArray() as number[],
      viewport: [viewport.width, viewport.height], pixelRatio, scale: viewport.scale
    });
  return found;
}

/** A layer with models of its own: deck.gl's per-layer uniforms and attribute manager are not used. */
export abstract class OwnModelsLayer<P extends LayerProps = LayerProps> extends Layer<P> {
  static override layerName = 'OwnModelsLayer';
  declare state: {own?: Model[]};

  protected abstract createModels(device: Device): Model[];

  override initializeState(): void {
    this.setState({own: this.createModels(this.context.device)});
  }

  override shouldUpdateState(): boolean {
    return true;
  }

  // Hides the models from deck.gl, which would set uniform blocks on them that they do not have.
  override getModels(): Model[] {
    return [];
  }

  override finalizeState(context: Parameters<Layer['finalizeState']>[0]): void {
    super.finalizeState(context);
    this.state.own?.forEach((model) => model.destroy());
  }
}

/** A layer of the scene: it reads the scene's textures at the frame's moment. */
export abstract class DrawnLayer<P extends object = object> extends OwnModelsLayer<P & DrawnProps> {
  static override layerName = 'DrawnLayer';

  protected cameras(extent: Extent): CameraUniforms[] {
    const {device, deck, viewport} = this.context, {origin} = this.props.textures;
    const width = deck && deck.width > 0 ? deck.width : viewport.width;
    return cameras(viewport, origin, extent, device.canvasContext!.getDrawingBufferSize()[0] / Math.max(1, width));
  }
}
