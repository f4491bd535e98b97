import Testing

@testable import Evenhand

@Suite struct RandomStreamTests {
    /// Outputs of the authors' C program from the state 1, 2, 3, 4, as published with the rand_xoshiro library.
    @Test func `xoshiro256** gives its published outputs`() {
        var stream = RandomStream(state: (1, 2, 3, 4))
        let published: [UInt64] = [
            11520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360, 607_988_272_756_665_600,
            16_172_922_978_634_559_625, 8_476_171_486_693_032_832, 10_595_114_339_597_558_777, 2_904_607_092_377_533_576,
        ]
        #expect(published.map { _ in stream.next() } == published)
    }

    /// First outputs of the authors' C program from the state 0.
    @Test func `SplitMix64 gives its published outputs`() {
        var seeder = SplitMix64(state: 0)
        let published: [UInt64] = [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4, 0x06C4_5D18_8009_454F, 0xF88B_B8A8_724C_81EC]
        #expect(published.map { _ in seeder.next() } == published)
    }

    /// Outputs that several libraries publish for the seed 0 expanded by SplitMix64.
    @Test func `stream 0 is seeded as the authors advise`() {
        var stream = RandomStream(seed: 0)
        let published: [UInt64] = [
            11_091_344_671_253_066_420, 13_793_997_310_169_335_082, 1_900_383_378_846_508_768, 7_684_712_102_626_143_532,
            13_521_403_990_117_723_737,
        ]
        #expect(published.map { _ in stream.next() } == published)
    }

    @Test func `every seed and every stream is different, and the same again`() {
        let firsts = (0..<50).flatMap { seed in
            (0..<50).map { number in
                var stream = RandomStream(seed: UInt64(seed), stream: UInt64(number))
                return stream.next()
            }
        }
        #expect(Set(firsts).count == 2500)
        #expect(RandomStream(seed: 7, stream: 8) == RandomStream(seed: 7, stream: 8))
    }

    /// Of 6,000 shuffles of three each of the six orders has 1,000; χ² of five degrees of freedom passes 20.5 once in a thousand.
    @Test func `every order of a shuffle is as likely`() {
        var stream = RandomStream(seed: 31)
        var counts: [[Int]: Double] = [:]
        for _ in 0..<6000 { counts[stream.shuffled([0, 1, 2]), default: 0] += 1 }
        #expect(counts.count == 6 && counts.values.reduce(0) { $0 + ($1 - 1000) * ($1 - 1000) / 1000 } < 20.5)
    }

    @Test func `uniform numbers fill the unit interval evenly`() {
        var stream = RandomStream(seed: 1)
        var counts = Array(repeating: 0, count: 10)
        for _ in 0..<100_000 { counts[Int(stream.uniform() * 10)] += 1 }
        // Chi-squared with 9 degrees of freedom: 27.9 is passed once in a thousand seeds.
        let chiSquared = counts.reduce(0.0) { $0 + (Double($1) - 10_000) * (Double($1) - 10_000) / 10_000 }
        #expect(chiSquared < 27.9)
    }

    @Test(arguments: [false, true]) func `normal numbers have the normal distribution`(areMany: Bool) {
        var stream = RandomStream(seed: 2)
        let draws = areMany ? stream.normals(200_000) : (0..<200_000).map { _ in stream.normal() }
        func share(_ isInside: (Double) -> Bool) -> Double { Double(draws.count(where: isInside)) / Double(draws.count) }
        // Φ at these points; a share of 200,000 draws has a standard error of 0.0011 at most.
        let table = [
            (-3.8, 0.00007235), (-3.0, 0.001350), (-2, 0.022750), (-1, 0.158655), (0, 0.5), (0.5, 0.691462), (1.5, 0.933193),
            (2.5, 0.993790),
        ]
        for (point, probability) in table {
            let standardError = (probability * (1 - probability) / 200_000).squareRoot()
            #expect(abs(share { $0 < point } - probability) < 4 * standardError, "below \(point)")
        }
        let variance = draws.reduce(0) { $0 + $1 * $1 } / 200_000
        #expect(abs(variance - 1) < 4 * (2.0 / 200_000).squareRoot())
    }

    /// From a separate program that always takes the logarithm.
    @Test func `normal numbers keep their bits`() {
        var stream = RandomStream(seed: 3)
        #expect(
            (0..<4).map { _ in stream.normal() } == [
                0.7796077256788612, 0.07453212488803293, -0.29962237664410846, 0.46825114474986523,
            ])
    }

    /// From a separate program: the first numbers, the first that lies between a layer's corner and the density, the first of the tail, and
    /// the last, which says that as many random words were used.
    @Test func `many normal numbers are those of a separate program`() {
        var stream = RandomStream(seed: 3)
        let numbers = stream.normals(100_000)
        let expected = [
            0: -0.6781868302499863, 1: -0.4750243687228201, 2: 0.8198722607826151, 164: -0.5902217712714982, 1150: 3.725288452967406,
            99_999: 1.2761890264145601,
        ]
        for (position, number) in expected { #expect(abs(numbers[position] - number) < 1e-14, "\(position)") }
        var again = RandomStream(seed: 3)
        #expect(again.normals(60_000) + again.normals(40_000) == numbers)
    }

    @Test func `layers of the normal density have one area and end at its top`() {
        let layers = NormalLayers.standard
        #expect(layers.widths.count == 257 && layers.heights.count == 257)
        let areas = (1..<256).map { layers.widths[$0] * (layers.heights[$0 + 1] - layers.heights[$0]) }
        #expect(areas.allSatisfy { abs($0 - layers.widths[0] * layers.heights[1]) < 1e-13 })
    }

    @Test func `indices are even and orders are orders`() {
        var stream = RandomStream(seed: 4)
        var counts = Array(repeating: 0, count: 6)
        for _ in 0..<60_000 { counts[stream.index(below: 6)] += 1 }
        #expect(counts.allSatisfy { abs($0 - 10_000) < 400 })
        let shuffled = stream.shuffled(Array(0..<100))
        #expect(shuffled.sorted() == Array(0..<100) && shuffled != Array(0..<100))
        #expect(stream.shuffled([Int]()) == [])
        #expect(stream.index(below: 1) == 0)
    }
}
