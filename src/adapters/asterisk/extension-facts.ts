import type { Extension } from '../../domain/identity.ts';
import { extensionState, getVariable } from './actions.ts';
import { headerOf } from './answers.ts';
import type { Ask } from './config-lines.ts';
import { deviceOf } from './device-template.ts';

/** Templates of the configuration; empty where there is nothing of the kind. */
export interface ExtensionNames {
  readonly device: string;
  readonly dndDeviceState: string;
  readonly hintContext: string;
}

/** What the PBX says of an agent's extension. */
export interface ExtensionFacts {
  readonly extension: Extension;
  readonly device: string;
  /** INVALID: no such device. */
  readonly deviceState: string;
  readonly dndDevice: string;
  /** Empty where none is configured. UNKNOWN: nobody ever set it. */
  readonly dndState: string;
  /** Nothing where no context of hints is configured. */
  readonly hasHint: boolean | undefined;
}

// The extension state of one without a hint (seen on Asterisk 22.10).
const NO_HINT = -1;

/** Nothing where the PBX could not be asked. */
export async function readExtensionFacts(
  ask: Ask,
  extension: Extension,
  { device, dndDeviceState, hintContext }: ExtensionNames,
): Promise<ExtensionFacts | undefined> {
  const state = (name: string) => ask(getVariable(`DEVICE_STATE(${name})`));
  const phone = deviceOf(device, extension);
  const dndDevice = deviceOf(dndDeviceState, extension);
  const phoneAnswer = await state(phone);
  const dndAnswer = dndDeviceState === '' ? undefined : await state(dndDevice);
  const hintAnswer = hintContext === '' ? undefined : await ask(extensionState(extension, hintContext));
  const answers = [phoneAnswer, dndAnswer, hintAnswer].filter((answer) => answer !== undefined);
  if (answers.some(({ kind }) => kind !== 'success')) return undefined;
  return {
    extension,
    device: phone,
    deviceState: headerOf(phoneAnswer, 'value'),
    dndDevice,
    dndState: dndAnswer === undefined ? '' : headerOf(dndAnswer, 'value'),
    hasHint: hintAnswer && Number(headerOf(hintAnswer, 'status')) !== NO_HINT,
  };
}
