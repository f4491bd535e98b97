// swift-tools-version: 6.3

import PackageDescription

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]
// `make test` optimises what is tested, not the tests, which would take twice as long to build: to the frontend, the last word counts.
let plain = strict + [.unsafeFlags(["-Xfrontend", "-Onone"])]

let package = Package(
    name: "Evenhand",
    products: [
        // Each with those above it; an app that ranks scores it has already builds the first alone.
        .library(name: "Evenhand", targets: ["Evenhand"]),
        .library(name: "EvenhandIO", targets: ["Evenhand", "EvenhandIO"]),
        .library(name: "EvenhandReports", targets: ["Evenhand", "EvenhandIO", "EvenhandReports"]),
        .executable(name: "evenhand", targets: ["EvenhandCommand"]),
        // For Benchmarks, which hold products of matrices against loops.
        .library(name: "LinearAlgebra", targets: ["LinearAlgebra"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.6.0")
    ],
    targets: [
        // The line of the architecture, from left to right: a target uses what stands above it.
        .target(name: "COpenBLAS"),
        .target(name: "CBoostMath"),
        .target(name: "CLemon"),
        .target(name: "CPlaces"),
        .target(name: "LinearAlgebra", dependencies: ["COpenBLAS"], swiftSettings: strict + [.strictMemorySafety()]),
        .target(name: "Evenhand", dependencies: ["LinearAlgebra", "CBoostMath", "CLemon", "CPlaces"], swiftSettings: strict),
        .target(name: "CFields"),
        // Static libraries: shared ones would have to be found and loaded at the start of every run.
        .target(name: "CMinizip", linkerSettings: [.linkedLibrary(":libminizip.a"), .linkedLibrary(":libz.a")]),
        .target(name: "CExpat", linkerSettings: [.linkedLibrary(":libexpat.a")]),
        .target(name: "CUTF8Proc", linkerSettings: [.linkedLibrary(":libutf8proc.a")]),
        .target(name: "CUchardet", linkerSettings: [.linkedLibrary(":libuchardet.a"), .linkedLibrary("stdc++")]),
        .target(name: "CDigest", linkerSettings: [.linkedLibrary(":libmd.a")]),
        // A table of words in many languages that is part of the program.
        .target(name: "CWords", exclude: ["words.tsv"]),
        .target(
            name: "EvenhandIO", dependencies: ["Evenhand", "CFields", "CMinizip", "CExpat", "CUTF8Proc", "CUchardet", "CWords", "CDigest"],
            swiftSettings: strict),
        .target(name: "EvenhandReports", dependencies: ["Evenhand", "EvenhandIO"], swiftSettings: strict),
        .target(name: "CProcess"),
        .executableTarget(
            name: "EvenhandCommand",
            dependencies: [
                "Evenhand", "EvenhandIO", "EvenhandReports", "CProcess",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),

        .target(name: "TestSupport", dependencies: ["CMinizip", "EvenhandIO"], path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(name: "LinearAlgebraTests", dependencies: ["LinearAlgebra", "TestSupport"], swiftSettings: plain),
        .testTarget(name: "EvenhandTests", dependencies: ["Evenhand", "EvenhandIO", "CPlaces", "TestSupport"], swiftSettings: plain),
        .testTarget(name: "EvenhandIOTests", dependencies: ["EvenhandIO", "CFields", "TestSupport"], swiftSettings: plain),
        .testTarget(name: "EvenhandReportsTests", dependencies: ["EvenhandReports", "TestSupport"], swiftSettings: plain),
        .testTarget(
            name: "EvenhandCommandTests",
            dependencies: [
                "EvenhandCommand", "TestSupport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: plain),
        // Programs in a few lines, each a function that a test runs.
        .testTarget(
            name: "Examples", dependencies: ["Evenhand", "EvenhandIO", "EvenhandReports", "TestSupport"], path: "Examples",
            swiftSettings: plain),
        // Long simulations, which are optimised: make test-long.
        .testTarget(name: "Studies", dependencies: ["Evenhand", "EvenhandIO", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "ArchitectureTests", dependencies: ["TestSupport"], swiftSettings: plain),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
