/** A code of the document's table, with the message that the far side says beside it. */
export class Refusal {
  readonly code: string;
  readonly desc: string;

  constructor(code: string, desc: string) {
    this.code = code;
    this.desc = desc;
  }
}

/** The document's table. What it leaves out (a hold of a held call, say) is answered with what comes nearest. */
export const REFUSALS = {
  idsBlank: new Refusal('000001', 'AgentId AppId WorkId Blank'),
  parameterError: new Refusal('000001', 'Parameter error'),
  paramsInvalid: new Refusal('000001', 'ParamsInvalid'),
  fileNameBlank: new Refusal('000001', 'File name Blank'),
  systemError: new Refusal('000003', 'System internal error'),
  doesNotExist: new Refusal('000004', 'Data does not exist'),
  appNotFound: new Refusal('100002', 'AppId AppNotFound or forbidden'),
  endOfInput: new Refusal('100004', 'unexpected end of JSON input'),
  agentIsBound: new Refusal('100004', "Agent has queue or voip, can't delete"),
  numberIsExisted: new Refusal('100015', 'NumberIsExisted'),
  voipBindAgent: new Refusal('100016', 'VoipBindAgent'),
  appIdBlank: new Refusal('100017', 'AppID Blank'),
  recordNotFound: new Refusal('100018', 'RecordNotFound'),
} as const;

export function duplicate(value: string, key: string): Refusal {
  return new Refusal('100004', `Duplicate entry ${value} for ${key}`);
}
