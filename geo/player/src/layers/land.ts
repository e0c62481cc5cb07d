// Land as ready-made triangles: the world at 1:50 million, and around the scene at 1:10 million.

import type {Device, RenderPass} from '@luma.gl/core';
import {Model} from '@luma.gl/engine';
import type {LayerProps} from '@deck.gl/core';
import {toCommon, WORLD} from '../arc';
import {camera} from './glsl';
import {cameras, OwnModelsLayer} from './frame';

/** positions: lon, lat pairs in degrees; triangles: three positions each. */
export interface Triangles { positions: Float32Array; triangles: Uint32Array }
export type Rgb = [number, number, number];

/** Reads geo/player/src/land-50m.bin: counts of vertices and triangles, positions, triangles; little-endian. */
export function readTriangles(bytes: ArrayBuffer): Triangles {
  const [vertices, triangles] = new Uint32Array(bytes, 0, 2) as unknown as [number, number];
  return {
    positions: new Float32Array(bytes, 8, vertices * 2),
    triangles: new Uint32Array(bytes, 8 + vertices * 8, triangles * 3)
  };
}

/** Windows of sea that hide the coarse coast, so that the fine one is not drawn over it. */
export function windowTriangles(windows: readonly (readonly [number, number, number, number])[]): Triangles {
  return {
    positions: Float32Array.from(windows.flatMap(([west, south, east, north]) => [west, south, east, south, east, north, west, north])),
    triangles: Uint32Array.from(windows.flatMap((_, i) => [0, 1, 2, 0, 2, 3].map((corner) => 4 * i + corner)))
  };
}

const WHOLE_WORLD = [0, WORLD] as const; // common x

const TINT = `\
layout(std140) uniform tintUniforms {
  vec4 color;
} tint;
`;
const tint = {name: 'tint', vs: TINT, fs: TINT, uniformTypes: {color: 'vec4<f32>'}} as const;

const vs = `\
#version 300 es
in vec2 positions;
void main() { gl_Position = camera.toClip * vec4(positions, 0.0, 1.0); }
`;
const fs = `\
#version 300 es
precision highp float;
out vec4 fragColor;
void main() { fragColor = tint.color; }
`;

export interface LandProps extends LayerProps { shape: Triangles; color: Rgb; origin: [number, number] }

export class LandLayer extends OwnModelsLayer<LandProps> {
  static override layerName = 'LandLayer';

  protected override createModels(device: Device): Model[] {
    const {shape, origin} = this.props;
    const points = new Float32Array(shape.positions.length);
    for (let i = 0; i < points.length; i += 2) {
      const [x, y] = toCommon(shape.positions[i]!, shape.positions[i + 1]!);
      points[i] = x - origin[0];
      points[i + 1] = y - origin[1];
    }
    return [new Model(device, {
      id: this.props.id, vs, fs, modules: [camera, tint], topology: 'triangle-list',
      bufferLayout: [{name: 'positions', format: 'float32x2'}],
      attributes: {positions: device.createBuffer({data: points})},
      indexBuffer: device.createBuffer({usage: 0x0010 /* Buffer.INDEX */, data: shape.triangles}),
      vertexCount: shape.triangles.length,
      parameters: {depthCompare: 'always', depthWriteEnabled: false, cullMode: 'none'}
    })];
  }

  override draw({renderPass}: {renderPass: RenderPass}): void {
    const model = this.state.own?.[0];
    if (!model) return;
    const [r, g, b] = this.props.color;
    for (const camera of cameras(this.context.viewport, this.props.origin, WHOLE_WORLD, 1)) {
      model.shaderInputs.setProps({camera, tint: {color: [r / 255, g / 255, b / 255, 1]}});
      model.draw(renderPass);
    }
  }
}
