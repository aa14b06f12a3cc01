/** Two tables. */
export const users: string = `up(schema) {
  schema.createTable("users", (table) => {
    table.increments("id");
    table.string("email").notNullable().unique();
    table.integer("age").unsigned().checkPositive();
    table.timestamps(true, true);
    table.softDeletes();
  });
  schema.createTable("posts", (table) => {
    table.bigIncrements();
    table.foreignId("user_id").constrained().onDelete("CASCADE");
    table.string("title", 80).defaultTo("it's").index();
    table.morphs("subject");
    table.index([{ column: "title", order: "desc" }, "user_id"], "by_title");
    table.unique(["title", "user_id"], "one_title");
  });
}, down(schema) { schema.dropTable("posts"); schema.dropTable("users"); }`;

/** The same tables, changed and renamed. */
export const changed: string = `acknowledge: ["drop-column:notes.subject_type", "drop-column:notes.subject_id", "drop-column"],
up(schema) {
  schema.table("users", (table) => {
    table.renameColumn("email", "mail");
    table.string("name", 40).defaultTo("none").notNullable();
    table.bigInteger("age").alter();
    table.dropTimestamps();
  });
  schema.alterTable("posts", (table) => {
    table.dropForeign("user_id");
    table.dropIndex("by_title");
    table.dropIndex("title");
    table.dropUnique(["title", "user_id"], "one_title");
    table.dropColumn("subject_type", "subject_id");
    table.text("title").defaultTo(null).alter();
  });
  schema.renameTable("posts", "notes");
}, async down(schema) {
  schema.renameTable("notes", "posts");
  if (await schema.hasColumn("users", "mail")) schema.table("users", (table) => { table.renameColumn("mail", "email"); });
}`;
