import {
  type Colour,
  circle,
  type Mark,
  type PathMark,
  type PathStep,
  type Stamp,
} from './marks.ts';

/** The five levels from best to worst, with the words that stand under them. */
export const faceLevels = [5, 4, 3, 2, 1] as const;
export type FaceLevel = (typeof faceLevels)[number];

export const faceNames: Record<FaceLevel, string> = {
  5: '非常满意',
  4: '满意',
  3: '基本满意',
  2: '不满意',
  1: '非常不满意',
};

export const faceColours: Record<FaceLevel, Colour> = {
  5: '#1e9e6a',
  4: '#6aae3a',
  3: '#e0a800',
  2: '#e07b28',
  1: '#d4452f',
};

/** Mouths in a circle of radius 1 around the middle, y downwards. */
const mouths: Record<FaceLevel, readonly PathStep[]> = {
  5: [
    ['M', -0.48, 0.12],
    ['L', 0.48, 0.12],
    ['C', 0.48, 0.5, 0.26, 0.66, 0, 0.66],
    ['C', -0.26, 0.66, -0.48, 0.5, -0.48, 0.12],
    ['Z'],
  ],
  4: [
    ['M', -0.42, 0.2],
    ['C', -0.26, 0.56, 0.26, 0.56, 0.42, 0.2],
  ],
  3: [
    ['M', -0.38, 0.34],
    ['L', 0.38, 0.34],
  ],
  2: [
    ['M', -0.42, 0.5],
    ['C', -0.26, 0.16, 0.26, 0.16, 0.42, 0.5],
  ],
  1: [
    ['M', -0.46, 0.58],
    ['C', -0.32, 0.08, 0.32, 0.08, 0.46, 0.58],
  ],
};

const stamps = new Map<string, Stamp>();

/** A face around a middle; without colours it is drawn in black lines, as label printers need it. */
export function drawFace(
  level: FaceLevel,
  at: { x: number; y: number; radius: number; isColoured: boolean },
): Mark {
  const { x, y, radius, isColoured } = at;
  const key = `face-${level}-${radius.toFixed(3)}-${isColoured ? 'colours' : 'black'}`;
  // As many as there are sheets with faces.
  const stamp = stamps.get(key) ?? {
    ...{ key, width: 2 * radius, height: 2 * radius },
    paths: drawPaths(level, radius, isColoured),
  };
  stamps.set(key, stamp);
  return { kind: 'stamp', stamp, x: x - radius, y: y - radius };
}

function drawPaths(level: FaceLevel, radius: number, isColoured: boolean): PathMark[] {
  const ink: Colour = isColoured ? '#ffffff' : '#000000';
  const widthMm = radius * 0.14;
  const disc = circle(radius, radius, radius - (isColoured ? 0 : widthMm / 2));
  const eye = (side: number): PathMark => ({
    kind: 'path',
    steps: circle(radius + side * 0.33 * radius, 0.76 * radius, radius * 0.13),
    fill: ink,
  });
  const steps = mouths[level].map((step) => place(step, radius, radius, radius));
  return [
    {
      kind: 'path',
      steps: disc,
      ...(isColoured ? { fill: faceColours[level] } : { stroke: ink, widthMm }),
    },
    eye(-1),
    eye(1),
    { kind: 'path', steps, ...(level === 5 ? { fill: ink } : { stroke: ink, widthMm }) },
  ];
}

function place(step: PathStep, x: number, y: number, radius: number): PathStep {
  const [at, ...rest] = step;
  const moved = rest.map((value, index) => (index % 2 === 0 ? x : y) + value * radius);
  return [at, ...moved] as unknown as PathStep;
}
