import * as routes from '@ddp/contracts/volunteering/team-routes';
import * as volunteerRoutes from '@ddp/contracts/volunteering/volunteer-routes';
import { bindRoute } from '@ddp/service-kit/bind-route';
import type { ServiceApp } from '@ddp/service-kit/service-app';
import type { VolunteeringDeps } from '../deps.ts';
import * as members from '../operations/keep-members.ts';
import { countSkills, createSkill, listSkills } from '../operations/keep-skills.ts';
import { closeTeam, createTeam, listTeams } from '../operations/keep-teams.ts';
import * as volunteers from '../operations/read-volunteers.ts';
import * as profiles from '../operations/save-profile.ts';

/** Volunteers, what they can do, and their teams: which operation answers which route. */
export function bindTeamRoutes(app: ServiceApp, deps: VolunteeringDeps): void {
  bindVolunteerRoutes(app, deps);
  bindRoute(app, routes.createTeam, (caller, request) => createTeam(deps, caller, request));
  bindRoute(app, routes.listTeams, (caller, request) => listTeams(deps, caller, request));
  bindRoute(app, routes.closeTeam, (caller, request) => closeTeam(deps, caller, request));
  bindRoute(app, routes.listMembers, (caller, request) =>
    members.listMembers(deps, caller, request),
  );
  bindRoute(app, routes.applyForMembership, (caller, request) =>
    members.applyForMembership(deps, caller, request),
  );
  bindRoute(app, routes.listMyMemberships, (caller, request) =>
    members.listMyMemberships(deps, caller, request),
  );
  bindRoute(app, routes.admitMember, (caller, request) =>
    members.admitMember(deps, caller, request),
  );
  bindRoute(app, routes.refuseMember, (caller, request) =>
    members.refuseMember(deps, caller, request),
  );
  bindRoute(app, routes.endMembership, (caller, request) =>
    members.endMembership(deps, caller, request),
  );
  bindRoute(app, routes.setLeadership, (caller, request) =>
    members.setLeadership(deps, caller, request),
  );
}

function bindVolunteerRoutes(app: ServiceApp, deps: VolunteeringDeps): void {
  bindRoute(app, volunteerRoutes.createSkill, (caller, request) =>
    createSkill(deps, caller, request),
  );
  bindRoute(app, volunteerRoutes.listSkills, (caller) => listSkills(deps, caller));
  bindRoute(app, volunteerRoutes.countSkills, (caller, request) =>
    countSkills(deps, caller, request),
  );
  bindRoute(app, volunteerRoutes.saveMyProfile, (caller, request) =>
    profiles.saveMyProfile(deps, caller, request),
  );
  bindRoute(app, volunteerRoutes.assistProfile, (caller, request) =>
    profiles.assistProfile(deps, caller, request),
  );
  bindRoute(app, volunteerRoutes.recordGuardianConsent, (caller, request) =>
    profiles.recordGuardianConsent(deps, caller, request),
  );
  bindRoute(app, volunteerRoutes.correctBirthMonth, (caller, request) =>
    profiles.correctBirthMonth(deps, caller, request),
  );
  bindRoute(app, volunteerRoutes.readMyProfile, (caller) => volunteers.readMyProfile(deps, caller));
  bindRoute(app, volunteerRoutes.readMyCode, (caller) => volunteers.readMyCode(deps, caller));
  bindRoute(app, volunteerRoutes.readMyCodeSvg, (caller) => volunteers.readMyCodeSvg(deps, caller));
  bindRoute(app, volunteerRoutes.listVolunteers, (caller, request) =>
    volunteers.listVolunteers(deps, caller, request),
  );
  bindRoute(app, volunteerRoutes.readVolunteer, (caller, request) =>
    volunteers.readVolunteer(deps, caller, request),
  );
}
