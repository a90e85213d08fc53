/** What people and fate did, in order: for whoever has to find out why a round failed. */
export class Journal {
  readonly lines: string[] = [];

  say(text: string): void {
    this.lines.push(`${new Date().toISOString()} ${text}`);
  }
}
