/// One step of the schema: forward only, never edited once shipped.
package struct Migration: Sendable {
    /// The `user_version` that the database has after it.
    package let version: Int
    package let name: String
    package let sql: String

    private init(_ version: Int, _ name: String, _ bytes: [UInt8]) {
        self.version = version
        self.name = name
        sql = String(decoding: bytes, as: UTF8.self)
    }

    /// Every step, in order.
    package static let all: [Migration] = [
        Migration(1, "m0001_record", PackageResources.m0001_record_sql),
        Migration(2, "m0002_front_door", PackageResources.m0002_front_door_sql),
        Migration(3, "m0003_receipts_in_order", PackageResources.m0003_receipts_in_order_sql),
        Migration(4, "m0004_projected_chronic", PackageResources.m0004_projected_chronic_sql),
        Migration(5, "m0005_corrections_of_record", PackageResources.m0005_corrections_of_record_sql),
        Migration(6, "m0006_agencies_and_accesses", PackageResources.m0006_agencies_and_accesses_sql),
        Migration(7, "m0007_erasures", PackageResources.m0007_erasures_sql),
        Migration(8, "m0008_forms", PackageResources.m0008_forms_sql),
        Migration(9, "m0009_merges", PackageResources.m0009_merges_sql),
        Migration(10, "m0010_figures_and_submissions", PackageResources.m0010_figures_and_submissions_sql),
        Migration(11, "m0011_numbers_in_time", PackageResources.m0011_numbers_in_time_sql),
        Migration(12, "m0012_flows_by_person", PackageResources.m0012_flows_by_person_sql),
        Migration(13, "m0013_initials", PackageResources.m0013_initials_sql),
        Migration(14, "m0014_sharing", PackageResources.m0014_sharing_sql),
    ]
}
