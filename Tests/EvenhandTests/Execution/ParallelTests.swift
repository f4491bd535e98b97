import Testing

@testable import Evenhand

/// What is done at the same time comes back in its order.
@Suite struct ParallelTests {
    @Test(arguments: [0, 1, 2, 3, 17], [0, Parallel.grain]) func `results are in the order of their index`(count: Int, size: Int) {
        let squares = (0..<count).map { $0 * $0 }
        #expect(Parallel.map(count, size: size) { $0 * $0 } == squares)
        #expect(Parallel.all(count, size: size) { $0 * $0 } == squares)
    }

    @Test(arguments: [0, Parallel.grain]) func `each of two results is in its place`(size: Int) {
        let (first, second) = Parallel.both(size: size) {
            "first"
        } _: {
            2
        }
        #expect(first == "first" && second == 2)
    }

    @Test(arguments: [0, 1, 5, 1000], [0, Parallel.grain]) func `workers take every item once`(count: Int, size: Int) {
        let taken = Parallel.workers(count, size: size) { next in
            var own: [Int] = []
            while let item = next() { own.append(item) }
            return own
        }
        #expect(taken.flatMap(\.self).sorted() == Array(0..<count))
    }

    @Test(arguments: [0, 1, 40_000, 200_000]) func `pieces are ranges one after the other, and fill an array`(count: Int) {
        #expect(Parallel.pieces(of: count).flatMap(Array.init) == Array(0..<count))
        let filled = Parallel.array(count: count, of: Int.self) { range, first in
            for index in range { (first + index).initialize(to: 3 * index) }
        }
        #expect(filled == (0..<count).map { 3 * $0 })
    }
}
