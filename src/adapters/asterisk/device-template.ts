import { extensionFrom } from '../../domain/identity.ts';

const PLACE = '{extension}';

/** The device of an extension: `PJSIP/{extension}`. */
export function deviceOf(template: string, extension: string): string {
  return template.replaceAll(PLACE, extension);
}

/** Whether a device may be one that the template makes; an empty template makes none. */
export function isMadeBy(template: string): (device: string) => boolean {
  const start = template.indexOf(PLACE);
  if (start === -1) return (device) => device !== '' && device === template;
  const before = template.slice(0, start);
  return (device) => {
    if (!device.startsWith(before)) return false;
    const digits = /^[0-9]*/.exec(device.slice(before.length))?.[0] ?? '';
    const extension = extensionFrom(digits);
    return extension !== undefined && deviceOf(template, extension) === device;
  };
}
