// Borders as hairlines, dashed where they are disputed. Drawn with the land, when the view changes.

import type {Device, RenderPass} from '@luma.gl/core';
import {Model} from '@luma.gl/engine';
import type {LayerProps} from '@deck.gl/core';
import {toCommon, WORLD} from '../arc';
import {ALPHA_BLEND, cameras, OwnModelsLayer} from './frame';
import {camera} from './glsl';
import type {Rgb} from './land';

const HAIR = `\
layout(std140) uniform hairUniforms {
  vec4 color;
  float width;
  float dash;
} hair;
`;
const hair = {name: 'hair', vs: HAIR, fs: HAIR, uniformTypes: {color: 'vec4<f32>', width: 'f32', dash: 'f32'}} as const;

const vs = `\
#version 300 es
in vec4 ends;
in float along;
out float vAcross;
out float vAlong;
void main() {
  vec4 a = camera.toClip * vec4(ends.xy, 0.0, 1.0), b = camera.toClip * vec4(ends.zw, 0.0, 1.0);
  bool first = (gl_VertexID & 1) == 0;
  vec2 run = (b.xy / b.w - a.xy / a.w) * camera.viewport;
  vec2 normal = length(run) > 0.0 ? normalize(vec2(-run.y, run.x)) : vec2(0.0);
  float reach = hair.width * 0.5 + 1.0;
  vAcross = gl_VertexID < 2 ? -reach : reach;
  vAlong = (along + (first ? 0.0 : distance(ends.xy, ends.zw))) * camera.scale;
  vec4 clip = first ? a : b;
  // Half a line's width past its end, so that bends have no gaps.
  vec2 past = length(run) > 0.0 ? normalize(run) * (first ? -0.3 : 0.3) : vec2(0.0);
  clip.xy += (normal * vAcross + past) / camera.viewport * 2.0 * clip.w;
  gl_Position = clip;
}
`;
const fs = `\
#version 300 es
precision highp float;
in float vAcross;
in float vAlong;
out vec4 fragColor;
void main() {
  float cover = clamp((hair.width * 0.5 - abs(vAcross)) * camera.pixelRatio + 0.5, 0.0, 1.0);
  if (hair.dash > 0.0 && fract(vAlong / hair.dash) > 0.58) discard;
  if (cover < 0.01) discard;
  fragColor = vec4(hair.color.rgb, hair.color.a * cover);
}
`;

/** lines: lon, lat pairs in degrees; dash: px of a dash and the gap after it, 0 for none; width in px. */
export interface BorderProps extends LayerProps { lines: readonly Float32Array[]; color: Rgb; origin: [number, number]; dash: number; width: number }

export class BorderLayer extends OwnModelsLayer<BorderProps> {
  static override layerName = 'BorderLayer';

  protected override createModels(device: Device): Model[] {
    const {lines, origin} = this.props;
    const count = lines.reduce((sum, line) => sum + Math.max(0, line.length / 2 - 1), 0);
    if (!count) return [];
    const ends = new Float32Array(count * 4), along = new Float32Array(count);
    let at = 0;
    for (const line of lines) {
      let length = 0, before: readonly [number, number] | null = null;
      for (let i = 0; i < line.length; i += 2) {
        const [x, y] = toCommon(line[i]!, line[i + 1]!), point = [x - origin[0], y - origin[1]] as const;
        if (before) {
          ends.set([...before, ...point], at * 4);
          along[at++] = length;
          length += Math.hypot(point[0] - before[0], point[1] - before[1]);
        }
        before = point;
      }
    }
    return [new Model(device, {
      id: this.props.id, vs, fs, modules: [camera, hair], topology: 'triangle-strip', isInstanced: true,
      bufferLayout: [
        {name: 'ends', format: 'float32x4', stepMode: 'instance'}, {name: 'along', format: 'float32', stepMode: 'instance'}
      ],
      attributes: {ends: device.createBuffer({data: ends}), along: device.createBuffer({data: along})},
      vertexCount: 4, instanceCount: count, parameters: ALPHA_BLEND
    })];
  }

  override draw({renderPass}: {renderPass: RenderPass}): void {
    const model = this.state.own?.[0];
    if (!model) return;
    const {color: [r, g, b], origin, dash, width} = this.props, {device, deck, viewport} = this.context;
    const wide = deck && deck.width > 0 ? deck.width : viewport.width;
    const ratio = device.canvasContext!.getDrawingBufferSize()[0] / Math.max(1, wide);
    for (const camera of cameras(viewport, origin, [0, WORLD], ratio)) {
      model.shaderInputs.setProps({camera, hair: {color: [r / 255, g / 255, b / 255, 1], dash, width}});
      model.draw(renderPass);
    }
  }
}
