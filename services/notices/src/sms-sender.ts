import type { SmsSettings } from './config.ts';

/** Hands a text message to the provider. Throws when it was not taken. */
export type SendSms = (message: { phone: string; text: string; id: string }) => Promise<void>;

const deadlineMs = 3_000;

/** POST {url}/send with a bearer key; `id` lets a provider that can do so refuse a repeat. */
export function createSmsSender(settings: SmsSettings | null): SendSms {
  return async ({ phone, text, id }) => {
    if (settings === null) throw new Error('no provider of text messages is set');
    const response = await fetch(`${settings.url.replace(/\/$/, '')}/send`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${settings.key}`,
        'content-type': 'application/json',
        'idempotency-key': id,
      },
      body: JSON.stringify({ phone, text }),
      signal: AbortSignal.timeout(deadlineMs),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`the provider of text messages answered ${response.status}`);
  };
}
