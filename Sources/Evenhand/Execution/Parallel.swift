import Dispatch
import LinearAlgebra
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Work split over the processors, with results that do not depend on how many there are.
package enum Parallel {
    /// The number of processors of the machine, at most 8: beyond that the pieces of a file cost more to join than they save.
    package static let width: Int = min(8, max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))))

    /// Below this many elements a second thread costs more than it saves.
    package static let grain = 32_768

    /// `body(0)`, …, `body(count − 1)`, each once, possibly at the same time; results are in the order of their index.
    ///
    /// - Parameter size: the number of elements that are worked on; below `grain` nothing is started for them.
    package static func map<Result: Sendable>(_ count: Int, size: Int = .max, _ body: @Sendable (Int) -> Result) -> [Result] {
        guard count > 1, width > 1, size >= grain else { return (0..<count).map(body) }
        return [Result](unsafeUninitializedCapacity: count) { buffer, initialized in
            nonisolated(unsafe) let slots = buffer
            DispatchQueue.concurrentPerform(iterations: count) { index in
                (slots.baseAddress.unsafelyUnwrapped + index).initialize(to: body(index))
            }
            initialized = count
        }
    }

    /// The results of two pieces of work, done at the same time; each may use all processors.
    ///
    /// - Parameter size: the number of elements that are worked on; below `grain` one comes after the other.
    package static func both<First: Sendable, Second: Sendable>(
        size: Int = .max, _ first: @Sendable () -> First, _ second: @escaping @Sendable () -> Second
    ) -> (First, Second) {
        guard width > 1, size >= grain else { return (first(), second()) }
        // Not `concurrentPerform`: a nested call would have only the remaining processors.
        let other = Pending(second)
        let one = first()
        return (one, other.value)
    }

    /// The results of several pieces of work, done at the same time; each may use all processors.
    ///
    /// - Parameter size: the number of elements that are worked on; below `grain` one comes after the other.
    package static func all<Result: Sendable>(
        _ count: Int, size: Int = .max, _ body: @escaping @Sendable (Int) -> Result
    ) -> [Result] {
        guard count > 1, width > 1, size >= grain else { return (0..<count).map(body) }
        let others = (1..<count).map { index in Pending { body(index) } }
        return [body(0)] + others.map(\.value)
    }

    /// A result that is computed meanwhile.
    package final class Pending<Value>: Sendable {
        private let group = DispatchGroup()
        private nonisolated(unsafe) var found: Value?

        package init(_ work: @escaping @Sendable () -> Value) {
            DispatchQueue.global(qos: .userInitiated).async(group: group) { self.found = work() }
        }

        /// The result, as soon as it is there.
        package var value: Value {
            group.wait()
            return found.unsafelyUnwrapped
        }
    }

    /// One result of each worker; there are as many as processors, and a worker takes the next of `count` items whenever it is free.
    ///
    /// So a processor that is faster, or less busy with other things, does more; which items a worker had must not matter.
    ///
    /// - Parameter size: the number of elements that are worked on; below `grain` there is one worker.
    package static func workers<Result: Sendable>(
        _ count: Int, size: Int = .max, _ work: @Sendable (_ next: () -> Int?) -> Result
    ) -> [Result] {
        let turn = Turn()
        let number = size >= grain ? max(1, min(width, count)) : 1
        return map(number) { _ in work { turn.next(below: count) } }
    }

    /// Opens the library of matrices meanwhile, which takes as long as a small fit: for commands that are about to need it.
    package static func prepareMatrices() {
        DispatchQueue.global(qos: .userInitiated).async { MatrixLibrary.open() }
    }

    /// Tasks on all processors; in turn below `grain`.
    ///
    /// - Parameter size: the number of elements that are worked on.
    static func tasks(size: Int) -> Tasks {
        guard width > 1, size >= grain else { return .inTurn }
        return Tasks { count, task in DispatchQueue.concurrentPerform(iterations: count, execute: task) }
    }

    /// `0 ..< count` cut into at most `width` ranges of at least `grain` elements.
    package static func pieces(of count: Int, grain: Int = grain) -> [Range<Int>] {
        let number = max(1, min(width, count / max(1, grain)))
        return (0..<number).map { count * $0 / number..<count * ($0 + 1) / number }
    }

    /// An array of `count` elements whose pieces are filled at the same time; `fill` initialises every element of its range.
    package static func array<Element: Sendable>(
        count: Int, of type: Element.Type = Element.self, grain: Int = grain,
        _ fill: @Sendable (Range<Int>, UnsafeMutablePointer<Element>) -> Void
    ) -> [Element] {
        let ranges = pieces(of: count, grain: grain)
        return [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = count
            guard let first = buffer.baseAddress else { return }
            nonisolated(unsafe) let start = first
            if ranges.count == 1 {
                fill(ranges[0], start)
            } else {
                DispatchQueue.concurrentPerform(iterations: ranges.count) { fill(ranges[$0], start) }
            }
        }
    }
}

/// Whose turn it is: whole numbers from 0 on, each given out once.
private final class Turn: Sendable {
    private let given = Atomic<Int>(0)

    func next(below count: Int) -> Int? {
        let turn = given.add(1, ordering: .relaxed).oldValue
        return turn < count ? turn : nil
    }
}
