import type { Check } from './check.ts';
import { nameCheck } from './name-check.ts';
import { purityCheck } from './purity-check.ts';
import { firstLoadCheck, screenTypeCheck } from './screen-checks.ts';
import { sizeCheck } from './size-check.ts';
import { sqlCheck } from './sql-check.ts';
import { boundaryCheck, deadCodeCheck, styleCheck, typeCheck } from './tool-checks.ts';
import { versionCheck } from './version-check.ts';

/** All fences, as `npm run verify` runs them. */
export const checks: readonly Check[] = [
  styleCheck,
  typeCheck,
  boundaryCheck,
  deadCodeCheck,
  sizeCheck,
  nameCheck,
  purityCheck,
  sqlCheck,
  versionCheck,
  screenTypeCheck,
  firstLoadCheck,
];
