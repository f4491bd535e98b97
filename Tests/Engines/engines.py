#!/usr/bin/env python3
"""Whether engines, shards and one machine give the same table, byte for byte.

Simulates a contest, adds what tends to go wrong (ties at 0.05, judges who give one score to all, judges with one score, quotes, commas,
backslashes and Chinese characters in names, entries without a sector), and compares the SHA-256 of `evenhand rank`, `groups` and
`normalize`: from the file, from 1, 7 and 64 shards in random order, and from every engine that is named, whose column of scores is decimal
or binary. Z-scores and models, which the file itself gives in another order of operations, are compared with those of the file as numbers.

    engines.py EVENHAND [--scores N] [--only duckdb,datafusion,postgres,clickhouse,spark]
"""

import argparse
import csv
import hashlib
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

METHODS = ["mean", "trimmed", "median", "winsorized"]
# How far a number from sums may lie from that of the file: z-scores in SD, effects in points, whose SD is about 1.
CLOSE = {"zscore": 1e-12, "crossed": 1e-9, "additive": 1e-9}
AWKWARD = ['O"Neil', "D'Arc, J.", "back\\slash", "评委甲", "Ünal", "semi;colon", "%s", "e'\"`\\"]


def contest(evenhand, directory, scores):
    """The rows of a contest of about so many scores: entry, judge, score as text, sector."""
    panel = 8
    judges = max(20, scores // 1000)
    subprocess.run(
        [evenhand, "simulate", "--entry-count", str(scores // panel), "--judge-count", str(judges), "--panel", str(panel),
         "--decimals", "2", "--seed", "18", "--output", directory], check=True)
    draw = random.Random(18)
    sectors = ["能源", "health, care", 'the "rest"', "IT", ""]
    rows = []
    with open(f"{directory}/scores.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            entry, judge, score = row["entry"], row["judge"], row["score"]
            number = int(entry[1:]) if entry[1:].isdigit() else 0
            if number % 50 < len(AWKWARD):
                entry = f"{AWKWARD[number % 50]} {entry}"
            place = int(judge[1:]) if judge[1:].isdigit() else 0
            if place % 20 < len(AWKWARD):
                judge = f"{AWKWARD[place % 20]} {judge}"
            # Multiples of 0.05, which tie all the time; written with and without their last zero.
            units = round(float(score) * 100)
            if number % 2:
                units = units // 5 * 5
            if place % 17 == 3:
                units = 8000
            text = f"{units // 100}.{units % 100:02d}"
            rows.append((entry, judge, text.rstrip("0").rstrip(".") if number % 3 else text, sectors[number % 5]))
    # Judges with one score, with a few, and with two equal ones; an entry with one score.
    for place in range(12):
        for entry in range(place % 4 + 1):
            base = rows[draw.randrange(len(rows))]
            rows.append((base[0], f"late {place} 迟", "80" if place % 3 == 0 else f"{60 + place}.5", base[3]))
    rows.append(("alone 独", "late 1 迟", "99.95", "IT"))
    seen = set()
    return [row for row in rows if (row[0], row[1]) not in seen and not seen.add((row[0], row[1]))]


def write(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["entry", "judge", "score", "sector"])
        writer.writerows(rows)


class Evenhand:
    def __init__(self, program):
        self.program = program

    def run(self, *arguments):
        done = subprocess.run([self.program, *arguments], capture_output=True, env={**os.environ, "LANG": "C.UTF-8"})
        if done.returncode:
            sys.exit(f"{' '.join(arguments[:8])} …: {done.stderr.decode()}")
        return done.stdout

    def digests(self, source, zscores):
        """The SHA-256 of the finished tables."""
        methods = [word for method in METHODS for word in ("--method", method)]
        tables = {
            "rank": self.run("rank", *source, *methods, "--format", "csv"),
            "groups": self.run("groups", *source, "--by", "sector", "--result", "trimmed", "--format", "csv"),
        }
        if zscores:
            tables["zscore"] = self.run("rank", *source, "--method", "zscore", "--format", "csv")
            tables["models"] = self.run("rank", *source, "--method", "crossed", "--method", "additive", "--all-columns", "--format", "csv")
            tables["scales"] = self.run("normalize", *source, "--format", "csv")
        return {name: hashlib.sha256(table).hexdigest()[:16] for name, table in tables.items()}

    def first_pass(self, scores, output):
        self.run("partial", scores, "--scale", "0.01", "--method", "median", "--output", output)

    def results(self, method, *source):
        """The numbers that a method gives each entry, but for ranks."""
        table = self.run("rank", *source, "--method", method, "--all-columns", "--format", "csv").decode()
        columns = [method, f"{method}_se"]
        return {
            row["entry"]: [float(row[column]) for column in columns if row.get(column)] for row in csv.DictReader(table.splitlines())
        }

    def apart(self, method, one, other):
        """The largest difference between what two sources give by a method."""
        first, second = self.results(method, *one), self.results(method, *other)
        if first.keys() != second.keys() or any(len(first[entry]) != len(second[entry]) for entry in first):
            return float("inf")
        return max(abs(a - b) for entry in first for a, b in zip(first[entry], second[entry]))


def shards(evenhand, rows, count, directory):
    """The options that finish so many shards, rows of which are spread at random and put together in random order."""
    draw = random.Random(count)
    shuffled = rows[:]
    draw.shuffle(shuffled)
    names = [f"{directory}/shard-{count}-{place}" for place in range(count)]
    for place, name in enumerate(names):
        write(f"{name}.csv", shuffled[place::count])
        evenhand.first_pass(f"{name}.csv", f"{name}-1")
    draw.shuffle(names)
    merged = f"{directory}/merged-{count}"
    evenhand.run("partial", *[f"{name}-1" for name in names], "--output", merged)
    for name in names:
        evenhand.run("partial", f"{name}.csv", "--scale", "0.01", "--method", "median", "--scales", merged, "--output", f"{name}-2")
    draw.shuffle(names)
    return [word for name in names for word in ("--partials", f"{name}-2")], merged


def directory_digest(directory):
    """Of the files that do not say how the scores were split."""
    together = hashlib.sha256()
    for name in ["manifest.json", "judges.csv", "entries.csv", "counts.csv", "pairs.csv"]:
        together.update(pathlib.Path(directory, name).read_bytes())
    return together.hexdigest()[:16]


class DuckDB:
    name = "duckdb"

    def __init__(self, rows_file, kind, work):
        import duckdb
        self.connection = duckdb.connect()
        self.connection.execute(
            f"CREATE TABLE \"Die Noten\" AS SELECT entry AS \"Entry\"\"s name\", judge AS 评委, CAST(score AS {kind}) AS score, sector "
            f"FROM read_csv('{rows_file}', all_varchar = true)")

    def execute(self, statements):
        self.connection.execute(statements)


class DataFusion:
    name = "datafusion"

    def __init__(self, rows_file, kind, work):
        import datafusion
        self.context = datafusion.SessionContext()
        self.context.sql(
            f"CREATE EXTERNAL TABLE raw (entry VARCHAR, judge VARCHAR, score VARCHAR, sector VARCHAR) STORED AS CSV LOCATION '{rows_file}' "
            "OPTIONS ('format.has_header' 'true')").collect()
        self.context.sql(
            f"CREATE TABLE \"Die Noten\" AS SELECT entry AS \"Entry\"\"s name\", judge AS \"评委\", CAST(score AS {kind}) AS score, sector "
            "FROM raw").collect()

    def execute(self, statements):
        for statement in statements.split(";\n"):
            if statement.strip():
                self.context.sql(statement).collect()


class ClickHouse:
    name = "clickhouse"
    session = None

    def __init__(self, rows_file, kind, work):
        from chdb import session
        # A process has one.
        if ClickHouse.session is None:
            ClickHouse.session = session.Session(f"{work}/chdb")
            self.session.query("CREATE DATABASE evenhand ENGINE = Atomic")
        kind = {"DECIMAL(9, 2)": "Decimal(9, 2)", "DOUBLE": "Float64"}[kind]
        self.session.query("DROP TABLE IF EXISTS evenhand.\"Die Noten\" SYNC")
        self.session.query(
            "CREATE TABLE evenhand.\"Die Noten\" ENGINE = MergeTree ORDER BY tuple() AS "
            f"SELECT entry AS \"Entry\"\"s name\", judge AS \"评委\", CAST(if(score = '', NULL, score) AS Nullable({kind})) AS score, sector "
            f"FROM file('{rows_file}', CSVWithNames, 'entry String, judge String, score String, sector String')")

    table = "evenhand.Die Noten"

    def execute(self, statements):
        for statement in statements.split(";\n"):
            if statement.strip():
                self.session.query(statement)


class Postgres:
    name = "postgres"
    cluster = None

    def __init__(self, rows_file, kind, work):
        if Postgres.cluster is None:
            Postgres.cluster = Cluster(work)
        kind = {"DECIMAL(9, 2)": "NUMERIC(9, 2)", "DOUBLE": "DOUBLE PRECISION"}[kind]
        Postgres.cluster.psql(
            "DROP TABLE IF EXISTS \"Die Noten\";\n"
            f"CREATE TABLE \"Die Noten\" (\"Entry\"\"s name\" TEXT, \"评委\" TEXT, score {kind}, sector TEXT);\n"
            f"\\copy \"Die Noten\" FROM '{rows_file}' WITH (FORMAT csv, HEADER)\n")

    def execute(self, statements):
        Postgres.cluster.psql(statements)


class Cluster:
    """A PostgreSQL of its own, in a directory that goes away."""

    def __init__(self, work):
        found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
        self.bin = found[-1].parent
        self.data = tempfile.mkdtemp(prefix="evenhand-postgres-")
        # The server refuses to run as root. What root alone may open, such as /dev/null on some machines, stays open to it.
        self.user = []
        if os.getuid() == 0:
            self.user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--inh-caps=+dac_override",
                         "--ambient-caps=+dac_override", "--"]
        if self.user:
            shutil.chown(self.data, "postgres")
        quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": self.data}
        choices = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--username=evenhand"]
        subprocess.run([*self.user, self.bin / "initdb", "-D", f"{self.data}/db", *choices], **quiet)
        options = f"-c listen_addresses='' -c unix_socket_directories={self.data} -c fsync=off"
        subprocess.run(
            [*self.user, self.bin / "pg_ctl", "-D", f"{self.data}/db", "-o", options, "-l", f"{self.data}/log", "-w", "start"], **quiet)

    def psql(self, script):
        done = subprocess.run(
            ["psql", "-h", self.data, "-U", "evenhand", "-d", "postgres", "-q", "-v", "ON_ERROR_STOP=1"], input=script.encode(),
            capture_output=True)
        if done.returncode:
            raise RuntimeError(done.stderr.decode()[:2000])

    def stop(self):
        subprocess.run(
            [*self.user, self.bin / "pg_ctl", "-D", f"{self.data}/db", "-m", "immediate", "stop"], stdout=subprocess.DEVNULL,
            cwd=self.data)
        shutil.rmtree(self.data, ignore_errors=True)


class Spark:
    name = "spark"
    session = None

    def __init__(self, rows_file, kind, work):
        from pyspark.sql import SparkSession
        if Spark.session is None:
            os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
            # Two worker processes, and shuffles that are not put together again because they are small.
            settings = {
                "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.sql.warehouse.dir": f"{work}/warehouse", "spark.driver.memory": "2g",
                "spark.sql.shuffle.partitions": "7", "spark.sql.adaptive.coalescePartitions.enabled": "false", "spark.sql.files.maxPartitionBytes": "1m",
            }
            builder = SparkSession.builder.master("local-cluster[2,1,1536]")
            for key, value in settings.items():
                builder = builder.config(key, value)
            Spark.session = builder.getOrCreate()
            Spark.session.sparkContext.setLogLevel("ERROR")
        raw = Spark.session.read.csv(rows_file, header=True, escape='"', schema="entry STRING, judge STRING, score STRING, sector STRING")
        raw.createOrReplaceTempView("raw")
        Spark.session.sql(
            "CREATE OR REPLACE TEMPORARY VIEW `Die Noten` AS "
            f"SELECT entry AS `Entry\"s name`, judge AS `评委`, CAST(score AS {kind}) AS score, sector FROM raw")

    def execute(self, statements):
        for statement in statements.split(";\n"):
            if statement.strip():
                Spark.session.sql(statement)

    @staticmethod
    def shuffled():
        """How many bytes each worker has written to shuffles, and read from them."""
        workers = Spark.session.sparkContext._jsc.sc().statusStore().executorList(True)
        workers = [workers.apply(place) for place in range(workers.size())]
        return {worker.id(): (worker.totalShuffleWrite(), worker.totalShuffleRead()) for worker in workers if worker.id() != "driver"}


ENGINES = {engine.name: engine for engine in [DuckDB, DataFusion, Postgres, ClickHouse, Spark]}


def engine_source(evenhand, engine, kind, rows_file, work):
    """The options that finish what an engine summed up."""
    output = f"{work}/{engine.name}-{kind[:3].lower()}"
    table = engine(rows_file, kind, work)
    common = ["sql", "--engine", engine.name, "--table", getattr(engine, "table", "Die Noten"), "--column", 'entry=Entry"s name',
              "--column", "judge=评委", "--attribute", "sector", "--scale", "0.01", "--method", "median", "--method", "crossed",
              "--output", output]
    table.execute(evenhand.run(*common, "--pass", "1").decode())
    table.execute(evenhand.run(*common, "--pass", "2", "--scales", output).decode())
    return ["--partials", output]


def refuses(evenhand, engine, work):
    """Whether an engine finds what cannot be summed up: each kind of bad row in a table of its own."""
    good = [("a", "x", "1.5", "s"), ("a", "y", "2", "s"), ("b", "x", "3", "t"), ("b", "y", "1", "t")]
    bad = {
        "no entry": [("", "x", "1", "s")], "no judge": [("b", "", "1", "t")], "no score": [("c", "x", "", "s")],
        "off the scale": [("c", "x", "1.555", "s")], "scored twice": [("a", "x", "2", "s")], "two values of sector": [("a", "z", "1", "t")],
        # Empty beside a value is another value.
        "two values of sector ": [("a", "z", "1", "")],
        "sums too large": [(f"c{place}", "z", "9000000000000000", "s") for place in range(20)],
    }
    for what, rows in bad.items():
        path = f"{work}/bad.csv"
        write(path, good + rows)
        output = f"{work}/bad-{engine.name}"
        table = engine(path, "DOUBLE", work)
        table.execute(
            evenhand.run(
                "sql", "--engine", engine.name, "--table", getattr(engine, "table", "Die Noten"), "--column", 'entry=Entry"s name',
                "--column", "judge=评委", "--attribute", "sector", "--scale", "0.01", "--output", output).decode())
        done = subprocess.run([evenhand.program, "rank", "--partials", output], capture_output=True, env={**os.environ, "LANG": "C.UTF-8"})
        if done.returncode != 1 or done.stdout or what.strip() not in done.stderr.decode():
            sys.exit(f"{engine.name}: {what} was not found: {done.stderr.decode()} {done.stdout.decode()}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("evenhand")
    parser.add_argument("--scores", type=int, default=100_000)
    parser.add_argument("--shards", default="1,7,64")
    parser.add_argument("--only", default="duckdb,datafusion,postgres,clickhouse")
    options = parser.parse_args()
    evenhand = Evenhand(os.path.abspath(options.evenhand))
    failures = []
    with tempfile.TemporaryDirectory(prefix="evenhand-engines-") as work:
        os.chmod(work, 0o755)
        rows = contest(evenhand.program, f"{work}/simulated", options.scores)
        whole = f"{work}/whole.csv"
        write(whole, rows)
        print(f"{len(rows)} scores")
        expected = evenhand.digests([whole], zscores=False)
        print(f"{'the file':24} {expected}")

        def compare(label, found, started):
            same = all(expected.setdefault(name, digest) == digest for name, digest in found.items())
            if not same:
                failures.append(label)
            print(f"{label:24} {found} {time.monotonic() - started:6.1f} s  {'same' if same else 'DIFFERENT'}", flush=True)

        merged = {}
        for count in [int(word) for word in options.shards.split(",") if word]:
            started = time.monotonic()
            source, directory = shards(evenhand, rows, count, work)
            merged[count] = directory_digest(directory)
            compare(f"{count} shards", evenhand.digests(source, zscores=True), started)
            if count == 1:
                for method, bound in CLOSE.items():
                    apart = evenhand.apart(method, [whole], source)
                    print(f"{method}: at most {apart:.2g} from the file")
                    if apart > bound:
                        failures.append(f"{method} of the file")
        if len(set(merged.values())) > 1:
            failures.append(f"merged directories: {merged}")
        for name in options.only.split(","):
            for kind in ["DECIMAL(9, 2)", "DOUBLE"]:
                started = time.monotonic()
                source = engine_source(evenhand, ENGINES[name], kind, whole, work)
                compare(f"{name}, {kind}", evenhand.digests(source, zscores=True), started)
            refuses(evenhand, ENGINES[name], work)
        if Spark.session:
            # Sums that one worker made by itself would say nothing of how those of several are put together.
            workers = Spark.shuffled()
            print("spark: bytes written to shuffles and read from them: " + ", ".join(f"worker {name} {bytes}" for name, bytes in workers.items()))
            if len(workers) < 2 or any(0 in bytes for bytes in workers.values()):
                failures.append("spark: shuffles between two workers")
    if failures:
        sys.exit("different: " + "; ".join(failures))


if __name__ == "__main__":
    try:
        main()
    finally:
        if Postgres.cluster:
            Postgres.cluster.stop()
        if Spark.session:
            Spark.session.stop()
