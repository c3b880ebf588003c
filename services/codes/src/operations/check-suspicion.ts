import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { checkSuspicion as route } from '@ddp/contracts/codes/report-routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { CodesDeps } from '../deps.ts';
import { noteChanges } from '../store/changes.ts';
import { markClosed } from '../store/codes.ts';
import { findReport, markChecked } from '../store/reports.ts';
import { seesUnknownCodes } from './list-suspicions.ts';

/** Ends a report with what was found; a code found false is retired in the same breath. */
export async function checkSuspicion(
  { store, scans }: CodesDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('codes.issue', principal);
  const person = requirePerson(principal);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'check-suspicion', input };
  const checked = await runCommand(store, command, async (tx) => {
    const known = await findReport(tx, params.id, person.areaPaths);
    const report =
      known ?? (seesUnknownCodes(person) ? await findReport(tx, params.id, 'unknown') : null);
    if (!report) throw new Problem(commonProblems.notFound);
    const check = { id: report.id, ...body, personId: person.personId };
    if (!(await markChecked(tx, store.clock, check))) throw new Problem(commonProblems.conflict);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'check-suspicion',
      objectKind: 'report',
      objectId: report.id,
      detail: { outcome: body.outcome },
    });
    if (body.outcome === 'retired') {
      if (report.codeId === null) throw new Problem(commonProblems.conflict);
      await markClosed(tx, report.codeId, 'retired');
      await noteChanges(tx, { codeId: report.codeId });
    }
    const scope = report.areaPath === null ? 'unknown' : person.areaPaths;
    return (await findReport(tx, report.id, scope)) ?? report;
  });
  scans.distrust();
  return checked;
}
