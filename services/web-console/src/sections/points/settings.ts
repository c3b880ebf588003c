import type { setSettings } from '@ddp/contracts/points/settings-routes';
import type { RouteResult } from '@ddp/contracts/route';

export type SettingsVersion = RouteResult<typeof setSettings>;

/** What is set beside the levels, with the least and the most of each. */
export const bounds = {
  levelHoldDays: { min: 0, max: 366 },
  lotLifeYears: { min: 1, max: 10 },
  refundDays: { min: 1, max: 366 },
  appealDays: { min: 15, max: 90 },
  personDayPoints: { min: 0, max: 10_000_000 },
  personMonthPoints: { min: 0, max: 10_000_000 },
  brakeAtPercent: { min: 1, max: 1_000 },
} as const;
export type SettingName = keyof typeof bounds;
export const settingNames = Object.keys(bounds) as readonly SettingName[];
/** Where nothing may be set, which then is no limit. */
export const openNames: readonly SettingName[] = [
  'personDayPoints',
  'personMonthPoints',
  'brakeAtPercent',
];
export const mostLevels = 12;
