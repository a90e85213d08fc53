import type { Exchange } from '../exchange.ts';
import type { Faults } from '../faults.ts';
import type { Reply } from './reply.ts';
import type { AmiRequest } from './request-reader.ts';

export interface ActionCall {
  readonly exchange: Exchange;
  readonly faults: Faults;
  readonly request: AmiRequest;
  readonly reply: Reply;
}

export type Action = (call: ActionCall) => void;
