import type { PbxInspector } from '../../adapters/asterisk/pbx-inspector.ts';
import type { Config } from '../../config/config.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

/** Whether calls that agents make from Movidesk get out of the house. */
export async function madeCallFindings(
  { activeCall }: Pick<Config, 'activeCall'>,
  pbx: Pick<PbxInspector, 'hasContext'>,
): Promise<readonly Finding[]> {
  if (activeCall === undefined) return [];
  const { dialContext } = activeCall;
  const name = `context ${dialContext}`;
  const isThere = await pbx.hasContext(dialContext);
  if (isThere === undefined)
    return [warn(name, 'the PBX does not say what is in it', `look yourself: dialplan show ${dialContext}`)];
  return [
    isThere
      ? ok(name, 'is there: it dials the world for calls made from Movidesk')
      : fail(
          name,
          'is not there: no call made from Movidesk would get out',
          "set activeCall.dialContext to the context that your phones call from (FreePBX: from-internal); asterisk -rx 'pjsip show endpoint 1001' names it",
        ),
  ];
}
