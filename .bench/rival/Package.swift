// swift-tools-version: 6.2

import PackageDescription

// The rival of the HTTP benchmarks: a package of its own, so that the product depends on none of it.
let package = Package(
    name: "rival",
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    ],
    targets: [
        .executableTarget(
            name: "rival",
            dependencies: [
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ])
    ]
)
