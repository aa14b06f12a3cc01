import type { CommandDefinition } from "./command.ts";
import { dbDiagram } from "./commands/db-diagram.ts";
import { dbPull } from "./commands/db-pull.ts";
import { dbPush } from "./commands/db-push.ts";
import { dbWipe } from "./commands/db-wipe.ts";
import { makeMigration } from "./commands/make-migration.ts";
import { makeModel } from "./commands/make-model.ts";
import { migrateBaseline } from "./commands/migrate-baseline.ts";
import { migrateDiff } from "./commands/migrate-diff.ts";
import { migrateFresh } from "./commands/migrate-fresh.ts";
import { migrateGenerate } from "./commands/migrate-generate.ts";
import { migrateLint } from "./commands/migrate-lint.ts";
import { migrateList } from "./commands/migrate-list.ts";
import { migrateReset } from "./commands/migrate-reset.ts";
import { migrateRollback } from "./commands/migrate-rollback.ts";
import { migrateSquash } from "./commands/migrate-squash.ts";
import { migrateStatus } from "./commands/migrate-status.ts";
import { migrateUnlock } from "./commands/migrate-unlock.ts";
import { migrate } from "./commands/migrate.ts";
import { setup } from "./commands/setup.ts";

/** Every command, in the order of the help and of the page. */
export const commands: readonly CommandDefinition[] = [
  setup,
  makeModel,
  makeMigration,
  migrateDiff,
  migrateGenerate,
  migrate,
  migrateRollback,
  migrateReset,
  migrateFresh,
  migrateStatus,
  migrateList,
  migrateUnlock,
  migrateSquash,
  migrateBaseline,
  migrateLint,
  dbPush,
  dbPull,
  dbWipe,
  dbDiagram,
];
