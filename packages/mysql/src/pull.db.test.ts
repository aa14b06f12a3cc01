import { runCorpus } from "@mortise/testkit";
import { openCorpusDatabase } from "./corpus.fixture.ts";
import { onServers } from "./servers.fixture.ts";

/** Names, texts and defaults that would be code, comments or ways out of the folder if they were anything but data. */
const hostile = `
  create table \`a/../x\` (id int unsigned not null auto_increment primary key,
    \`a\${process.exit()}\` varchar(40) default '*/ \${x} \` " '' \\\\', \`__proto__\` text comment '*/ \${process.exit(3)} \`',
    \`constructor\` enum('\`\${1}\`', 'it''s', '*/', '"') default 'it''s', labels set('a', 'b\`') not null default 'a',
    \`user_id\` int, \`userId\` varchar(10) collate utf8mb4_bin, \`日本語\` int, \`1st\` int check (\`1st\` > 0),
    unique key \`un */ique\` (\`user_id\`, \`userId\`(3)), key \`k\${}\` (\`__proto__\`(7) , \`1st\` desc)) comment '*/ process.exit(2) /* \`\${1}\` ''';
  create table \`ax\` (id int primary key, up_id int unsigned, other int unsigned,
    constraint \`f*/\` foreign key (up_id) references \`a/../x\` (id) on delete cascade,
    constraint other foreign key (other) references \`a/../x\` (id) on delete set null) collate latin1_swedish_ci;
  create view \`v*/\` as select 1;`;

/** Every type in common use, with what can be said of a column. */
const types = `
  create table things (a tinyint, b smallint unsigned not null default 7, c mediumint, d int default -3, e bigint unsigned default 18446744073709551615,
    f decimal(10,2) default 1.50, g decimal(30,0) unsigned, h float, i double default 0.5, j char(3), k varchar(20) default 'it''s', l tinytext, m text,
    n mediumtext, o longtext, p binary(4), q varbinary(9), r tinyblob, s blob, t longblob, u date default '2020-01-02', v time(3), w datetime default current_timestamp,
    x datetime(6) default current_timestamp(6) on update current_timestamp(6), y timestamp null, z year, aa bit(3) default b'101', ab json, ac boolean default true,
    ad enum('x', 'y') default 'x', ae set('x', 'y'), af point not null, ag int as (d * 2), ah int as (d + 1) stored, ai varchar(5) charset latin1,
    aj timestamp(3) default current_timestamp(3) on update current_timestamp(3), ak bigint auto_increment, al int zerofill, am char(36),
    primary key (b, ak), unique key counted (ak), key pre (m(10)), fulltext key words (n), spatial key place (af), key mixed (a desc, k)) comment 'things''s';`;

onServers((server) => {
  runCorpus({
    engine: "mysql",
    server: server.name,
    schemas: [
      { name: "hostile", script: hostile },
      { name: "hostile-keep", script: hostile, naming: "keep" },
      { name: "types", script: types },
    ],
    open: () => openCorpusDatabase(server),
  });
});
