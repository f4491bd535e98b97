import Evenhand
import EvenhandIO
import Testing

/// What the engines make of the statements is tested with the engines themselves (`make test-engines`); here, how they are written.
@Suite struct PartialStatementsTests {
    private func statements(_ engine: EngineDialect.Engine) -> String {
        var source = PartialStatements.Source(table: "Schema.my \"table\"")
        (source.entry, source.judge, source.score, source.attributes) = ("项目", "O`Neil", "Score", ["a\"b"])
        let scale = ScoreScale(decimals: 2, isDeclared: true)
        return PartialStatements(engine, source: source, scale: scale, directory: "it's").firstPass(keepsCounts: true, keepsPairs: true)
    }

    @Test(arguments: [
        (EngineDialect.Engine.duckdb, "FROM \"Schema\".\"my \"\"table\"\"\"", "CAST(\"O`Neil\" AS VARCHAR)", "'it''s/judges.csv'"),
        (.postgres, "FROM \"Schema\".\"my \"\"table\"\"\"", "CAST(\"项目\" AS TEXT)", "'it''s/judges.csv'"),
        (.datafusion, "FROM \"Schema\".\"my \"\"table\"\"\"", "CAST(\"Score\" AS DOUBLE)", "'it''s/judges.csv'"),
        (.clickhouse, "FROM \"Schema\".\"my \"\"table\"\"\"", "CAST(\"项目\" AS Nullable(String))", "'it\\'s/judges.csv'"),
        (.spark, "FROM `Schema`.`my \"table\"`", "CAST(`O``Neil` AS STRING)", "'it\\'s/judges.csv'"),
    ])
    func `names keep their case and may hold anything`(engine: EngineDialect.Engine, table: String, column: String, path: String) {
        let text = statements(engine)
        #expect(text.contains(table) && text.contains(column) && text.contains(path), "\(text)")
    }

    @Test(arguments: EngineDialect.Engine.allCases)
    func `every file is written, problems first; counts and pairs only where asked for`(engine: EngineDialect.Engine) throws {
        let text = statements(engine)
        let positions = try ["problems", "judges", "entries", "counts", "pairs"].map {
            try #require(text.firstRange(of: "/\($0).csv")).lowerBound
        }
        #expect(positions == positions.sorted())
        let source = PartialStatements.Source(table: "t")
        let scale = ScoreScale(decimals: 0, isDeclared: true)
        let plain = PartialStatements(engine, source: source, scale: scale, directory: "d").firstPass(keepsCounts: false)
        #expect(!plain.contains("counts") && !plain.contains("pairs"))
    }
}
