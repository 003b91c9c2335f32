// swift-tools-version: 6.2

import PackageDescription

// Every target is held to the same fences; Tests/TidyTests says which layer may import which.
let fences: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
    // A call that waits goes on where its caller is: asking the runtime where costs more than parsing a request.
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

// One thread touches what a connection has, which the runtime would prove anew at every touch: a fifth of what a request
// costs. Tests in debug, and those under the sanitizers, are built with the proof.
let unproved: [SwiftSetting] =
    fences + [.unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))]

/// What `bnl --version` names; a folder that is no clone has none.
let commit = Context.gitInformation.map { $0.currentCommit + ($0.hasUncommittedChanges ? " with changes" : "") }

let package = Package(
    name: "by-name-list",
    products: [
        .executable(name: "bnl", targets: ["bnl"]),
        .executable(name: "bnl-bench", targets: ["bnl-bench"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    ],
    targets: [
        // What the trade knows. Nothing here has heard of files, SQL or the clock.
        .target(name: "CivilTime", swiftSettings: fences),
        .target(name: "ByNameList", dependencies: ["CivilTime"], swiftSettings: fences),

        // Words from outside.
        .target(name: "JSON", swiftSettings: fences),
        .target(name: "HMIS", dependencies: ["ByNameList", "CivilTime"], swiftSettings: fences),
        // The federal report from an export as it is, without a record.
        .target(name: "LSA", dependencies: ["CivilTime", "HMIS"], swiftSettings: fences),
        .target(
            name: "ShippedConfig", dependencies: ["ByNameList", "CivilTime", "JSON"], path: "config",
            exclude: ["README.md", "deploy"],
            resources: [.embedInCode("chronic"), .embedInCode("policies"), .embedInCode("nicknames.json")],
            swiftSettings: fences),

        // Threads and what they share.
        .target(name: "Threads", dependencies: ["CLinux"], swiftSettings: fences),

        // The record.
        .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
        .target(name: "SQLite", dependencies: ["CSQLite"], swiftSettings: fences),
        .target(
            name: "Migrations", path: "Migrations", exclude: ["schema.sql"], resources: [.embedInCode("sql")],
            swiftSettings: fences),
        .target(
            name: "Store",
            dependencies: [
                "ByNameList", "CivilTime", "HMIS", "JSON", "Migrations", "ShippedConfig", "SQLite", "Threads",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: fences),

        // The front door.
        .target(name: "HTTP", swiftSettings: fences),
        .systemLibrary(name: "CLinux"),
        .target(name: "HTTPServer", dependencies: ["CLinux", "HTTP", "Threads"], swiftSettings: unproved),

        // In which words and rows people and figures are shown, over HTTP and on the command line.
        .target(
            name: "Views", dependencies: ["ByNameList", "CivilTime", "HMIS", "JSON", "ShippedConfig", "Store"],
            swiftSettings: fences),
        .target(
            name: "API",
            dependencies: [
                "ByNameList", "CivilTime", "HTTP", "JSON", "ShippedConfig", "Store", "Threads", "Views",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            resources: [.embedInCode("openapi.json")], swiftSettings: fences),

        // The programs.
        .target(name: "CBuild", cSettings: [.define("BNL_COMMIT", to: "\"\(commit ?? "unknown")\"")]),
        .target(
            name: "App",
            dependencies: [
                "API", "ByNameList", "CBuild", "CLinux", "CivilTime", "HMIS", "HTTP", "HTTPServer", "JSON",
                "ShippedConfig", "Store",
                "Threads", "Views",
            ],
            swiftSettings: fences),
        .executableTarget(
            name: "bnl",
            dependencies: [
                "API", "App", "ByNameList", "CivilTime", "HMIS", "JSON", "LSA", "Store", "Views",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: fences),

        // Measurements, and the rival they are held against.
        .target(name: "CRowLoop", dependencies: ["CSQLite"]),
        .executableTarget(
            name: "bnl-bench",
            dependencies: [
                "App", "ByNameList", "CivilTime", "CLinux", "CRowLoop", "HMIS", "ShippedConfig", "SQLite", "Store",
                "Threads", "Views",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: fences),

        // The tests, one target per module.
        .target(
            name: "Fixtures", dependencies: ["ByNameList", "CivilTime", "JSON", "ShippedConfig"],
            path: "Tests/Fixtures",
            swiftSettings: fences),
        .testTarget(
            name: "APITests",
            dependencies: [
                "API", "App", "ByNameList", "CivilTime", "Fixtures", "HTTP", "HTTPServer", "JSON", "SQLite",
                "ShippedConfig", "Store",
            ],
            swiftSettings: fences),
        .testTarget(
            name: "AppTests",
            dependencies: ["App", "ByNameList", "CivilTime", "Fixtures", "JSON", "ShippedConfig", "Store", "Views"],
            exclude: ["Vectors"], swiftSettings: fences),
        .testTarget(
            name: "ByNameListTests", dependencies: ["ByNameList", "CivilTime", "Fixtures", "HMIS", "ShippedConfig"],
            swiftSettings: fences),
        .testTarget(name: "CivilTimeTests", dependencies: ["CivilTime"], swiftSettings: fences),
        .testTarget(name: "HMISTests", dependencies: ["ByNameList", "CivilTime", "HMIS"], swiftSettings: fences),
        .testTarget(name: "HTTPTests", dependencies: ["Fixtures", "HTTP"], swiftSettings: fences),
        .testTarget(
            name: "HTTPServerTests", dependencies: ["Fixtures", "HTTP", "HTTPServer", "Threads"], swiftSettings: fences),
        .testTarget(name: "JSONTests", dependencies: ["JSON"], swiftSettings: fences),
        .testTarget(name: "LSATests", dependencies: ["CivilTime", "HMIS", "LSA"], swiftSettings: fences),
        .testTarget(
            name: "OpenAPITests",
            dependencies: [
                "API", "App", "ByNameList", "CivilTime", "HTTP", "JSON", "ShippedConfig", "Store", "Views",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: fences),
        .testTarget(name: "ServeTests", dependencies: ["Fixtures", "JSON", "Threads"], swiftSettings: fences),
        .testTarget(name: "SQLiteTests", dependencies: ["CSQLite", "SQLite"], swiftSettings: fences),
        .testTarget(
            name: "StoreTests",
            dependencies: [
                "ByNameList", "CivilTime", "Fixtures", "HMIS", "Migrations", "ShippedConfig", "SQLite", "Store",
            ],
            swiftSettings: fences),
        .testTarget(name: "TidyTests", swiftSettings: fences),
    ]
)
