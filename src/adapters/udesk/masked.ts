// Shorter ones are extensions, queues and agents, which a log needs; longer ones may be somebody's telephone.
export const PHONE_NUMBER = /\d{7,}/g;

/** A text without the numbers of people. */
export const masked = (text: string): string => text.replace(PHONE_NUMBER, '***');
