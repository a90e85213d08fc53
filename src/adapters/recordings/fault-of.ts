/** The system's short word for what went wrong. Not the message: a file's name stands in it, and in that a caller's number. */
export const faultOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);
