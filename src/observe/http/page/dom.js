/**
 * Makes an element. Whatever is put into it is text or another element: nothing that a caller chose is ever read as HTML.
 */
export function element(tag, attributes = {}, ...content) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined) made.setAttribute(name, value);
  made.append(...content.filter((each) => each !== undefined));
  return made;
}

/** A table with a head. Each row is a list of cells; the first of them names the row. */
export function table(heads, rows) {
  const head = element('tr', {}, ...heads.map((text) => element('th', { scope: 'col' }, text)));
  const body = rows.map(([first, ...rest]) =>
    element('tr', {}, element('th', { scope: 'row' }, first), ...rest.map((cell) => element('td', {}, cell))),
  );
  return element('table', {}, element('thead', {}, head), element('tbody', {}, ...body));
}

/** Two lines in one cell: what counts, and what belongs to it. */
export const twoLines = (first, second) =>
  element('span', {}, first, second === undefined ? undefined : element('small', {}, second));

/** Puts a text there, unless it stands there already: a screen reader says again what is written again. */
export function write(target, text) {
  if (target.textContent !== text) target.textContent = text;
}
