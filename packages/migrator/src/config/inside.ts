import { isAbsolute, join } from "node:path";

/** A path of the configuration begins at its folder. */
export function inside(folder: string, path: string): string {
  return isAbsolute(path) ? path : join(folder, path);
}
