import { requirePermission, requirePerson, requireProgramme } from '@ddp/auth/authorize';
import type { Language } from '@ddp/contracts/language';
import { pointsProblems } from '@ddp/contracts/points/problems';
import type {
  readMyStatement as ownRoute,
  readStatement as staffRoute,
} from '@ddp/contracts/points/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { decodeCursor, idCursor, type PageRequest, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import { catalogues } from '../catalogue/catalogue.ts';
import type { Catalogue } from '../catalogue/catalogue-form.ts';
import type { PointsDeps } from '../deps.ts';
import { type Line, listLines } from '../store/lines.ts';
import { findParticipation } from '../store/participations.ts';

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
  return readLines(deps, participation.id, query);
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
  return readLines(deps, participation.id, query);
}

async function readLines(
  { store }: PointsDeps,
  participationId: string,
  { language, limit, cursor }: PageRequest & { language: Language },
): Promise<Statement> {
  const before = decodeCursor(cursor, idCursor);
  const rows = await listLines(store.db, participationId, before, limit);
  return toPage(
    rows,
    limit,
    (row) => toStatementLine(row, catalogues[language]),
    (row) => row.id,
  );
}

function toStatementLine(line: Line, words: Catalogue): Statement['items'][number] {
  const isAward = line.kind === 'award' || line.kind === 'maturity';
  const awarder = line.awardedByRole ?? 'rule';
  return {
    id: line.id,
    at: line.madeAt.toISOString(),
    kind: line.kind,
    standingChange: line.standingChange,
    pointsChange: line.pointsChange,
    rule: line.rule,
    ruleVersion: line.ruleVersion,
    why: words.why[line.kind](
      line.amountPoints,
      words.rules[line.rule ?? ''] ?? '',
      line.isWaiting,
    ),
    evidence: line.evidence,
    decidedBy: isAward ? (words.deciders[awarder] ?? awarder) : null,
    appeal: isAward ? words.appealAward : words.appealOther,
  };
}
