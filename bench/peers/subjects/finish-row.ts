import { wideColumns } from "../../workloads/wide-columns.ts";

type Finish = (value: any) => unknown;

/** Maps columns of a wide row in place, by their kinds; a kind that is not named needs nothing. */
export function wideFinisher(byKind: Readonly<Partial<Record<string, Finish>>>): (row: any) => any {
  const columns = wideColumns.flatMap(({ name, kind }) => {
    const finish = byKind[kind];
    const camel = name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    return finish === undefined ? [] : [[camel, finish] as const];
  });
  return (row) => {
    for (const [name, finish] of columns) if (row[name] !== null) row[name] = finish(row[name]);
    return row;
  };
}
