import type { Template } from '@ddp/contracts/notices/schemas';

export interface Catalogue {
  messages: Record<Template, { title: string; text: string }>;
  /** What is sent as a text message alone. */
  texts: Record<'sign-in-code', string>;
  /** Values of gaps that are words of the house. */
  words: Record<string, string>;
  /** What stands before a text message. */
  signature: string;
}
