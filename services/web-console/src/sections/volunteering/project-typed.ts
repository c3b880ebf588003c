import type { RouteInput, RouteResult } from '@ddp/contracts/route';
import type { changeProject, listAreaProjects } from '@ddp/contracts/volunteering/project-routes';
import { today } from '@ddp/web-ui/time/today';

export type Project = RouteResult<typeof listAreaProjects>['items'][number];
type Fields = RouteInput<typeof changeProject>['body'];

/** A project as it is typed; an aim that is empty is none. */
export interface ProjectTyped {
  title: string;
  goal: string;
  fromOn: string;
  toOn: string;
  targetActivities: number | undefined;
  targetPeople: number | undefined;
  targetHours: number | undefined;
}

export const emptyProject = (): ProjectTyped => ({
  ...{ title: '', goal: '', fromOn: today(), toOn: `${today().slice(0, 4)}-12-31` },
  ...{ targetActivities: undefined, targetPeople: undefined, targetHours: undefined },
});

export const projectTyped = ({ title, goal, fromOn, toOn, ...aims }: Project): ProjectTyped => ({
  ...{ title, goal, fromOn, toOn },
  targetActivities: aims.targetActivities ?? undefined,
  targetPeople: aims.targetPeople ?? undefined,
  targetHours: aims.targetHours ?? undefined,
});

export const fieldsOf = (typed: ProjectTyped): Fields => ({
  ...typed,
  targetActivities: typed.targetActivities ?? null,
  targetPeople: typed.targetPeople ?? null,
  targetHours: typed.targetHours ?? null,
});
