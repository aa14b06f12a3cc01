/** What `setup` writes for an engine: data, which nothing else asks. */
export interface Driver {
  readonly label: string;
  readonly package: string;
  /** The connection of the configuration. */
  readonly connection: string;
  /** The lines of the sample environment. */
  readonly env: readonly string[];
}

const server = (helper: string, port: number, user: string): Pick<Driver, "connection" | "env"> => ({
  connection: [
    `${helper}({`,
    '        host: env["DB_HOST"] ?? "127.0.0.1",',
    `        port: Number(env["DB_PORT"] ?? ${port}),`,
    `        user: env["DB_USERNAME"] ?? "${user}",`,
    '        password: env["DB_PASSWORD"] ?? "",',
    '        database: env["DB_DATABASE"] ?? "app",',
    "      })",
  ].join("\n"),
  env: ["DB_HOST=127.0.0.1", `DB_PORT=${port}`, "DB_DATABASE=app", `DB_USERNAME=${user}`, "DB_PASSWORD="],
});

export const drivers: Readonly<Record<string, Driver>> = {
  sqlite: {
    label: "SQLite, in a file",
    package: "@mortise/sqlite",
    connection: 'sqlite({ filename: env["DB_FILENAME"] ?? "app.db" })',
    env: ["DB_FILENAME=app.db"],
  },
  postgres: { label: "PostgreSQL", package: "@mortise/postgres", ...server("postgres", 5432, "postgres") },
  mysql: { label: "MySQL or MariaDB", package: "@mortise/mysql", ...server("mysql", 3306, "root") },
  mongodb: {
    label: "MongoDB",
    package: "@mortise/mongodb",
    connection: [
      "mongodb({",
      '        url: env["DB_URL"] ?? "mongodb://127.0.0.1:27017",',
      '        database: env["DB_DATABASE"] ?? "app",',
      "      })",
    ].join("\n"),
    env: ["DB_URL=mongodb://127.0.0.1:27017", "DB_DATABASE=app"],
  },
};
