import { userInfo } from 'node:os';

/** Who asks, as the findings name them. A container may run as a number that no list of users knows. */
export function askingUser(
  nameOf: () => string = () => userInfo().username,
  number: number | undefined = process.getuid?.(),
): string {
  try {
    return nameOf();
  } catch {
    return `user ${number ?? 'unknown'}`;
  }
}
