/** Where the daemon uses the client. */
export const ORDER = 'src/adapters/ccai/order-call.ts';
export const FLAGS = 'src/adapters/ccai/known-flags.ts';
export const OUTBOUND = 'src/adapters/ccai/outbound.ts';
export const WISH = 'src/adapters/ccai/outbound-wish.ts';
export const TABLE = 'src/adapters/ccai/operations.ts';
export const ROOM = 'src/observe/http/ccai-outbound-room.ts';
