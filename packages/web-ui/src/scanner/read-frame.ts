/** Reads one QR symbol of a picture; null where there is none. */
export type QrReader = (frame: HTMLCanvasElement) => Promise<string | null>;
