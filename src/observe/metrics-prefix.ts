/** What every name of ours begins with. */
export const PREFIX = 'asterisk_movidesk_';
