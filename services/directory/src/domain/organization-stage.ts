import type { OrganizationStage } from '@ddp/contracts/directory/schemas';

/** What may follow each stage: a step on, a step back, or the end; null is before the first. */
const following: Record<OrganizationStage | 'none', readonly OrganizationStage[]> = {
  none: ['incubating', 'recorded', 'registered'],
  incubating: ['recorded', 'registered', 'dissolved'],
  recorded: ['registered', 'incubating', 'dissolved'],
  registered: ['recorded', 'dissolved'],
  dissolved: [],
};

/** Whether an organization may go from one stage to the next. */
export function isNextStage(from: OrganizationStage | null, to: OrganizationStage): boolean {
  return following[from ?? 'none'].includes(to);
}
