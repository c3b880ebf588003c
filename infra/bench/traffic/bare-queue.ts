/** Name of the queue that the bare worker serves. */
export const bareQueue = 'bare';
