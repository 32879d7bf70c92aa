-- The database whose archive the emulator writes for every database that it restores as files:
--   createdb sample && psql --dbname sample --file database.sql
--   pg_dump --format custom --no-owner --file database.dump sample
CREATE TABLE customer (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL
);

CREATE TABLE invoice (
    number bigint PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customer (id),
    issued date NOT NULL,
    amount numeric(12, 2) NOT NULL
);

INSERT INTO customer (name) VALUES ('Adatum'), ('Fabrikam'), ('Northwind "Traders"');
INSERT INTO invoice
SELECT number, 1 + number % 3, DATE '2026-01-01' + number, 10.50 * number FROM generate_series(1, 40) AS number;
