import { awardPoints } from '@ddp/contracts/points/award-routes';
import { consentVersion } from '@ddp/contracts/points/consent-version';
import { joinProgramme } from '@ddp/contracts/points/routes';
import { newId } from '@ddp/db-kit/ids';
import { type Caller, personAs } from '../../principals.ts';
import { mapConcurrently } from '../concurrently.ts';
import type { OpenedArea } from './open-area.ts';

const atOnce = 16;

/** Residents who joined the programme and have the points of one award by staff; answers who. */
export async function joinResidents(
  call: Caller,
  { areaPath, programmeId }: OpenedArea,
  count: number,
): Promise<string[]> {
  const officer = personAs('city-officer', { areaPath, programmeId });
  const personIds = Array.from({ length: count }, () => newId());
  await mapConcurrently(personIds, atOnce, async (personId) => {
    const resident = personAs('resident', { areaPath, programmeId, personId });
    await call(resident, joinProgramme, { body: { consentVersion } });
    const award = { personId, rule: 'mediation', evidence: '调解楼道纠纷，双方签字' } as const;
    await call(officer, awardPoints, { body: award });
  });
  return personIds;
}
