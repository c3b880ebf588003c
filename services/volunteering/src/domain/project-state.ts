import type { ProjectState } from '@ddp/contracts/volunteering/projects';

export type ProjectMove = 'change' | 'approve' | 'start' | 'close';

const moves: Record<ProjectMove, { from: ProjectState; to: ProjectState }> = {
  change: { from: 'draft', to: 'draft' },
  approve: { from: 'draft', to: 'approved' },
  start: { from: 'approved', to: 'running' },
  close: { from: 'running', to: 'closed' },
};

/** Where a move brings a project; null where its state does not allow it. */
export function decideProjectMove(state: ProjectState, move: ProjectMove): ProjectState | null {
  const { from, to } = moves[move];
  return state === from ? to : null;
}

/** Whether activities may come to it and leave it. */
export function isOpenProject(state: ProjectState): boolean {
  return state === 'approved' || state === 'running';
}
