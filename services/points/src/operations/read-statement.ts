import { requirePermission, requirePerson, requireProgramme } from '@ddp/auth/authorize';
import { addDays, civilDateOf, parseCivilDate, startOf } from '@ddp/calendar/civil-date';
import type { Language } from '@ddp/contracts/language';
import { pointsProblems } from '@ddp/contracts/points/problems';
import type {
  readMyStatement as ownRoute,
  readStatement as staffRoute,
} from '@ddp/contracts/points/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import { catalogues } from '../catalogue/catalogue.ts';
import type { Catalogue } from '../catalogue/catalogue-form.ts';
import type { PointsDeps } from '../deps.ts';
import type { LotChange } from '../domain/lots.ts';
import { type Line, listLines, sumLines } from '../store/lines.ts';
import { listEntries } from '../store/lots.ts';
import { findParticipation, type Participation } from '../store/participations.ts';
import { readSettings } from '../store/settings.ts';

type Statement = RouteResult<typeof ownRoute>;

/** The lines of the person who asks, newest first, each with why it is there. */
export async function readMyStatement(
  deps: PointsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof ownRoute>,
): Promise<Statement> {
  requirePermission('resident', principal);
  const person = requirePerson(principal);
  const programmeId = requireProgramme(person);
  const participation = await findParticipation(deps.store.db, programmeId, person.personId);
  if (!participation) throw new Problem(pointsProblems.notParticipating);
  return readLines(deps, participation, query);
}

/** The lines of a resident in an area of the staff who ask. */
export async function readStatement(
  deps: PointsDeps,
  { principal }: Caller,
  { params, query }: RouteRequest<typeof staffRoute>,
): Promise<Statement> {
  requirePermission('points.read', principal);
  const staff = requirePerson(principal);
  const programmeId = requireProgramme(staff);
  const { db } = deps.store;
  const participation = await findParticipation(db, programmeId, params.id, staff.areaPaths);
  if (!participation) throw new Problem(commonProblems.notFound);
  return readLines(deps, participation, query);
}

async function readLines(
  { store }: PointsDeps,
  { id: participationId, programmeId }: Participation,
  { language, limit, cursor, on }: RouteRequest<typeof ownRoute>['query'],
): Promise<Statement> {
  const { db } = store;
  const before = decodeCursor(cursor, idCursor);
  const until = on === undefined ? null : startOf(addDays(parseCivilDate(on), 1));
  const meters = await sumLines(db, participationId, { before: null, until });
  const { appealDays } = await readSettings(
    db,
    programmeId,
    civilDateOf(await readNow(db, store.clock)),
  );
  const words = { ...catalogues[language], language, appealDays };
  const rows = await listLines(db, participationId, { before, until }, limit);
  const after = await sumLines(db, participationId, { before, until });
  const entries = await listEntries(
    db,
    rows.map(({ id }) => id),
  );
  const told = rows.map((line) => {
    const shown = toStatementLine(line, entries.get(line.id) ?? [], words);
    const { standing, points } = after;
    after.standing -= line.standingChange;
    after.points -= line.pointsChange;
    return { ...shown, standingAfter: standing, pointsAfter: points };
  });
  const page = toPage(
    told,
    limit,
    (line) => line,
    (line) => line.id,
  );
  return { ...page, ...meters };
}

type Words = Catalogue & { language: Language; appealDays: number };
type Told = Omit<Statement['items'][number], 'standingAfter' | 'pointsAfter'>;

function toStatementLine(line: Line, entries: readonly LotChange[], words: Words): Told {
  return {
    id: line.id,
    at: line.madeAt.toISOString(),
    kind: line.kind,
    standingChange: line.standingChange,
    pointsChange: line.pointsChange,
    lots: entries.flatMap(({ expiresOn, freeChange, heldChange }) => {
      const change = freeChange + heldChange;
      return change === 0 ? [] : [{ expiresOn, change }];
    }),
    rule: line.rule,
    ruleVersion: line.ruleVersion,
    why: words.why[line.kind](
      line.amountPoints,
      line.ruleTitle?.[words.language] ?? words.rules[line.rule ?? ''] ?? '',
      line.isWaiting,
    ),
    ...explain(line, words),
  };
}

/** Evidence, who decided, and what to do against it. */
function explain(line: Line, words: Words): Pick<Told, 'evidence' | 'decidedBy' | 'appeal'> {
  const named = (role: string | null | undefined) => words.deciders[role ?? 'rule'] ?? role ?? null;
  const { evidence, reversal } = line;
  switch (line.kind) {
    case 'award':
    case 'maturity':
      return {
        evidence,
        decidedBy: named(line.awardedByRole),
        appeal: words.appealAward(words.appealDays),
      };
    case 'reversal-notice': {
      const decidedBy = named(reversal?.noticedByRole);
      return {
        evidence: reversal?.evidence ?? null,
        decidedBy,
        appeal: words.appealReversal(words.appealDays),
      };
    }
    case 'reversal':
    case 'reversal-lifted': {
      const decidedBy = named(reversal?.decidedByRole ?? reversal?.noticedByRole);
      const told = reversal?.decision ?? reversal?.evidence ?? null;
      return { evidence: told, decidedBy, appeal: words.appealOther };
    }
    case 'hold':
    case 'spending':
    case 'return':
    case 'leaving':
    case 'expiry':
    case 'undoing':
    case 'recovery':
      return { evidence, decidedBy: null, appeal: words.appealOther };
  }
}
