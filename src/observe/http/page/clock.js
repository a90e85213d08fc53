/** The browser's clock and timers: everything on the page that passes comes from here. */

export const now = () => Date.now();

export const every = (ms, callback) => {
  setInterval(callback, ms);
};

export const after = (ms, callback) => {
  setTimeout(callback, ms);
};
