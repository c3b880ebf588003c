import type { EventDefinition } from '@ddp/contracts/event';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { confirmAttendances, scanVolunteer } from '@ddp/contracts/volunteering/attendance-routes';
import { readMyCode } from '@ddp/contracts/volunteering/volunteer-routes';
import type { House } from './house.ts';
import { join, openActivity, shiftIn } from './world.ts';

const minuteMs = 60_000;

/** Short ways to come to shifts and to have it confirmed. */
export function createServing(house: House) {
  const advance = (minutes: number) => house.clock.advanceMs(minutes * minuteMs);
  const codeOf = async (by: PersonPrincipal) => (await house.call(readMyCode, {}, by)).code;

  /** A shift of two hours in an hour, with somebody who has a place. */
  async function openShift(over: Parameters<typeof openActivity>[2] = {}) {
    const opened = await openActivity(house, [shiftIn(house, 1)], over);
    const volunteer = await house.newVolunteer();
    const { id: signUpId } = await join(house, opened.shift.id, volunteer);
    const scan = async (kind: 'in' | 'out', by = opened.leader, of = volunteer) => {
      const body = { shiftId: opened.shift.id, kind, code: await codeOf(of) };
      return house.call(scanVolunteer, { body }, by);
    };
    const confirm = async (by = opened.leader, id = signUpId) => {
      const body = { signUpIds: [id] };
      const { results } = await house.call(confirmAttendances, { body }, by);
      return results[0]?.outcome;
    };
    return { ...opened, volunteer, signUpId, scan, confirm };
  }

  return {
    advance,
    codeOf,
    openShift,
    /** One who was there for the whole shift, as the leader scanned. */
    async serve(over: Parameters<typeof openActivity>[2] = {}) {
      const opened = await openShift(over);
      advance(50);
      await opened.scan('in');
      advance(135);
      await opened.scan('out');
      return opened;
    },
    /** What was told by an event, in order. */
    async payloadsOf({ name }: EventDefinition) {
      const rows = await house.db
        .selectFrom('volunteering_outbox')
        .select('payload')
        .where('event_name', '=', name)
        .orderBy('id')
        .execute();
      return rows.map((row) => JSON.parse(row.payload));
    },
  };
}
