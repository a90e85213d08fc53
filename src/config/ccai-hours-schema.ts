import { queuesOfEntry } from './ccai-rule-schema.ts';
import { holidayList } from './ccai-rules.ts';
import { daySpans } from './day-spans.ts';
import type { SettingGroup } from './setting.ts';
import { timeZone } from './time-zone.ts';

// Our choice: some fifteen a year in Brazil, and room for some years written out.
const MOST_HOLIDAYS = 200;

const workday = (doc: string, ...example: readonly string[]) => ({
  doc,
  default: null,
  example,
  ...daySpans(),
});

const weekend = (doc: string) => ({ doc, default: 'closed', ...daySpans() });

/** The keys of one entry of `ccai.openingHours`. */
export const ccaiHoursSchema = {
  queue: {
    doc: 'The queue, or the queues, with these hours. Empty: all that no other entry names.',
    default: '',
    example: 'support',
    ...queuesOfEntry(),
  },
  timeZone: {
    doc: 'The time zone of the hours and holidays. Movidesk and its accounts are Brazilian, hence the default.',
    default: 'America/Sao_Paulo',
    ...timeZone(),
  },
  monday: workday(
    'Spans of the local day, 24:00 being its end, none of them over midnight: 22:00-24:00, and 00:00-06:00 on the next day.',
    '08:00-12:00',
    '13:00-18:00',
  ),
  tuesday: workday('As monday, and so on.', '08:00-12:00', '13:00-18:00'),
  wednesday: workday('The same.', '08:00-12:00', '13:00-18:00'),
  thursday: workday('The same.', '08:00-12:00', '13:00-18:00'),
  friday: workday('The same.', '08:00-12:00', '13:00-17:00'),
  saturday: weekend('The same, and closed where it is not said.'),
  sunday: weekend('The same.'),
  holidays: {
    doc: 'Days on which it is closed, whatever the day of the week.',
    default: [],
    example: ['01-01', '12-25', '2027-03-26'],
    ...holidayList(MOST_HOLIDAYS),
  },
} as const satisfies SettingGroup;
