import { describe, expect, it } from 'vitest';
import * as codes from './codes/events.ts';
import * as directory from './directory/events.ts';
import type { EventDefinition } from './event.ts';
import * as identity from './identity/events.ts';
import * as notices from './notices/events.ts';
import * as ratings from './ratings/events.ts';
import * as rewards from './rewards/events.ts';
import { serviceNames } from './service-name.ts';
import { consumersOf, subscriptions } from './subscriptions.ts';
import * as volunteering from './volunteering/events.ts';

const catalogues = { codes, directory, identity, notices, ratings, rewards, volunteering };

describe('subscriptions', () => {
  it('declare each event once, and every event of every catalogue', () => {
    const declared = subscriptions.map(([event]) => event.name);
    const defined = Object.values(catalogues).flatMap((events) =>
      Object.values<EventDefinition>(events).map((event) => event.name),
    );
    expect(declared.length).toBeGreaterThan(10);
    expect(new Set(declared).size).toBe(declared.length);
    expect([...declared].sort()).toEqual([...defined].sort());
  });

  it('name each event after the service of its catalogue', () => {
    for (const [service, events] of Object.entries(catalogues)) {
      for (const { name } of Object.values<EventDefinition>(events)) {
        expect(name).toMatch(new RegExp(`^${service}\\.[a-z]+(-[a-z]+)*$`));
        expect(name.length).toBeLessThanOrEqual(80);
      }
    }
  });

  it('bring each event to at least one service, each once', () => {
    for (const [event, services] of subscriptions) {
      expect(services.length).toBeGreaterThan(0);
      expect(new Set(services).size).toBe(services.length);
      expect(services.every((service) => serviceNames.includes(service))).toBe(true);
      expect(consumersOf(event.name)).toBe(services);
    }
  });

  it('know no other event', () => {
    expect(() => consumersOf('ratings.rating-forgotten')).toThrow('no subscription is declared');
  });
});
