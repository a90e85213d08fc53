import type { Channel } from './channel.ts';
import { isDeviceState } from './device-states.ts';
import { extensionExists } from './dialplan/dialplan.ts';
import { databaseKeys } from './dialplan/diary.ts';
import type { Exchange } from './exchange.ts';

const FUNCTION = /^([A-Z_]+)\((.*)\)$/s;

/**
 * What Getvar gives. Unknown variables and functions give nothing, and so do those that are refused to the manager
 * unless `live_dangerously` is set: SHELL, and DB as well.
 */
export function readVariable(exchange: Exchange, channel: Channel | undefined, expression: string): string {
  const [, name, argument] = FUNCTION.exec(expression) ?? [];
  if (name !== undefined && argument !== undefined) return readFunction(exchange, channel, name, argument);
  if (expression === 'EPOCH') return String(exchange.epochSeconds);
  const builtin = channel === undefined ? undefined : builtinOf(channel, expression);
  return builtin ?? channel?.variables.get(expression) ?? exchange.globals.get(expression) ?? '';
}

/** Whether it could be set. Without a channel a plain name is a global variable. */
export function writeVariable(
  exchange: Exchange,
  channel: Channel | undefined,
  expression: string,
  value: string,
): boolean {
  const [, name, argument] = FUNCTION.exec(expression) ?? [];
  if (name !== undefined && argument !== undefined) return writeFunction(exchange, name, argument, value);
  if (channel === undefined) exchange.globals.set(expression.replace(/^_{1,2}/, ''), value);
  else channel.setVariable(expression, value);
  exchange.changed();
  return true;
}

function readFunction(
  exchange: Exchange,
  channel: Channel | undefined,
  name: string,
  argument: string,
): string {
  switch (name) {
    case 'DEVICE_STATE':
      return exchange.states.textOf(argument);
    case 'DB_KEYS':
      return databaseKeys(exchange, argument).join(',');
    case 'DB_EXISTS':
      return exchange.database.has(argument) ? '1' : '0';
    case 'DIALPLAN_EXISTS': {
      const [context = '', exten = '', priority = '1'] = argument.split(',');
      return priority === '1' && extensionExists(exchange, context, exten) ? '1' : '0';
    }
    case 'GLOBAL':
      return exchange.globals.get(argument) ?? '';
    case 'CALLERID':
      return channel?.caller[argument === 'name' ? 'name' : 'number'] ?? '';
    default:
      return '';
  }
}

function writeFunction(exchange: Exchange, name: string, argument: string, value: string): boolean {
  switch (name) {
    case 'DB_DELETE':
      exchange.database.delete(argument);
      return true;
    case 'GLOBAL':
      exchange.globals.set(argument, value);
      return true;
    case 'DEVICE_STATE':
      if (!argument.startsWith('Custom:') || !isDeviceState(value)) return false;
      exchange.setDeviceState(argument, value);
      return true;
    default:
      return false;
  }
}

function builtinOf(channel: Channel, name: string): string | undefined {
  switch (name) {
    case 'UNIQUEID':
      return channel.uniqueid;
    case 'CONTEXT':
      return channel.context;
    case 'EXTEN':
      return channel.exten;
    case 'CHANNEL':
      return channel.name;
    default:
      return undefined;
  }
}
