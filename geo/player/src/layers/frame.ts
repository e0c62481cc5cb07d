// What every layer of ours draws with: the textures of a scene, the moment as uniforms, and the camera.

import {Layer, type LayerProps, type Viewport} from '@deck.gl/core';
import type {Device, RenderPass, Texture} from '@luma.gl/core';
import {Model} from '@luma.gl/engine';
import {Matrix4} from '@math.gl/core';

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
}

/** A scene's columns on the GPU. Columns are corridors, smallest first, then places. */
export interface SceneTextures {
  corridors: number;
  places: number;
  /** common-space position that all coordinates are relative to, so that float32 keeps its precision */
  origin: [number, number];
  volumes: Texture;
  rates: Texture;
  /** plane 0: ends of the arc; plane 1: mode, emphasis (-1 faded, 0, 1 selected) */
  corridorFacts: Texture;
  /** plane 0: position x, y, radius of the area in common units, largest volume; plane 1: emphasis */
  placeFacts: Texture;
}

export interface DrawnProps extends LayerProps { frame: FrameState; textures: SceneTextures }

/** What deck.gl hands to draw(). */
export interface DrawOptions { renderPass: RenderPass; shaderModuleProps?: {project?: {viewport?: Viewport}} | null }

/** Each copy of the world is drawn through a viewport of its own, which deck.gl tells here and not in the context. */
export const viewportOf = ({shaderModuleProps}: DrawOptions): Viewport | undefined => shaderModuleProps?.project?.viewport;

/** Clip-space matrix for coordinates relative to `origin`, computed in double precision. */
export function cameraUniforms(viewport: Viewport, origin: readonly [number, number], pixelRatio: number) {
  return {
    toClip: new Matrix4(viewport.viewProjectionMatrix).translate([origin[0], origin[1], 0]).toArray(),
    viewport: [viewport.width, viewport.height] as [number, number],
    pixelRatio,
    scale: viewport.scale
  };
}

/** A layer with one model of its own: deck.gl's per-layer uniforms and attribute manager are not used. */
export abstract class DrawnLayer<P extends object = object> extends Layer<P & DrawnProps> {
  static override layerName = 'DrawnLayer';
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

  protected camera(opts: DrawOptions) {
    const {device, deck, viewport} = this.context;
    const width = deck && deck.width > 0 ? deck.width : viewport.width;
    return cameraUniforms(viewportOf(opts) ?? viewport, this.props.textures.origin, device.canvasContext!.getDrawingBufferSize()[0] / Math.max(1, width));
  }
}
