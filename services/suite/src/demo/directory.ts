import { addDays, civilDateOf } from '@ddp/calendar/civil-date';
import { recordCertificate } from '@ddp/contracts/directory/certificate-routes';
import { createGrid } from '@ddp/contracts/directory/grid-routes';
import { createUnit } from '@ddp/contracts/directory/routes';
import type { OrganizationStage } from '@ddp/contracts/directory/schemas';
import { setStage } from '@ddp/contracts/directory/subject-routes';
import type { UnitKind } from '@ddp/contracts/directory/units';
import type { Actor } from './actor.ts';
import type { Division } from './divisions.ts';
import type { Draw } from './draw.ts';

const levels = ['junior', 'intermediate', 'senior'] as const;
const gridsPerCommunity = 3;

/** The stages that the organizations of the demo came through, one after another. */
const courses: readonly (readonly OrganizationStage[])[] = [
  ['incubating'],
  ['incubating', 'recorded'],
  ['incubating', 'recorded', 'registered'],
  ['registered'],
];

/** Stations above the communities that have one: where coverage has no gap, and where it has. */
export async function addStations(
  officer: Actor,
  draw: Draw,
  divisions: readonly Division[],
  communities: readonly Division[],
): Promise<void> {
  const open = (kind: UnitKind, { code, name }: Division, suffix: string) => {
    const told = { name: `${name.slice(0, 20)}${suffix}`, kind, areaCode: code };
    const desk = { address: `${name}政府院内`, contactPhone: `0477-85${1000 + draw.below(8999)}` };
    return officer.call(createUnit, { body: { ...told, ...desk } });
  };
  const isAbove = (one: Division) => communities.some(({ code }) => code.startsWith(one.code));
  for (const one of divisions.filter(isAbove)) {
    if (one.level === 'banner') await open('service-centre', one, '社会工作服务中心');
    if (one.level === 'township' && draw.below(4) > 0) await open('station', one, '社工站');
  }
}

/** A few grids, some of them too large or too small. */
export async function addGrids(
  officer: Actor,
  draw: Draw,
  communities: readonly Division[],
): Promise<void> {
  for (const { code, name } of [...new Set(communities)].slice(0, 10)) {
    for (let index = 1; index <= gridsPerCommunity; index += 1) {
      const grid = {
        number: String(index).padStart(3, '0'),
        name: `${name.slice(0, 40)}第${index}网格`,
      };
      const body = { ...grid, communityCode: code, households: 250 + draw.below(300) };
      await officer.call(createGrid, { body });
    }
  }
}

/** Certificates of workers, a few of them about to expire. */
export async function addCertificates(
  officer: Actor,
  draw: Draw,
  workers: readonly { id: string }[],
  now: Date,
): Promise<void> {
  const today = civilDateOf(now);
  const inOrder = [...workers].sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const [index, { id: subjectId }] of inOrder.entries()) {
    if (draw.below(5) === 0) continue;
    const expiresOn = addDays(today, index % 12 === 0 ? 45 : 400 + draw.below(600));
    // A filling that goes on another day has other dates, and numbers of its own for them.
    const number = `${expiresOn.replaceAll('-', '')}-${1_000 + index}`;
    const period = { issuedOn: addDays(expiresOn, -1_095), expiresOn };
    const body = { ...period, subjectId, number, level: draw.one(levels) };
    await officer.call(recordCertificate, { body });
  }
}

export async function addStages(
  officer: Actor,
  organizations: readonly { id: string }[],
): Promise<void> {
  for (const [index, { id }] of organizations.entries()) {
    for (const [step, stage] of (courses[index % courses.length] ?? []).entries()) {
      const onDate = `202${3 + step}-0${1 + (index % 9)}-15`;
      const evidence = `康民社字〔202${3 + step}〕${index + 1} 号`;
      await officer.call(setStage, { params: { id }, body: { stage, onDate, evidence } });
    }
  }
}
