import type { WallFigures } from '@ddp/contracts/wall/figures';
import { wallFeedPath, wallMapPath } from '@ddp/contracts/wall/paths';

const names = [
  ...['东胜区', '康巴什区', '达拉特旗', '准格尔旗', '鄂托克前旗', '鄂托克旗', '杭锦旗', '乌审旗'],
  '伊金霍洛旗',
];
const codes = names.map((_name, index) => `15060${index + 1}`);
const means = [4.72, 4.81, 4.38, 4.55, null, 4.12, 3.94, 4.26, 4.67];
const counts = [8_412, 6_230, 3_318, 4_127, null, 903, 611, 1_204, 5_006];
const workers = [86, 64, 31, 47, 3, 18, 9, 22, 52];
const minutes = [98_400, 76_260, 30_100, 51_900, null, 12_400, 0, 18_720, 64_080];
const trendMeans = [4.31, 4.28, null, 4.36, 4.41, 4.39, 4.47, 4.52, 4.5, 4.56, 4.6, 4.63];

/** A city in a good month, with an area that is too small to tell of and one without anything. */
const figures = (at: string): WallFigures => ({
  at,
  areas: {
    at,
    area: { code: '1506', name: '鄂尔多斯市', level: 'city' },
    parts: codes.map((code, index) => ({ code, name: names[index] ?? '' })),
  },
  today: { at, ratings: 1_286, openFollowUps: 47, overdueFollowUps: 6 },
  ratings: {
    at,
    month: { count: 4_102, mean: 4.63, margin: 0.03 },
    year: { count: 30_214, mean: 4.58, margin: 0.02, levels: [312, 655, 1_904, 7_433, 19_910] },
    trend: trendMeans.map((mean, index) => ({
      month: `2026-${String(index + 1).padStart(2, '0')}`,
      count: mean === null ? 0 : 2_400,
      mean,
      margin: mean === null ? null : 0.08,
    })),
    parts: codes.map((code, index) => ({
      code,
      count: counts[index] ?? null,
      mean: means[index] ?? null,
      margin: 0.1,
    })),
    closedFollowUps: 128,
    closedOnTime: 119,
  },
  coverage: {
    at,
    levels: [
      { level: 'city', areas: 1, withStation: 1, withCertifiedWorker: 1 },
      { level: 'banner', areas: 9, withStation: 9, withCertifiedWorker: 9 },
      { level: 'township', areas: 77, withStation: 71, withCertifiedWorker: 58 },
      { level: 'community', areas: 1_022, withStation: 806, withCertifiedWorker: 411 },
    ],
    certifiedWorkers: 332,
    parts: codes.map((code, index) => ({ code, hasStation: true, workers: workers[index] ?? 0 })),
  },
  points: { at, outstanding: 1_284_300, funded: 1_902_000, percent: 67 },
  redemptions: { at, today: 214, thisMonth: 5_380 },
  volunteering: {
    at,
    ...{ people: 3_402, verifiedMinutes: 351_860, services: 9_817, teams: 214 },
    parts: codes.map((code, index) => ({ code, verifiedMinutes: minutes[index] ?? null })),
  },
});

/** A script that gives a page the figures of a full house, so that its picture shows what it can. */
export function fullWall(language: string): string {
  const told = JSON.stringify(figures(new Date().toISOString()));
  return `(() => {
    localStorage.setItem('ddp.language', '${language}');
    const ask = window.fetch.bind(window);
    window.fetch = (path, init) => {
      if (path === '${wallMapPath}') return Promise.resolve(new Response(null, { status: 404 }));
      if (path !== '${wallFeedPath}') return ask(path, init);
      const event = 'event: figures\\ndata: ' + ${JSON.stringify(told)} + '\\n\\n';
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode(event));
        },
      });
      return Promise.resolve(new Response(body));
    };
  })()`;
}
