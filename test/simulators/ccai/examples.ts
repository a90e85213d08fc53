import { readFileSync } from 'node:fs';

const CALLS = ['outbound-by-number', 'outbound-by-ticket', 'incoming', 'scheduled'] as const;

export type Section = (typeof CALLS)[number];

/** An example as the document prints it, its misprints too. */
export interface Example {
  readonly title: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly status: number;
  /** Nothing where the document prints none. */
  readonly answer?: unknown;
}

interface SectionText {
  /** What stands under the endpoint, without an answer. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly examples: readonly Example[];
}

export const SECTIONS: readonly (readonly [Section, SectionText])[] = CALLS.map((section) => {
  const text = readFileSync(new URL(`./examples/${section}.json`, import.meta.url), 'utf8');
  return [section, JSON.parse(text) as SectionText];
});

export const EXAMPLES = SECTIONS.flatMap(([section, { examples }]) =>
  examples.map((example) => ({ section, name: `${section}: ${example.title}`, example })),
);

/** GET and PATCH calls/:id/customer_flag: the values are the names of their types, and the status of GET is a 0. */
export const FLAGS_ANSWER = {
  verified_customer: 'boolean',
  bad_actor: 'boolean',
  repeat_customer: 'boolean',
};
export const FLAGS_REQUEST = {
  verified_customer: 'boolean',
  bad_actor: 'boolean',
  repeat_customers: 'boolean',
};
