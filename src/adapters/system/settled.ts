/** Everything that can happen without time passing has happened: all promises that could settle have. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
