import * as codesBatches from './codes/batch-routes.ts';
import * as codesOwn from './codes/own-code-routes.ts';
import * as codesPlaces from './codes/place-code-routes.ts';
import * as codesPrints from './codes/print-routes.ts';
import * as codesReports from './codes/report-routes.ts';
import * as codesCards from './codes/resident-card-routes.ts';
import { resolveScans } from './codes/resolution-routes.ts';
import * as codes from './codes/routes.ts';
import * as directoryMaps from './directory/area-map-routes.ts';
import * as directoryCertificates from './directory/certificate-routes.ts';
import * as directoryCoverage from './directory/coverage-routes.ts';
import * as directoryGrids from './directory/grid-routes.ts';
import * as directoryPosts from './directory/post-routes.ts';
import * as directoryRelocations from './directory/relocation-routes.ts';
import * as directory from './directory/routes.ts';
import * as directorySubjects from './directory/subject-routes.ts';
import * as directoryTables from './directory/table-routes.ts';
import * as directoryUnits from './directory/unit-routes.ts';
import * as identityKiosks from './identity/kiosk-routes.ts';
import * as identityOperators from './identity/operator-routes.ts';
import * as identityPeople from './identity/people-routes.ts';
import * as identity from './identity/routes.ts';
import * as notices from './notices/routes.ts';
import { operationsRoutes } from './operations.ts';
import * as pointsAwards from './points/award-routes.ts';
import * as pointsReversals from './points/reversal-routes.ts';
import * as points from './points/routes.ts';
import * as pointsRules from './points/rule-routes.ts';
import * as pointsSettings from './points/settings-routes.ts';
import * as pointsSolvency from './points/solvency-routes.ts';
import * as ratingsAppeals from './ratings/appeal-routes.ts';
import * as ratingsDays from './ratings/area-day-routes.ts';
import * as ratingsReports from './ratings/area-report-routes.ts';
import * as ratingsCases from './ratings/case-routes.ts';
import * as ratingsFollowUps from './ratings/follow-up-routes.ts';
import * as ratingsOwn from './ratings/own-routes.ts';
import * as ratingsPhotos from './ratings/photo-routes.ts';
import * as ratingsQuestions from './ratings/question-routes.ts';
import * as ratingsReviews from './ratings/review-routes.ts';
import * as ratings from './ratings/routes.ts';
import * as ratingsScores from './ratings/score-routes.ts';
import * as rewardsUses from './rewards/area-use-routes.ts';
import * as rewardsAssistance from './rewards/assistance-routes.ts';
import * as rewardsBenefits from './rewards/benefit-routes.ts';
import * as rewardsBudgets from './rewards/budget-routes.ts';
import * as rewardsCounter from './rewards/counter-routes.ts';
import * as rewardsCourses from './rewards/course-routes.ts';
import * as rewardsDraws from './rewards/draw-routes.ts';
import * as rewardsGifts from './rewards/gift-routes.ts';
import * as rewardsMerchants from './rewards/merchant-routes.ts';
import * as rewards from './rewards/routes.ts';
import * as rewardsSettlements from './rewards/settlement-routes.ts';
import * as rewardsTables from './rewards/table-routes.ts';
import * as rewardsVouchers from './rewards/voucher-routes.ts';
import * as rewardsWaiting from './rewards/waiting-routes.ts';
import type { RouteDefinition } from './route.ts';
import { serviceNames } from './service-name.ts';
import * as volunteeringActivities from './volunteering/activity-routes.ts';
import * as volunteeringAttendances from './volunteering/attendance-routes.ts';
import * as volunteeringCertificates from './volunteering/certificate-routes.ts';
import * as volunteeringHours from './volunteering/hour-routes.ts';
import * as volunteeringMenu from './volunteering/menu-routes.ts';
import * as volunteeringOrders from './volunteering/order-routes.ts';
import * as volunteeringProjects from './volunteering/project-routes.ts';
import * as volunteeringSettings from './volunteering/settings-routes.ts';
import * as volunteeringSignUps from './volunteering/sign-up-routes.ts';
import * as volunteeringStars from './volunteering/star-routes.ts';
import * as volunteeringStatistics from './volunteering/statistic-routes.ts';
import * as volunteeringTables from './volunteering/table-routes.ts';
import * as volunteeringTeams from './volunteering/team-routes.ts';
import * as volunteeringVolunteers from './volunteering/volunteer-routes.ts';

/** Every route of every service: what the gateway passes, the document lists and the tests walk. */
export const allRoutes: readonly RouteDefinition[] = [
  identity,
  identityKiosks,
  identityOperators,
  identityPeople,
  directory,
  directoryCertificates,
  directoryCoverage,
  directoryGrids,
  directoryMaps,
  directoryPosts,
  directoryRelocations,
  directorySubjects,
  directoryTables,
  directoryUnits,
  codes,
  codesBatches,
  codesPrints,
  codesReports,
  codesCards,
  codesOwn,
  codesPlaces,
  { resolveScans },
  ratings,
  ratingsFollowUps,
  ratingsAppeals,
  ratingsDays,
  ratingsReports,
  ratingsCases,
  ratingsOwn,
  ratingsPhotos,
  ratingsQuestions,
  ratingsReviews,
  ratingsScores,
  points,
  pointsAwards,
  pointsReversals,
  pointsRules,
  pointsSettings,
  pointsSolvency,
  rewards,
  rewardsBenefits,
  rewardsBudgets,
  rewardsMerchants,
  rewardsCounter,
  rewardsSettlements,
  rewardsCourses,
  rewardsTables,
  rewardsVouchers,
  rewardsGifts,
  rewardsAssistance,
  rewardsWaiting,
  rewardsDraws,
  rewardsUses,
  notices,
  volunteeringVolunteers,
  volunteeringTeams,
  volunteeringActivities,
  volunteeringSignUps,
  volunteeringSettings,
  volunteeringAttendances,
  volunteeringHours,
  volunteeringMenu,
  volunteeringOrders,
  volunteeringStars,
  volunteeringCertificates,
  volunteeringStatistics,
  volunteeringTables,
  volunteeringProjects,
  ...serviceNames.map(operationsRoutes),
].flatMap((routes) => Object.values<RouteDefinition>(routes));
