import { expect, it } from 'vitest';
import { coverAreas, sumCoverage } from './coverage.ts';

const areas = [
  { code: '1506', name: '鄂尔多斯市', level: 'city' as const, areaPath: '/1506/' },
  { code: '150603', name: '康巴什区', level: 'banner' as const, areaPath: '/1506/150603/' },
  { code: '150602', name: '东胜区', level: 'banner' as const, areaPath: '/1506/150602/' },
  { code: '15060301', name: '网格', level: 'grid' as const, areaPath: '/1506/150603/15060301/' },
];

it('counts an area by the station of its own level, and a worker for every area above', () => {
  const covered = coverAreas({
    areas,
    units: [
      { kind: 'guidance-centre', areaPath: '/1506/' },
      { kind: 'room', areaPath: '/1506/150603/' },
      { kind: 'service-centre', areaPath: '/1506/150602/' },
    ],
    certified: [
      { areaPath: '/1506/150603/15060301/', workers: 2 },
      { areaPath: '/1506/150603/', workers: 1 },
    ],
  });
  expect(
    covered.map(({ code, hasStation, certifiedWorkers }) => [code, hasStation, certifiedWorkers]),
  ).toEqual([
    ['1506', true, 3],
    ['150603', false, 3],
    ['150602', true, 0],
  ]);
  expect(sumCoverage('1506', covered, 3)).toEqual({
    areaCode: '1506',
    levels: [
      { level: 'city', areas: 1, withStation: 1, withCertifiedWorker: 1 },
      { level: 'banner', areas: 2, withStation: 1, withCertifiedWorker: 1 },
    ],
    certifiedWorkers: 3,
  });
});
