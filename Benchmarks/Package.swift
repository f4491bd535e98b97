// swift-tools-version: 6.1

import PackageDescription

let package = Package(
    name: "EvenhandBenchmarks",
    dependencies: [
        .package(name: "Evenhand", path: ".."),
        // Without its traits it counts no allocations and needs no further system package.
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.29.0", traits: []),
    ],
    targets: [
        .executableTarget(
            name: "ContestBenchmarks",
            dependencies: [
                .product(name: "EvenhandReports", package: "Evenhand"), .product(name: "LinearAlgebra", package: "Evenhand"),
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "ContestBenchmarks",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
    ],
    swiftLanguageModes: [.v6]
)
