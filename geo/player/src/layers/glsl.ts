// GLSL that the layers share: the camera, the moment, and the curve of an arc (twin of src/arc.ts).

import type {ShaderModule} from '@luma.gl/shadertools';
import {LANE_RISE} from '../arc';
import {COLUMNS_GLSL} from './columns';

// luma.gl parses these blocks line by line: one field per line.
const CAMERA = `\
layout(std140) uniform cameraUniforms {
  mat4 toClip;
  vec2 viewport;
  float pixelRatio;
  float scale;
} camera;
`;
/** toClip: common space minus the scene's origin -> clip space; viewport in CSS px; scale: CSS px per common unit. */
export const camera = {
  name: 'camera', vs: CAMERA, fs: CAMERA,
  uniformTypes: {toClip: 'mat4x4<f32>', viewport: 'vec2<f32>', pixelRatio: 'f32', scale: 'f32'}
} as const satisfies ShaderModule;

const MOMENT = `\
layout(std140) uniform momentUniforms {
  float stop;
  float part;
  float priorStop;
  float priorPart;
  float time;
  float phase;
  float certain;
  float hasRate;
  float rows;
  float perUnit;
  float minWidth;
  float maxRate;
  float disputes;
} moment;
`;
/**
 * Which two stops of the volume texture to mix for the stretch's end and (stop < 0: none) its beginning; disputes: how many
 * have begun.
 */
export const moment = {
  name: 'moment', vs: MOMENT, fs: MOMENT,
  uniformTypes: {
    stop: 'f32', part: 'f32', priorStop: 'f32', priorPart: 'f32', time: 'f32', phase: 'f32', certain: 'f32',
    hasRate: 'f32', rows: 'f32', perUnit: 'f32', minWidth: 'f32', maxRate: 'f32',
    disputes: 'f32'
  }
} as const satisfies ShaderModule;

const INK = `\
layout(std140) uniform inkUniforms {
  vec4 hue0;
  vec4 hue1;
  vec4 hue2;
  vec4 hue3;
  vec4 hue4;
  vec4 pale;
  vec4 line;
  vec4 fill;
  vec4 drift;
} ink;
`;
export const ink = {
  name: 'ink', vs: INK, fs: INK,
  uniformTypes: {
    hue0: 'vec4<f32>', hue1: 'vec4<f32>', hue2: 'vec4<f32>', hue3: 'vec4<f32>', hue4: 'vec4<f32>',
    pale: 'vec4<f32>', line: 'vec4<f32>', fill: 'vec4<f32>', drift: 'vec4<f32>'
  }
} as const satisfies ShaderModule;

export const VOLUME_GLSL = `\
${COLUMNS_GLSL}
vec4 volumeSample(highp sampler2D volumes, int column, int stop) {
  vec4 v = texelFetch(volumes, columnAt(column, stop, int(moment.rows)), 0);
  return moment.certain > 0.5 ? vec4(v.rrr, 0.0) : v;
}
vec4 volumeMix(highp sampler2D volumes, int column, float stop, float part) {
  vec4 v = volumeSample(volumes, column, int(stop));
  return part > 0.0 ? mix(v, volumeSample(volumes, column, int(stop) + 1), part) : v;
}
// low, best, high, and the best volume of reports without an upper bound, within the stretch
vec4 volumeNow(highp sampler2D volumes, int column) {
  vec4 v = volumeMix(volumes, column, moment.stop, moment.part);
  if (moment.priorStop >= 0.0) v -= volumeMix(volumes, column, moment.priorStop, moment.priorPart);
  return max(v, 0.0);
}
// The same of a reconciled corridor, whose ranges do not subtract: twin of within() in src/curves.ts.
vec4 volumeWithin(highp sampler2D volumes, int column) {
  vec4 v = volumeMix(volumes, column, moment.stop, moment.part);
  if (moment.priorStop >= 0.0) {
    vec4 before = volumeMix(volumes, column, moment.priorStop, moment.priorPart);
    float best = v.y - before.y;
    v = vec4(before.w > 0.0 ? 0.0 : v.x - before.z, best, v.w > 0.0 ? best : v.z - before.x, v.w);
  }
  return max(v, 0.0);
}
`;

/** More than there are modes: one number holds a mode and the lane of an arc. */
export const LANES = 8;

export const ARC_GLSL = `\
// height and tilt of an arc in its lane: twin of inLane()
vec2 laneShape(float look, vec2 shape) {
  return vec2(shape.x * (1.0 + ${LANE_RISE.toFixed(2)} * floor(look / ${LANES.toFixed(1)})), shape.y);
}
vec3 arcPoint(vec4 ends, float s, vec2 shape) {
  vec2 chord = ends.zw - ends.xy;
  float rise = 2.0 * s * (1.0 - s) * shape.x;
  return vec3(ends.xy + chord * s + vec2(-chord.y, chord.x) * rise * sin(shape.y), length(chord) * rise * cos(shape.y));
}
// how the point moves with s
vec3 arcTangent(vec4 ends, float s, vec2 shape) {
  vec2 chord = ends.zw - ends.xy;
  float rise = (2.0 - 4.0 * s) * shape.x;
  return vec3(chord + vec2(-chord.y, chord.x) * rise * sin(shape.y), length(chord) * rise * cos(shape.y));
}
vec3 hueOf(float look) {
  float mode = mod(look, ${LANES.toFixed(1)});
  return mode < 0.5 ? ink.hue0.rgb : mode < 1.5 ? ink.hue1.rgb : mode < 2.5 ? ink.hue2.rgb : mode < 3.5 ? ink.hue3.rgb : ink.hue4.rgb;
}
`;
