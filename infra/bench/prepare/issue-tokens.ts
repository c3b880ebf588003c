import { CallProblem } from '@ddp/contracts/call';
import { codesProblems } from '@ddp/contracts/codes/problems';
import { issueCode } from '@ddp/contracts/codes/routes';
import { createSubject } from '@ddp/contracts/directory/routes';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { type Caller, personAs } from '../../principals.ts';
import { mapConcurrently } from '../concurrently.ts';
import { waitFor } from '../wait-for.ts';
import type { OpenedArea } from './open-area.ts';

const atOnce = 16;

/** Issues by the routes that staff use; the subject's card has yet to reach the codes. */
async function issueToken(
  call: Caller,
  officer: PersonPrincipal,
  subjectId: string,
  place: string,
): Promise<string> {
  return waitFor('the subject in codes', async () => {
    try {
      const { url } = await call(officer, issueCode, { body: { subjectId, place } });
      return url.slice(url.lastIndexOf('/') + 1);
    } catch (error) {
      const { slug } = codesProblems.unknownSubject;
      if (error instanceof CallProblem && error.slug === slug) return null;
      throw error;
    }
  });
}

/** Registers subjects, each with a code at every one of some places; answers the codes' tokens. */
export async function issueTokens(
  call: Caller,
  area: OpenedArea,
  count: { subjects: number; places: number },
): Promise<string[]> {
  const officer = personAs('city-officer', area);
  const numbers = Array.from({ length: count.subjects }, (_, index) => index + 1);
  const subjects = await mapConcurrently(numbers, atOnce, (number) => {
    const body = { kind: 'organization', name: `第${number}服务队`, unitId: null } as const;
    const input = { body: { ...body, areaCode: area.areaCode, personId: null } };
    return call(officer, createSubject, input);
  });
  const places = Array.from({ length: count.places }, (_, index) => `${index + 1}号点`);
  const wanted = subjects.flatMap(({ id }) => places.map((place) => ({ id, place })));
  return mapConcurrently(wanted, atOnce, ({ id, place }) => issueToken(call, officer, id, place));
}
