import { stored, type Question } from "../question.ts";
import { schema } from "../schema.ts";

const { Customer, Genre, Invoice, InvoiceLine, Track } = schema;

/** What was sold, when and where. */
export const sales: readonly Question[] = [
  {
    title: "tracks that were never sold",
    ask: async (db) => {
      const tracks = await db.from(Track).whereDoesntHave("sales").orderBy("trackId").many();
      return tracks.map(({ trackId, name }) => [trackId, name]);
    },
    sql: "select TrackId, Name from Track where TrackId not in (select TrackId from InvoiceLine) order by TrackId",
  },
  {
    title: "genres by revenue in each country",
    ask: async (db) => {
      const revenues = await db
        .from(InvoiceLine)
        .join(Invoice, "invoiceId", "invoiceId")
        .join(Track, "trackId", "trackId")
        .join(Genre, "Track.genreId", "genreId")
        .select({ country: "Invoice.billingCountry", genre: "Genre.name" })
        .selectSum("unitPrice", "revenue")
        .groupBy("Invoice.billingCountry", "Genre.genreId", "Genre.name")
        .orderBy("country")
        .orderBy("revenue", "desc")
        .orderBy("genre")
        .many();
      return revenues.map(({ country, genre, revenue }) => [country, genre, revenue]);
    },
    sql: `
      select BillingCountry, Genre.Name, round(sum(InvoiceLine.UnitPrice), 2) as revenue
      from InvoiceLine join Invoice using (InvoiceId) join Track using (TrackId) join Genre using (GenreId)
      group by BillingCountry, GenreId order by BillingCountry, revenue desc, Genre.Name`,
  },
  {
    title: "countries that brought in more than a hundred",
    ask: async (db) => {
      const countries = await db
        .from(Invoice)
        .select("billingCountry")
        .selectSum("total", "revenue")
        .selectAvg("total", "average")
        .selectMin("total", "least")
        .selectMax("total", "most")
        .groupBy("billingCountry")
        .having("revenue", ">", 100)
        .orderBy("revenue", "desc")
        .many();
      return countries.map((one) => [one.billingCountry, one.revenue, one.average?.toFixed(6), one.least, one.most]);
    },
    sql: `
      select BillingCountry, round(sum(Total), 2) as revenue, printf('%.6f', avg(Total)), min(Total), max(Total)
      from Invoice group by BillingCountry having revenue > 100 order by revenue desc`,
  },
  {
    title: "invoices by month",
    ask: async (db) => {
      const months = await db
        .from(Invoice)
        .selectRaw<{ month: string }>("strftime('%Y-%m', InvoiceDate) as month")
        .selectCount("invoices")
        .selectSum("total", "revenue")
        .groupBy("month")
        .orderBy("month")
        .many();
      return months.map(({ month, invoices, revenue }) => [month, invoices, revenue]);
    },
    sql: `
      select strftime('%Y-%m', InvoiceDate) as month, count(*), round(sum(Total), 2)
      from Invoice group by month order by month`,
  },
  {
    title: "invoices of the Januaries of two years",
    ask: async (db) => {
      const invoices = await db
        .from(Invoice)
        .whereMonth("invoiceDate", 1)
        .whereYear("invoiceDate", ">=", 2024)
        .orderBy("invoiceId")
        .many();
      return invoices.map(({ invoiceId, invoiceDate, total }) => [invoiceId, stored(invoiceDate), total]);
    },
    sql: `
      select InvoiceId, InvoiceDate, Total from Invoice
      where strftime('%m', InvoiceDate) = '01' and cast(strftime('%Y', InvoiceDate) as integer) >= 2024
      order by InvoiceId`,
  },
  {
    title: "invoices of one day, and of one week with an even cheaper total",
    ask: async (db) => {
      const invoices = await db
        .from(Invoice)
        .whereDate("invoiceDate", "2022-06-10")
        .orWhere((week) =>
          week
            .whereBetween("invoiceDate", [new Date("2023-03-01T00:00:00Z"), new Date("2023-03-07T23:59:59Z")])
            .whereIn("total", [0.99, 1.98]),
        )
        .orderBy("invoiceId")
        .many();
      return invoices.map(({ invoiceId, total }) => [invoiceId, total]);
    },
    sql: `
      select InvoiceId, Total from Invoice
      where date(InvoiceDate) = '2022-06-10'
        or (InvoiceDate between '2023-03-01 00:00:00' and '2023-03-07 23:59:59' and Total in (0.99, 1.98))
      order by InvoiceId`,
  },
  {
    title: "the number, sum, average, least and most of all invoices",
    ask: async (db) => {
      const all = db.from(Invoice);
      const average = await all.avg("total");
      return [
        [
          await all.count(),
          await all.sum("total"),
          average?.toFixed(6),
          await all.min("total"),
          await all.max("total"),
        ],
      ];
    },
    sql: "select count(*), round(sum(Total), 2), printf('%.6f', avg(Total)), min(Total), max(Total) from Invoice",
  },
  {
    title: "customers beside their spending, by a common table",
    ask: async (db) => {
      const spending = db.from(Invoice).select({ id: "customerId" }).selectSum("total", "spent").groupBy("customerId");
      const buyers = await db
        .from(Customer)
        .with("spending", spending)
        .join("spending", "customerId", "spending.id")
        .select("customerId", "lastName", "spending.spent")
        .orderBy("customerId")
        .many();
      return buyers.map((one) => [one.customerId, one.lastName, Number(one["spending.spent"])]);
    },
    sql: `
      with spending as (select CustomerId, round(sum(Total), 2) as spent from Invoice group by CustomerId)
      select Customer.CustomerId, LastName, spent from Customer join spending using (CustomerId)
      order by Customer.CustomerId`,
  },
  {
    title: "what the lines of each invoice add up to, beside its total",
    ask: async (db) => {
      const invoices = await db.from(Invoice).withSum("lines", "unitPrice").orderBy("invoiceId").many();
      return invoices.map(({ invoiceId, total, linesUnitPriceSum }) => [invoiceId, total, linesUnitPriceSum]);
    },
    sql: `
      select InvoiceId, Total, round(sum(UnitPrice), 2) from Invoice join InvoiceLine using (InvoiceId)
      group by InvoiceId order by InvoiceId`,
  },
  {
    title: "sales of the dearer tracks with invoice, customer, album and artist",
    ask: async (db) => {
      const lines = await db
        .from(InvoiceLine)
        .where("unitPrice", 1.99)
        .load({ invoice: { customer: true }, track: { album: { artist: true } } })
        .orderBy("invoiceLineId")
        .many();
      return lines.map(({ invoiceLineId, invoice, track }) => [
        invoiceLineId,
        invoice.customer.email,
        track.name,
        track.album?.artist.name,
      ]);
    },
    sql: `
      select InvoiceLineId, Email, Track.Name, Artist.Name
      from InvoiceLine join Invoice using (InvoiceId) join Customer using (CustomerId)
      join Track using (TrackId) left join Album using (AlbumId) left join Artist using (ArtistId)
      where InvoiceLine.UnitPrice = 1.99 order by InvoiceLineId`,
  },
];
