import { posix } from 'node:path';

/** A link of a page to a file of ours. */
export interface Link {
  /** By its path from the root of the repository. */
  readonly to: string;
  /** What stands behind the #; empty where the whole file is meant. */
  readonly anchor: string;
}

const LINK = /\[[^\]]*\]\(([^()\s]+)\)/g;
const FENCE = /^```[\s\S]*?^```/gm;

/** The links of a page that lead to files of ours. */
export function linksOf(page: string, text: string): readonly Link[] {
  return [...text.replace(FENCE, '').matchAll(LINK)].flatMap(([, target = '']) => {
    if (/^[a-z]+:/.test(target)) return [];
    const [path = '', anchor = ''] = target.split('#');
    const to = path === '' ? page : posix.normalize(posix.join(posix.dirname(page), path));
    return [{ to: to.replace(/\/$/, ''), anchor }];
  });
}

/** The words behind a # that lead to a heading of this page, as GitHub makes them of the headings. */
export function anchorsOf(text: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const anchors = [...text.replace(FENCE, '').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => {
    const anchor = anchorOf(title);
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
  return new Set(anchors);
}

function anchorOf(title: string): string {
  const plain = title.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
  return plain.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/ /g, '-');
}

const FOLDERS = ['src', 'test', 'docs', 'config', 'scripts', 'systemd', 'bench', 'bin', '.ci'];
const NAMED = new RegExp(`\`((?:${FOLDERS.join('|').replace('.', '\\.')})/[^\`\\s]*)\``, 'g');

/** Files and folders of ours that a page names as code. What holds a placeholder names many. */
export function pathsNamedIn(text: string): readonly string[] {
  return [...text.matchAll(NAMED)]
    .map(([, path = '']) => path.replace(/\/$/, ''))
    .filter((path) => !/[*…{}<>]|NNNN/.test(path));
}

/** The scripts of package.json that a page tells people to run. */
export function scriptsNamedIn(text: string): readonly string[] {
  return [...text.matchAll(/\bnpm run ([a-z][a-z:-]*[a-z])/g)].map(([, script = '']) => script);
}
