/** A value at a moment, in hours since some beginning. */
export interface Point {
  readonly hours: number;
  readonly value: number;
}

export interface Slope {
  readonly perHour: number;
  /** Half the width of the 95 % interval, as if the points were independent. Infinite where there are too few. */
  readonly margin: number;
}

const FEWEST_POINTS = 5;
// The normal distribution's; with fewer than some twenty points it flatters a little.
const Z_95 = 1.96;

/** The least-squares slope. */
export function slopeOf(points: readonly Point[]): Slope {
  const count = points.length;
  const meanHours = meanOf(points.map(({ hours }) => hours));
  const meanValue = meanOf(points.map(({ value }) => value));
  const spread = sumOf(points.map(({ hours }) => (hours - meanHours) ** 2));
  if (count < FEWEST_POINTS || spread === 0) return { perHour: 0, margin: Infinity };
  const perHour = sumOf(points.map(({ hours, value }) => (hours - meanHours) * (value - meanValue))) / spread;
  const residuals = points.map(
    ({ hours, value }) => (value - meanValue - perHour * (hours - meanHours)) ** 2,
  );
  return { perHour, margin: Z_95 * Math.sqrt(sumOf(residuals) / (count - 2) / spread) };
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const meanOf = (values: readonly number[]): number => sumOf(values) / Math.max(1, values.length);
