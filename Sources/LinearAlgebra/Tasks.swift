/// How pieces of work that do not depend on each other are carried out.
///
/// Threads belong to the caller. What is computed here is cut into pieces by its size alone, so the bytes of a result do not depend on how
/// many threads there are.
public struct Tasks: Sendable {
    private let run: @Sendable (_ count: Int, _ task: @Sendable (Int) -> Void) -> Void

    /// - Parameter run: calls `task(0)`, …, `task(count − 1)`, each once, and returns when all are done.
    public init(_ run: @escaping @Sendable (_ count: Int, _ task: @Sendable (Int) -> Void) -> Void) { self.run = run }

    /// One piece after the other.
    public static let inTurn = Tasks { count, task in
        for index in 0..<count { task(index) }
    }

    func callAsFunction(_ count: Int, _ task: @Sendable (Int) -> Void) {
        if count == 1 { task(0) } else if count > 1 { run(count, task) }
    }
}
