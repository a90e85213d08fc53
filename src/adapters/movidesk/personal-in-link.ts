// The shortest numbers of subscribers have eight digits in Brazil, and seven elsewhere.
const NUMBER = /[0-9]{7}/;

/** The parts of a link in which a caller's number may stand: FreePBX writes it into the names of recordings. */
export const personalInLink = (link: string): readonly string[] =>
  link
    .split(/[/?&=#]/)
    .map(decoded)
    .filter((part) => NUMBER.test(part));

/** What an admin wrote into a template need not be encoded right. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
