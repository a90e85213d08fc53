import { type Document, type ErrorCode, isNode, isScalar, visit, type YAMLMap } from 'yaml';

/** Something that YAML allows and we do not, or that its library would find too late. */
export interface Fault {
  readonly code: ErrorCode;
  readonly at: number;
}

/** In the order in which they stand there. */
export function ownFaults(document: Document): readonly Fault[] {
  const faults = [...repeatedKeys(document), ...aliasesToNowhere(document), ...foreignTags(document)];
  return faults.sort((one, other) => one.at - other.at);
}

/** The library compares every key with every other: minutes for a file of a megabyte. */
function repeatedKeys(document: Document): readonly Fault[] {
  const faults: Fault[] = [];
  visit(document, { Map: (_key, map) => void faults.push(...repeatedIn(map)) });
  return faults;
}

function repeatedIn(map: YAMLMap): readonly Fault[] {
  const seen = new Set<unknown>();
  return map.items.flatMap(({ key }) => {
    if (!isScalar(key)) return [];
    if (seen.has(key.value)) return [fault('DUPLICATE_KEY', key)];
    seen.add(key.value);
    return [];
  });
}

/** The library finds these only while it makes the value, and then throws without saying where. */
function aliasesToNowhere(document: Document): readonly Fault[] {
  const anchors = new Set<string>();
  const faults: Fault[] = [];
  visit(document, {
    Value: (_key, node) => {
      if (node.anchor !== undefined) anchors.add(node.anchor);
    },
    Alias: (_key, node) => {
      if (!anchors.has(node.source)) faults.push(fault('BAD_ALIAS', node));
    },
  });
  return faults;
}

const TAGS = ['map', 'seq', 'str', 'int', 'float', 'bool', 'null'].map((name) => `tag:yaml.org,2002:${name}`);

/** `!!binary` makes bytes, `!!set` a set: nothing that anybody after us expects. */
function foreignTags(document: Document): readonly Fault[] {
  const faults: Fault[] = [];
  visit(document, {
    Node: (_key, node) => {
      if (node.tag !== undefined && !TAGS.includes(node.tag)) faults.push(fault('TAG_RESOLVE_FAILED', node));
    },
  });
  return faults;
}

function fault(code: ErrorCode, node: unknown): Fault {
  return { code, at: isNode(node) ? (node.range?.[0] ?? 0) : 0 };
}
