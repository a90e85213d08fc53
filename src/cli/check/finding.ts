/**
 * What an examination found. `warn`: the daemon works, and somebody should know. `FAIL`: it does not, or callers would
 * suffer. `skipped`: it could not be looked at, and `found` says why. Whatever a person should mend comes with a remedy.
 */
export type Finding =
  | { readonly state: 'ok' | 'skipped'; readonly name: string; readonly found: string }
  | {
      readonly state: 'warn' | 'FAIL';
      readonly name: string;
      readonly found: string;
      readonly remedy: string;
    };

export type FoundIn = Finding & { readonly area: string };

export const ok = (name: string, found: string): Finding => ({ state: 'ok', name, found });
export const skipped = (name: string, why: string): Finding => ({ state: 'skipped', name, found: why });
export const warn = (name: string, found: string, remedy: string): Finding => ({
  state: 'warn',
  name,
  found,
  remedy,
});
export const fail = (name: string, found: string, remedy: string): Finding => ({
  state: 'FAIL',
  name,
  found,
  remedy,
});
