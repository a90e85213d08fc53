/** The Chromium in which the status page is tested: Debian's, unless another is named. */
export const browserPath = (): string => process.env['CHROMIUM'] ?? '/usr/bin/chromium';
