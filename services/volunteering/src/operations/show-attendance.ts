import type { Attendance } from '@ddp/contracts/volunteering/attendances';
import { minutesOf } from '../domain/attendance.ts';
import type { StoredAttendance } from '../store/attendances.ts';

export function showAttendance(one: StoredAttendance): Attendance {
  return {
    signUpId: one.signUpId,
    shiftId: one.shiftId,
    title: one.title,
    startsAt: one.startsAt.toISOString(),
    endsAt: one.endsAt.toISOString(),
    state: one.state,
    inAt: one.inAt?.toISOString() ?? null,
    inWay: one.inWay,
    outAt: one.outAt?.toISOString() ?? null,
    outWay: one.outWay,
    isLate: one.isLate,
    minutes: minutesOf(one),
    refusal: one.refusal,
  };
}
