import { issueCode } from '@ddp/contracts/codes/routes';
import { createPost, createSubject, createUnit } from '@ddp/contracts/directory/routes';
import { registerPerson } from '@ddp/contracts/identity/routes';
import { consentVersion } from '@ddp/contracts/points/consent-version';
import { joinProgramme } from '@ddp/contracts/points/routes';
import type { Actor, MakeActor } from './actor.ts';
import type { Division } from './divisions.ts';
import type { Draw } from './draw.ts';
import { inventName, organizationName } from './names.ts';

export interface DemoSubject {
  subjectId: string;
  token: string;
  areaPath: string;
}

export interface DemoPeople {
  subjects: DemoSubject[];
  residents: Actor[];
  workers: { id: string }[];
  organizations: { id: string }[];
}

export interface PeopleOptions {
  officer: Actor;
  makeActor: MakeActor;
  draw: Draw;
  communities: Division[];
  programmeId: string;
  /** Waits until every event has reached its consumers. */
  settle: () => Promise<void>;
}

/** Where the invented phone numbers of each sort of person begin. */
const firstWorker = 1;
const firstVolunteer = 1_001;
export const firstResident = 2_001;
export const firstMerchant = 3_001;
const counts = { workers: 60, organizations: 20, volunteers: 200, residents: 300 };
const lanes = 8;

/** Runs work over items on a few lanes at once. */
export async function inLanes<T>(items: readonly T[], work: (item: T) => Promise<void>) {
  const queue = [...items];
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
    }),
  );
}

/** Phones of the demo: invented, spread over number blocks, never twice. */
export function demoPhone(index: number): string {
  const block = 130 + (index % 10);
  return `${block}${String(1_000 + ((index * 37) % 9_000))}${String(index).padStart(4, '0')}`;
}

interface Planned {
  name: string;
  phone: string;
  community: Division;
}

/** Draws a person; drawn before any request is made, so that the demo is the same each time. */
function planPeople(options: PeopleOptions, count: number, firstPhone: number): Planned[] {
  const { draw, communities } = options;
  return Array.from({ length: count }, (_, index) => ({
    name: inventName(draw),
    phone: demoPhone(firstPhone + index),
    community: draw.one(communities),
  }));
}

async function register({ officer }: PeopleOptions, planned: Planned) {
  const { name, phone, community } = planned;
  const body = { name, phone, areaCode: community.code, consent: 'signed' as const };
  return officer.call(registerPerson, { body });
}

type Registered = { id: string; areaPath: string };

async function addWorkers(options: PeopleOptions, planned: Planned[]): Promise<Registered[]> {
  const { officer } = options;
  const units = new Map<string, string>();
  for (const { community } of planned) {
    if (units.has(community.code)) continue;
    const name = `${community.name.slice(0, 20)}社工室`;
    const body = { name, kind: 'room' as const, areaCode: community.code };
    units.set(community.code, (await officer.call(createUnit, { body })).id);
  }
  const subjects: Registered[] = [];
  await inLanes(planned, async (worker) => {
    const areaCode = worker.community.code;
    const unitId = units.get(areaCode) ?? null;
    const person = await register(options, worker);
    const subject = { kind: 'worker' as const, name: worker.name, title: '社工', unitId, areaCode };
    subjects.push(await officer.call(createSubject, { body: { ...subject, personId: person.id } }));
    const post = { personId: person.id, role: null, unitId, areaCode };
    await officer.call(createPost, { body: { ...post, fromOn: '2026-01-01', toOn: null } });
  });
  return subjects;
}

async function addOrganizations(options: PeopleOptions): Promise<Registered[]> {
  const { officer, draw, communities } = options;
  const subjects: Registered[] = [];
  for (let index = 0; index < counts.organizations; index += 1) {
    const body = {
      kind: 'organization' as const,
      name: organizationName(index),
      unitId: null,
      personId: null,
      areaCode: draw.one(communities).code,
    };
    subjects.push(await officer.call(createSubject, { body }));
  }
  return subjects;
}

async function addVolunteers(options: PeopleOptions, planned: Planned[]): Promise<Registered[]> {
  const subjects: Registered[] = [];
  await inLanes(planned, async (volunteer) => {
    const person = await register(options, volunteer);
    const { name } = volunteer;
    const subject = { kind: 'volunteer' as const, name, title: '志愿者', unitId: null };
    const body = { ...subject, areaCode: volunteer.community.code, personId: person.id };
    subjects.push(await options.officer.call(createSubject, { body }));
  });
  return subjects;
}

async function addResidents(options: PeopleOptions, planned: Planned[]): Promise<Actor[]> {
  const residents: Actor[] = [];
  await inLanes(planned, async (one) => {
    const person = await register(options, one);
    const resident = options.makeActor({
      personId: person.id,
      role: 'resident',
      areaPaths: person.areaPath === null ? [] : [person.areaPath],
      programmeId: options.programmeId,
    });
    await resident.call(joinProgramme, { body: { consentVersion } });
    residents.push(resident);
  });
  return residents.sort((a, b) => (a.personId < b.personId ? -1 : 1));
}

/** Registers workers, organizations, volunteers and residents, and gives subjects their codes. */
export async function populate(options: PeopleOptions): Promise<DemoPeople> {
  const workers = planPeople(options, counts.workers, firstWorker);
  const volunteers = planPeople(options, counts.volunteers, firstVolunteer);
  const planned = planPeople(options, counts.residents, firstResident);
  const workerSubjects = await addWorkers(options, workers);
  const organizations = await addOrganizations(options);
  const volunteerSubjects = await addVolunteers(options, volunteers);
  const registered = [...workerSubjects, ...organizations, ...volunteerSubjects];
  await options.settle();
  const subjects: DemoSubject[] = [];
  for (const { id, areaPath } of registered) {
    const body = { subjectId: id, place: '' };
    const code = await options.officer.call(issueCode, { body });
    subjects.push({ subjectId: id, token: code.url.split('/').at(-1) ?? '', areaPath });
  }
  const residents = await addResidents(options, planned);
  return { subjects, residents, workers: workerSubjects, organizations };
}
