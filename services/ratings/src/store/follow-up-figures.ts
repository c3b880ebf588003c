import type { FollowUpFigures } from '@ddp/contracts/ratings/area-report-schemas';
import { followUpOutcomes } from '@ddp/contracts/ratings/follow-ups';
import { toSafeInteger } from '@ddp/db-kit/amounts';
import { type AreaScope, selectScoped } from '@ddp/db-kit/scope';
import { type Kysely, sql } from 'kysely';
import type { RatingsDatabase } from '../database.ts';

/** What happened to the follow-ups of an area from an instant up to another. */
export async function countFollowUps(
  db: Kysely<RatingsDatabase>,
  scope: AreaScope,
  from: Date,
  to: Date,
): Promise<FollowUpFigures> {
  const within = (column: 'opened_at' | 'closed_at' | 'overdue_since') =>
    sql`(${sql.ref(column)} >= ${from} AND ${sql.ref(column)} < ${to})`;
  const sum = (condition: ReturnType<typeof within>) =>
    sql<number>`COALESCE(SUM(COALESCE(${condition}, 0)), 0)`;
  const isLeft = sql`(closed_at IS NULL OR closed_at >= ${to})`;
  const onTime = sql`(overdue_since IS NULL OR overdue_since >= closed_at)`;
  const rows = await selectScoped(db, 'ratings_follow_up', scope)
    .select('outcome')
    .select([
      sum(within('opened_at')).as('opened'),
      sum(within('closed_at')).as('closed'),
      sum(sql`${within('closed_at')} AND ${onTime}`).as('closed_on_time'),
      sum(within('overdue_since')).as('overdue'),
      sum(isLeft).as('open_at_end'),
    ])
    .where('opened_at', '<', to)
    .where((eb) => eb.or([eb('closed_at', 'is', null), eb('closed_at', '>=', from)]))
    .groupBy('outcome')
    .execute();
  const total = (
    column: 'opened' | 'closed' | 'closed_on_time' | 'overdue' | 'open_at_end',
  ): number => rows.reduce((all, row) => all + toSafeInteger(row[column]), 0);
  return {
    opened: total('opened'),
    closed: total('closed'),
    closedOnTime: total('closed_on_time'),
    overdue: total('overdue'),
    openAtEnd: total('open_at_end'),
    outcomes: followUpOutcomes.map((outcome) => ({
      outcome,
      count: toSafeInteger(rows.find((row) => row.outcome === outcome)?.closed ?? 0),
    })),
  };
}
