import { AmiPbx } from '../../../src/adapters/asterisk/ami-pbx.ts';
import { optionsFor } from '../../adapters/asterisk/worlds.ts';

/**
 * A process of its own, in which nothing lives but the adapter: so that its memory can be told. It prints a line whenever it
 * is linked, with the most that it has ever needed, in megabytes.
 */
const pbx = new AmiPbx(optionsFor(Number(process.argv[2])));
pbx.start(({ kind }) => {
  if (kind === 'linked') process.stdout.write(`${Math.round(process.resourceUsage().maxRSS / 1024)}\n`);
});
process.once('disconnect', () => void pbx.close());
