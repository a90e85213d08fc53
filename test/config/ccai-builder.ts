import { parse } from 'yaml';
import type { CcaiConfig } from '../../src/config/ccai-config.ts';
import type { LoadResult } from '../../src/config/load.ts';
import { configOf, fileWith, load, mistakesOf, SUPPORT } from './config-builder.ts';

type Group = Readonly<Record<string, unknown>>;

export const OUTBOUND_TOKEN = 'hush-outbound-token';

/** A rule as YAML has it: of an object literal with a `then` the linter says that it is no promise. */
export const aRule = (keys: string): unknown => parse(`{ ${keys} }`);

/** The least with which there is a relay that does something. */
export const LEAST = {
  enabled: true,
  subdomain: 'acme',
  domain: 'ccai.example.com',
  token: 'hush-token',
  rules: [aRule('then: call-back, menuId: 9')],
};

const SALES = { name: 'sales', movideskQueueId: 2 };

/** A configuration with the queue support. */
export const loadCcai = (ccai: Group, env: Readonly<Record<string, string>> = {}): LoadResult =>
  load({ yaml: fileWith({ ccai }), env });

/** One with the queues support and sales. */
export const loadWithSales = (ccai: Group): LoadResult =>
  load({ yaml: fileWith({ queues: [SUPPORT, SALES], ccai }) });

export function ccaiOf(result: LoadResult): CcaiConfig {
  const { ccai } = configOf(result);
  if (ccai === undefined) throw new Error('no relay, though it was switched on');
  return ccai;
}

export const keysOf = (result: LoadResult): readonly string[] => mistakesOf(result).map(({ key }) => key);
