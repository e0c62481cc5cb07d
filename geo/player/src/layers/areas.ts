// Areas that reports name ("near Vladivostok"): a soft disc of the stated radius with a thin dashed
// edge, since the source drew no line. Areas that have a shape are drawn as it, by land.ts and borders.ts.
// Drawn with the land, when the view changes: nothing of it follows the clock.

import type {Device, RenderPass} from '@luma.gl/core';
import {Model} from '@luma.gl/engine';
import type {LayerProps} from '@deck.gl/core';
import {ALPHA_BLEND, cameras, OwnModelsLayer, type Extent} from './frame';
import {camera} from './glsl';
import type {Rgb} from './land';

/** px: an area is never smaller on screen, lest it be taken for a port, or lost. */
export const SMALLEST_AREA = 7;

const TINT = `\
layout(std140) uniform areaUniforms {
  vec4 color;
} area;
`;
const tint = {name: 'area', vs: TINT, fs: TINT, uniformTypes: {color: 'vec4<f32>'}} as const;

const vs = `\
#version 300 es
in vec4 areas;
out vec2 vCorner;
flat out float vRadius;
flat out float vFade;
void main() {
  vRadius = max(areas.z * camera.scale, ${SMALLEST_AREA.toFixed(1)});
  vFade = areas.w;
  vCorner = vec2((gl_VertexID & 1) == 0 ? -1.0 : 1.0, gl_VertexID < 2 ? -1.0 : 1.0) * (vRadius + 2.0);
  vec4 clip = camera.toClip * vec4(areas.xy, 0.0, 1.0);
  clip.xy += vCorner / camera.viewport * 2.0 * clip.w;
  gl_Position = clip;
}
`;
const fs = `\
#version 300 es
precision highp float;
in vec2 vCorner;
flat in float vRadius;
flat in float vFade;
out vec4 fragColor;
float cover(float halfWidth, float d) { return clamp((halfWidth - d) * camera.pixelRatio + 0.5, 0.0, 1.0); }
void main() {
  float d = length(vCorner), inside = cover(vRadius, d);
  // The larger an area, the less of it is tinted: of a country no more than a shade along its edge.
  float large = smoothstep(40.0, 220.0, vRadius);
  float shade = 0.07 * exp(-max(vRadius - d, 0.0) / min(0.4 * vRadius, 26.0)) + 0.06 * (1.0 - large);
  float dash = step(fract((atan(d > 0.0 ? vCorner.y : 0.0, vCorner.x) + 3.14159265) * vRadius / 7.0), 0.58);
  float edge = dash * (inside - cover(vRadius - 1.0, d)) * mix(0.5, 0.22, large);
  float alpha = max(inside * shade, edge) * vFade;
  if (alpha < 0.004) discard;
  fragColor = vec4(area.color.rgb, alpha);
}
`;

/** areas: x, y in common space relative to `origin`, radius in common units, opacity; of each area in turn. */
export interface AreaProps extends LayerProps { areas: Float32Array; color: Rgb; origin: [number, number]; extent: Extent }

export class AreaLayer extends OwnModelsLayer<AreaProps> {
  static override layerName = 'AreaLayer';

  protected override createModels(device: Device): Model[] {
    const {areas} = this.props;
    if (!areas.length) return [];
    return [new Model(device, {
      id: this.props.id, vs, fs, modules: [camera, tint], topology: 'triangle-strip', isInstanced: true,
      bufferLayout: [{name: 'areas', format: 'float32x4', stepMode: 'instance'}],
      attributes: {areas: device.createBuffer({data: areas})},
      vertexCount: 4, instanceCount: areas.length / 4, parameters: ALPHA_BLEND
    })];
  }

  override draw({renderPass}: {renderPass: RenderPass}): void {
    const model = this.state.own?.[0];
    if (!model) return;
    const {color: [r, g, b], origin, extent} = this.props, {device, deck, viewport} = this.context;
    const width = deck && deck.width > 0 ? deck.width : viewport.width;
    const ratio = device.canvasContext!.getDrawingBufferSize()[0] / Math.max(1, width);
    for (const camera of cameras(viewport, origin, extent, ratio)) {
      model.shaderInputs.setProps({camera, area: {color: [r / 255, g / 255, b / 255, 1]}});
      model.draw(renderPass);
    }
  }
}
