/** How to reach a MongoDB server. */
export interface MongodbOptions {
  /** A connection string, such as `mongodb://localhost:27017`. */
  readonly url: string;
  /** The database; that of the connection string unless said otherwise. */
  readonly database?: string | undefined;
  /** How many connections there may be at once; 100 unless said otherwise. */
  readonly maxConnections?: number | undefined;
  /** How long, in milliseconds, a server is looked for; 10,000 unless said otherwise. */
  readonly connectTimeout?: number | undefined;
}

/** The options with everything said. */
export interface MongodbSettings {
  readonly url: string;
  readonly database: string | undefined;
  readonly maxConnections: number;
  readonly connectTimeout: number;
}

export function settingsOf(options: MongodbOptions): MongodbSettings {
  const { url, database, maxConnections = 100, connectTimeout = 10_000 } = options;
  if (typeof url !== "string" || !/^mongodb(\+srv)?:\/\//.test(url)) {
    throw new TypeError(`mongodb() needs a url, such as "mongodb://localhost:27017".`);
  }
  if (database !== undefined && (typeof database !== "string" || !/^[^/\\. "$*<>:|?\0]+$/.test(database))) {
    throw new TypeError('mongodb() takes database as a name without blanks and without any of /\\."$*<>:|?');
  }
  for (const [name, value] of Object.entries({ maxConnections, connectTimeout })) {
    if (!Number.isSafeInteger(value) || value < 1)
      throw new TypeError(`mongodb() takes ${name} as a whole number, 1 or more.`);
  }
  return { url, database, maxConnections, connectTimeout };
}
