/** What a code in the log, or at the end of the process, tells an operator. docs/errors.md is made of these. */
export interface CodeMeaning {
  readonly means: string;
  readonly toDo: string;
}
