import * as z from 'zod';
import { idSchema, instantSchema, pageOf, pageQuery, wordsSchema } from '../primitives.ts';

export const scanKinds = ['in', 'out'] as const;
export type ScanKind = (typeof scanKinds)[number];

/** By the changing code of the place, on the volunteer's own phone. */
export const newCheckInSchema = z.strictObject({
  signUpId: idSchema,
  kind: z.enum(scanKinds),
  code: z.string().max(64),
});
const volunteerCode = z
  .string()
  .regex(/^[0-9]{14}$/, '14 位志愿者签到码 · a volunteer’s code of 14 digits');
/** By the leader, of the volunteer's own code. */
export const newScanSchema = z.strictObject({
  shiftId: idSchema,
  kind: z.enum(scanKinds),
  code: volunteerCode,
});
/** By staff, of the printed card of somebody without a phone. */
export const newCardScanSchema = z.strictObject({
  shiftId: idSchema,
  kind: z.enum(scanKinds),
  card: z.string().max(64),
});
/** What a leader's phone kept while there was no network: each counts once, in any order. */
export const newScanBatchSchema = z.strictObject({
  shiftId: idSchema,
  scans: z
    .array(
      z.strictObject({
        /** Made on the device with the scan. */
        eventId: idSchema,
        kind: z.enum(scanKinds),
        code: volunteerCode,
        at: instantSchema,
      }),
    )
    .min(1)
    .max(200),
});
export const scanOutcomes = [
  'counted',
  'kept',
  'repeated',
  'wrong-code',
  'not-signed-up',
  'outside-window',
  'present-elsewhere',
  'own-scan',
] as const;
export type ScanOutcome = (typeof scanOutcomes)[number];
export const scanResultsSchema = z.object({
  results: z.array(
    z.object({
      eventId: idSchema,
      /** `kept`: known, and changes nothing. */
      outcome: z.enum(scanOutcomes),
      /** It came after the shift was closed. */
      isLate: z.boolean(),
    }),
  ),
});

export const attendanceStates = [
  'present',
  'unentered',
  'out',
  'forgotten',
  'confirmed',
  'verified',
  'refused',
] as const;
export type AttendanceState = (typeof attendanceStates)[number];
export const scanWays = ['place', 'leader', 'card', 'offline', 'forgotten', 'said'] as const;
export type ScanWay = (typeof scanWays)[number];
export const attendanceSchema = z.object({
  signUpId: idSchema,
  shiftId: idSchema,
  title: z.string(),
  startsAt: instantSchema,
  endsAt: instantSchema,
  /** `confirmed` by the leader while the beneficiary is waited for. */
  state: z.enum(attendanceStates),
  inAt: instantSchema.nullable(),
  inWay: z.enum(scanWays).nullable(),
  outAt: instantSchema.nullable(),
  outWay: z.enum(scanWays).nullable(),
  /** A part of it came after the shift was closed. */
  isLate: z.boolean(),
  /** Whole minutes within the shift, as they stand. */
  minutes: z.number().int(),
  refusal: z.string().nullable(),
});
export type Attendance = z.output<typeof attendanceSchema>;
export const attendancePageSchema = pageOf(attendanceSchema);
export const attendanceQuerySchema = z.strictObject(pageQuery);
export const ledAttendanceSchema = attendanceSchema.extend({
  personId: idSchema,
  maskedName: z.string(),
});
export const ledAttendancePageSchema = pageOf(ledAttendanceSchema);

/** One tap where a check-out was forgotten: no later than the planned end. */
export const newLeavingSchema = z.strictObject({ leftAt: instantSchema });
export const newConfirmationSchema = z.strictObject({
  signUpIds: z.array(idSchema).min(1).max(100),
});
export const confirmationOutcomes = [
  'verified',
  'beneficiary-wanted',
  'not-ready',
  'own',
  'unknown',
] as const;
export const confirmationsSchema = z.object({
  results: z.array(z.object({ signUpId: idSchema, outcome: z.enum(confirmationOutcomes) })),
});
export const refusalSchema = z.strictObject({
  reason: wordsSchema.min(2, '请写明原因 · a reason').max(200),
});
export const beneficiaryConfirmationSchema = z.strictObject({ shiftId: idSchema });
export const beneficiaryConfirmedSchema = z.object({
  shiftId: idSchema,
  /** Attendances that are verified by it. */
  verified: z.number().int(),
});
