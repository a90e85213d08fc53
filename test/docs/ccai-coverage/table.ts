import type { Chapter } from '../coverage/row.ts';
import { answersChapter } from './answers.ts';
import { fieldsChapter, flagsChapter, statusesChapter, typesChapter } from './call-object.ts';
import { operationsChapter, parametersChapter } from './operations.ts';
import { refusalsChapter } from './refusals.ts';

/** Everything that the document of CCAI Platform's call API has. */
export function coverage(): readonly Chapter[] {
  return [
    ...[operationsChapter, parametersChapter, answersChapter, refusalsChapter()],
    ...[fieldsChapter, statusesChapter, typesChapter, flagsChapter],
  ];
}
