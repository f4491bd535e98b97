// swift-tools-version: 6.3

import PackageDescription

// A package of its own: libFuzzer brings a main function with it and wants everything compiled for it.
let fuzzed: [SwiftSetting] = [.unsafeFlags(["-sanitize=fuzzer,address", "-parse-as-library"])]
let linked: [LinkerSetting] = [.unsafeFlags(["-sanitize=fuzzer,address"])]

let package = Package(
    name: "Fuzzing",
    dependencies: [.package(name: "Evenhand", path: "../..")],
    targets: [
        .executableTarget(
            name: "FuzzText", dependencies: [.product(name: "Evenhand", package: "Evenhand")], swiftSettings: fuzzed, linkerSettings: linked
        ),
        .executableTarget(
            name: "FuzzWorkbook", dependencies: [.product(name: "Evenhand", package: "Evenhand")], swiftSettings: fuzzed,
            linkerSettings: linked),
    ],
    swiftLanguageModes: [.v6]
)
