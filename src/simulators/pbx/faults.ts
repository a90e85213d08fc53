/** What a test may ask to go wrong next. */
export class Faults {
  private redirectsWithoutEffect = 0;
  private unansweredActions = 0;

  /** The next Redirect answers Success, and nothing follows. */
  nextRedirectDoesNothing(count = 1): void {
    this.redirectsWithoutEffect += count;
  }

  /** The next actions are swallowed without an answer. */
  nextActionsAreNotAnswered(count: number): void {
    this.unansweredActions += count;
  }

  /** Something is still to go wrong. */
  get areAnyLeft(): boolean {
    return this.redirectsWithoutEffect + this.unansweredActions > 0;
  }

  end(): void {
    this.redirectsWithoutEffect = 0;
    this.unansweredActions = 0;
  }

  takeRedirectWithoutEffect(): boolean {
    if (this.redirectsWithoutEffect === 0) return false;
    this.redirectsWithoutEffect -= 1;
    return true;
  }

  takeUnansweredAction(): boolean {
    if (this.unansweredActions === 0) return false;
    this.unansweredActions -= 1;
    return true;
  }
}
