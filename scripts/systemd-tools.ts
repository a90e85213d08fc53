/** Sees to it that systemd's own commands are there for `npm run test:systemd`; they need no running systemd. */
import { installTools, settingUp } from './debian-root.ts';

settingUp(() => installTools({ 'systemd-analyze': 'systemd', 'systemd-notify': 'systemd', perl: 'perl' }));
