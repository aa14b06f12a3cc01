import { cents, stored, type Question } from "../question.ts";
import { schema } from "../schema.ts";

const { Customer, Employee, Invoice } = schema;

/** Who buys, and who looks after them. */
export const customers: readonly Question[] = [
  {
    title: "customers by what they spent",
    ask: async (db) => {
      const buyers = await db
        .from(Customer)
        .withSum("invoices", "total")
        .withCount("invoices")
        .orderBy("invoicesTotalSum", "desc")
        .orderBy("customerId")
        .many();
      return buyers.map((buyer) => [buyer.firstName, buyer.lastName, buyer.invoicesTotalSum, buyer.invoicesCount]);
    },
    sql: `
      select FirstName, LastName, round(sum(Total), 2), count(*) from Customer join Invoice using (CustomerId)
      group by CustomerId order by round(sum(Total), 2) desc, CustomerId`,
  },
  {
    title: "each customer's two latest invoices",
    ask: async (db) => {
      const buyers = await db
        .from(Customer)
        .load("invoices", (invoice) => invoice.orderBy("invoiceDate", "desc").orderBy("invoiceId", "desc").limit(2))
        .orderBy("customerId")
        .many();
      return buyers.flatMap((buyer) =>
        buyer.invoices.map(({ invoiceId, invoiceDate, total }) => [buyer.email, invoiceId, stored(invoiceDate), total]),
      );
    },
    sql: `
      select Email, InvoiceId, InvoiceDate, Total from (
        select *, row_number() over (partition by CustomerId order by InvoiceDate desc, InvoiceId desc) as place
        from Invoice
      ) join Customer using (CustomerId) where place <= 2 order by CustomerId, place`,
  },
  {
    title: "customers without an invoice since October 2025",
    ask: async (db) => {
      const since = new Date("2025-10-01T00:00:00Z");
      const sleepers = await db
        .from(Customer)
        .whereDoesntHave("invoices", (invoice) => invoice.where("invoiceDate", ">=", since))
        .orderBy("lastName")
        .orderBy("firstName")
        .many();
      return sleepers.map(({ firstName, lastName }) => [firstName, lastName]);
    },
    sql: `
      select FirstName, LastName from Customer
      where not exists (
        select 1 from Invoice where Invoice.CustomerId = Customer.CustomerId and InvoiceDate >= '2025-10-01 00:00:00'
      ) order by LastName, FirstName`,
  },
  {
    title: "customers who bought metal, through four relations",
    ask: async (db) => {
      const fans = await db
        .from(Customer)
        .whereHas("invoices", (invoice) =>
          invoice.whereHas("lines", (line) =>
            line.whereHas("track", (track) => track.whereHas("genre", (genre) => genre.where("name", "Heavy Metal"))),
          ),
        )
        .orderBy("customerId")
        .pluck("email");
      return fans.map((email) => [email]);
    },
    sql: `
      select distinct Email from Customer join Invoice using (CustomerId) join InvoiceLine using (InvoiceId)
      join Track using (TrackId) join Genre using (GenreId)
      where Genre.Name = 'Heavy Metal' order by CustomerId`,
  },
  {
    title: "customers with at least two invoices above 8.90",
    ask: async (db) => {
      const buyers = await db
        .from(Customer)
        .whereHas("invoices", (invoice) => invoice.where("total", ">", 8.9), ">=", 2)
        .orderBy("customerId")
        .many();
      return buyers.map(({ customerId, company }) => [customerId, company]);
    },
    sql: `
      select CustomerId, Company from Customer
      where (select count(*) from Invoice where Invoice.CustomerId = Customer.CustomerId and Total > 8.9) >= 2
      order by CustomerId`,
  },
  {
    title: "employees and whom they report to",
    ask: async (db) => {
      const staff = await db.from(Employee).load("manager").orderBy("employeeId").many();
      return staff.map(({ lastName, title, hireDate, manager }) => [
        lastName,
        title,
        stored(hireDate),
        manager?.lastName ?? null,
      ]);
    },
    sql: `
      select Employee.LastName, Employee.Title, Employee.HireDate, Boss.LastName
      from Employee left join Employee as Boss on Boss.EmployeeId = Employee.ReportsTo
      order by Employee.EmployeeId`,
  },
  {
    title: "the same with a join under another name",
    ask: async (db) => {
      const staff = await db
        .from(Employee)
        .leftJoin("Employee as Boss", "reportsTo", "Boss.EmployeeId")
        .select("lastName", "Boss.LastName")
        .orderBy("employeeId")
        .many();
      return staff.map((one) => [one.lastName, one["Boss.LastName"]]);
    },
    sql: `
      select Employee.LastName, Boss.LastName
      from Employee left join Employee as Boss on Boss.EmployeeId = Employee.ReportsTo
      order by Employee.EmployeeId`,
  },
  {
    title: "everyone under the general manager, with the distance, by a recursive table",
    ask: async (db) => {
      const staff = await db
        .from(Employee)
        .withRecursive(
          "chain",
          db
            .from(Employee)
            .whereNull("reportsTo")
            .select({ id: "employeeId" })
            .selectRaw("0")
            .unionAll(
              db
                .from(Employee)
                .join("chain", "reportsTo", "chain.id")
                .select({ id: "employeeId" })
                .selectRaw("chain.depth + 1"),
            ),
          ["id", "depth"],
        )
        .join("chain", "employeeId", "chain.id")
        .select("lastName", "chain.depth")
        .orderBy("chain.depth")
        .orderBy("employeeId")
        .many();
      return staff.map((one) => [one.lastName, one["chain.depth"]]);
    },
    sql: `
      with recursive chain (id, depth) as (
        select EmployeeId, 0 from Employee where ReportsTo is null
        union all
        select EmployeeId, depth + 1 from Employee join chain on ReportsTo = chain.id
      )
      select LastName, depth from Employee join chain on EmployeeId = id order by depth, EmployeeId`,
  },
  {
    title: "what each employee's customers spent, managers with their people included",
    ask: async (db) => {
      const staff = await db
        .from(Employee)
        .load({ reports: { customers: { invoices: true } } })
        .orderBy("employeeId")
        .many();
      return staff.map(({ lastName, reports }) => {
        const invoices = reports.flatMap((one) => one.customers.flatMap((customer) => customer.invoices));
        return [lastName, invoices.length, cents(invoices.reduce((sum, { total }) => sum + total, 0))];
      });
    },
    sql: `
      select Employee.LastName, count(InvoiceId), coalesce(round(sum(Total), 2), 0) from Employee
      left join Employee as Agent on Agent.ReportsTo = Employee.EmployeeId
      left join Customer on SupportRepId = Agent.EmployeeId
      left join Invoice using (CustomerId)
      group by Employee.EmployeeId order by Employee.EmployeeId`,
  },
  {
    title: "cities where customers or employees live",
    ask: async (db) => {
      const cities = await db
        .from(Customer)
        .select({ city: "city", country: "country" })
        .union(db.from(Employee).select({ city: "city", country: "country" }))
        .orderBy("city")
        .many();
      return cities.map(({ city, country }) => [city, country]);
    },
    sql: "select City, Country from Customer union select City, Country from Employee order by City",
  },
  {
    title: "countries with customers and no employees",
    ask: async (db) => {
      const countries = await db
        .from(Customer)
        .select("country")
        .except(db.from(Employee).select("country"))
        .orderBy("country")
        .many();
      return countries.map(({ country }) => [country]);
    },
    sql: "select Country from Customer except select Country from Employee order by Country",
  },
  {
    title: "customers by state, those without one last",
    ask: async (db) => {
      const buyers = await db.from(Customer).orderBy("state", "asc", { nulls: "last" }).orderBy("customerId").many();
      return buyers.map(({ state, customerId, fax }) => [state, customerId, fax]);
    },
    sql: "select State, CustomerId, Fax from Customer order by State nulls last, CustomerId",
  },
  {
    title: "customers who live where their employee lives",
    ask: async (db) => {
      const neighbours = await db
        .from(Customer)
        .whereExists(
          db
            .from(Employee)
            .whereColumn("employeeId", "Customer.supportRepId")
            .whereColumn("country", "Customer.country"),
        )
        .orderBy("customerId")
        .many();
      return neighbours.map(({ customerId, city }) => [customerId, city]);
    },
    sql: `
      select CustomerId, City from Customer
      where exists (select 1 from Employee where EmployeeId = SupportRepId and Employee.Country = Customer.Country)
      order by CustomerId`,
  },
  {
    title: "customers with an invoice above twenty, by a subquery",
    ask: async (db) => {
      const big = db.from(Invoice).where("total", ">", 20).select("customerId");
      const buyers = await db.from(Customer).whereIn("customerId", big).orderBy("customerId").many();
      return buyers.map(({ customerId, lastName }) => [customerId, lastName]);
    },
    sql: `
      select CustomerId, LastName from Customer
      where CustomerId in (select CustomerId from Invoice where Total > 20) order by CustomerId`,
  },
];
