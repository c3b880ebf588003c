/** An event on its way to the queue of a consumer. */
export interface RelayedEvent {
  id: string;
  consumer: string;
  eventName: string;
  payload: unknown;
  requestId: string;
  generation: number;
}

/** Takes committed events from memory, whose rows are leased to this process as they are written. */
export interface HandOver {
  leaseMs: number;
  /** Asked before rows are written: what has no room is left to whoever looks into the outbox. */
  hasRoom(): boolean;
  take(events: readonly RelayedEvent[]): void;
}
