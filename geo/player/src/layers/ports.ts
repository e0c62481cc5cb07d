// Ports: a ring whose area grows with the volume through it. Areas are no ports: areas.ts draws them.

import type {Device, RenderPass} from '@luma.gl/core';
import {Model} from '@luma.gl/engine';
import {RING_GLSL, VOLUME_GLSL, camera, ink, moment} from './glsl';
import {ALPHA_BLEND, DrawnLayer} from './frame';

const vs = `\
#version 300 es
uniform highp sampler2D volumes;
uniform highp sampler2D facts;
out vec2 vCorner;
flat out float vRadius;
flat out float vEmphasis;
${VOLUME_GLSL}
${RING_GLSL}
void main() {
  int rows = textureSize(facts, 0).y / 2;
  vec4 place = texelFetch(facts, columnAt(gl_InstanceID, 0, rows), 0);
  vEmphasis = texelFetch(facts, columnAt(gl_InstanceID, 1, rows), 0).x;
  float volume = volumeNow(volumes, int(port.corridors) + gl_InstanceID).y;
  if (place.z > 0.0 || vEmphasis < -1.5) { gl_Position = vec4(0.0, 0.0, 2.0, 1.0); return; }
  vRadius = ringRadius(volume, place.w);
  vCorner = vec2((gl_VertexID & 1) == 0 ? -1.0 : 1.0, gl_VertexID < 2 ? -1.0 : 1.0) * (vRadius + 3.0);
  vec4 clip = camera.toClip * vec4(place.xy, 0.0, 1.0);
  clip.xy += vCorner / camera.viewport * 2.0 * clip.w;
  gl_Position = clip;
}
`;

const fs = `\
#version 300 es
precision highp float;
in vec2 vCorner;
flat in float vRadius;
flat in float vEmphasis;
out vec4 fragColor;
float cover(float halfWidth, float d) { return clamp((halfWidth - d) * camera.pixelRatio + 0.5, 0.0, 1.0); }
void main() {
  float d = length(vCorner);
  float fade = vEmphasis < -0.5 ? 0.4 : 1.0;
  float ring = cover(vRadius, d), hole = cover(vRadius - 1.75, d);
  vec4 color = vec4(mix(ink.line.rgb, ink.fill.rgb, hole), ring * fade);
  if (color.a < 0.01) discard;
  fragColor = color;
}
`;

const PORT = `\
layout(std140) uniform portUniforms {
  float corridors;
} port;
`;
const port = {name: 'port', vs: PORT, fs: PORT, uniformTypes: {corridors: 'f32'}} as const;

export class PortLayer extends DrawnLayer {
  static override layerName = 'PortLayer';

  protected override createModels(device: Device): Model[] {
    return [new Model(device, {
      id: this.props.id, vs, fs, modules: [camera, moment, ink, port],
      topology: 'triangle-strip', isInstanced: true, vertexCount: 4, parameters: ALPHA_BLEND
    })];
  }

  override draw({renderPass}: {renderPass: RenderPass}): void {
    const {frame, textures} = this.props;
    const model = this.state.own?.[0];
    if (!model || !textures.places) return;
    model.setBindings({volumes: textures.volumes, facts: textures.placeFacts});
    model.setInstanceCount(textures.places);
    for (const camera of this.cameras(textures.inner)) {
      model.shaderInputs.setProps({camera, moment: frame.moment, ink: frame.ink, port: {corridors: textures.corridors}});
      model.draw(renderPass);
    }
  }
}
