import { expect, test } from 'vitest';
import { shownFile } from '../../../src/domain/recording/shown-file.ts';

test.each([
  [
    'external-1001-5511987654321-20261123-110000-1795361570.12.wav',
    'external-1001-*********4321-20261123-110000-1795361570.12.wav',
  ],
  ['pbx1-1795361570.12-1001-1795361600.wav', 'pbx1-1795361570.12-1001-******1600.wav'],
  ['2026/11/23/in-1234567-x.wav', '2026/11/23/in-***4567-x.wav'],
  ['in-123456-x.wav', 'in-123456-x.wav'],
])('a caller’s number in a file’s name keeps its last four digits: %s', (path, shown) => {
  expect(shownFile(path)).toBe(shown);
});

test.each(['20260101', '20261231', '20240229', '20260430', '20991130'])('%s is a day', (day) => {
  expect(shownFile(`in-${day}-x.wav`)).toBe(`in-${day}-x.wav`);
});

test.each([
  '20881234',
  '20881301',
  '20880012',
  '20880100',
  '20880132',
  '20880431',
  '20881131',
  '20880230',
  '19881123',
  '21001123',
])('%s is no day, and may be a number', (number) => {
  expect(shownFile(`in-${number}-x.wav`)).toBe(`in-****${number.slice(4)}-x.wav`);
});
