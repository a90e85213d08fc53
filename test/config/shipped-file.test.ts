import { expect, test } from 'vitest';
import { shippedFile } from '../../src/config/shipped-file.ts';
import { Folder } from './config-builder.ts';

test('whoever is told to copy a file is told where it lies: in the package, where that is installed, or in the checkout', () => {
  using folder = new Folder();
  expect(shippedFile('example.yaml', folder.path)).toBe('config/example.yaml');
  const path = folder.write('example.yaml', '');
  expect(shippedFile('example.yaml', folder.path)).toBe(path);
});
